"""Booths as a sheet and back, and the printed page."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.floor_plans.booth_sheet import COLUMNS, SheetRow, UnreadableSheet, read_sheet, write_sheet
from events.floor_plans.floor_plan import FloorPlan
from events.floor_plans.import_booths import import_booths
from events.floor_plans.plan_document import plan_as_document
from events.floor_plans.save_plan import save_plan
from events.floor_plans.set_up_booth_types import add_booth_type
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair, a_zone, booths_of

if TYPE_CHECKING:
    from tests.events.conftest import OrganiserBrowser

WORDS = {name: name for name in COLUMNS} | {"booth": "Gian"}


@pytest.fixture
def plan(session: Session, player: OrganiserPlayer) -> FloorPlan:
    """Zone A with booths A01 to A03; A01 has everything and a reason that looks like a formula."""
    plan = a_zone(session, player, a_draft_fair(session, player), booths=3).plan
    values = {
        "power_w": 2500, "has_water": True, "is_corner": True, "rotation": 90,
        "open_sides": ["front", "left"], "blocked": "=1+1",
    }  # fmt: skip
    change = {"kind": "booth", "key": plan.zones[0].booths[0].key, "values": values}
    save_plan(session, player.actor, plan, plan.revision, [change])
    session.commit()
    return plan


def sheet_of(plan: FloorPlan) -> bytes:
    document = plan_as_document(plan)
    return write_sheet(document["booths"], {zone["key"]: zone["code"] for zone in document["zones"]}, WORDS)


def typed(*rows: dict[str, object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    heads = list(dict.fromkeys(name for row in rows for name in row))
    sheet.append(heads)
    for row in rows:
        sheet.append([row.get(head) for head in heads])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_sheet_that_went_out_changes_nothing_when_it_comes_in(
    session: Session, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    content = sheet_of(plan)
    report = import_booths(session, player.actor, plan, read_sheet(content, {name: name for name in COLUMNS}))
    assert (report.added, report.changed, report.same, report.faults) == ([], [], 3, [])
    first = list(load_workbook(BytesIO(content)).worksheets[0].values)[1]
    assert first == ("A01", "A", 2, 2, 3, 3, 90, 2.5, "x", None, None, "x", "FL", None, "=1+1")


def test_types_of_booths_go_out_and_come_in_by_name(
    session: Session, player: OrganiserPlayer, plan: FloorPlan, desk: OrganiserBrowser
) -> None:
    facts = {"kind": "standard", "name_vi": "Gian góc", "name_en": "Corner booth"}
    kind = add_booth_type(session, player.actor, plan.fair, **facts)  # type: ignore[arg-type]  # facts of one type
    place = {"zone": "A", "x_cm": 9, "y_cm": 2, "width_cm": 3, "depth_cm": 3}
    rows = [{**place, "code": "A02", "booth_type_id": " gian GÓC "}]
    read = read_sheet(typed(*rows), {name: name for name in COLUMNS})
    assert import_booths(session, player.actor, plan, read).faults == []
    session.commit()
    assert {booth.code: booth.booth_type_id for booth in booths_of(session, plan.fair)}["A02"] == kind.id
    sheet = desk.get(f"/organise/fairs/{plan.fair.slug}/plan/{plan.id}/booths.xlsx").data
    heads, *lines = load_workbook(BytesIO(sheet)).worksheets[0].values
    shown = {line[0]: line[heads.index("Loại gian")] for line in lines}
    assert (shown["A01"], shown["A02"]) == (None, "Gian góc")
    without = read_sheet(typed({**place, "code": "A02"}), {name: name for name in COLUMNS})
    assert import_booths(session, player.actor, plan, without).same == 1
    unknown = read_sheet(typed({**rows[0], "booth_type_id": "Gian trời"}), {name: name for name in COLUMNS})
    wrong = import_booths(session, player.actor, plan, unknown)
    assert [(fault.number, fault.code, fault.reason) for fault in wrong.faults] == [(2, "A02", "booth_type_unknown")]
    emptied = read_sheet(
        typed({**rows[0], "booth_type_id": ""}, {"code": "A03"} | place | {"x_cm": 15}),
        {name: name for name in COLUMNS},
    )
    session.rollback()
    assert import_booths(session, player.actor, plan, emptied).faults == []
    assert {booth.code: booth.booth_type_id for booth in booths_of(session, plan.fair)}["A02"] is None


def test_rows_add_and_change_booths_and_zones(session: Session, player: OrganiserPlayer, plan: FloorPlan) -> None:
    new = {"code": "b01", "zone": "b", "x_cm": "30,5", "y_cm": 2, "width_cm": 3, "depth_cm": 3, "power_w": 1.5}
    old = {"code": "A02", "zone": "A", "x_cm": 9, "y_cm": 2, "width_cm": 3, "depth_cm": 3}
    report = import_booths(session, player.actor, plan, read_sheet(typed(new, old), {name: name for name in COLUMNS}))
    session.commit()
    assert (report.added, report.changed, report.zones, report.faults) == (["B01"], ["A02"], ["B"], [])
    drawn = {booth.code: (booth.x_cm, booth.power_w, booth.zone.code) for booth in booths_of(session, plan.fair)}
    assert (drawn["B01"], drawn["A02"]) == ((3050, 1500, "B"), (900, 0, "A"))


def test_every_refused_row_is_named(session: Session, player: OrganiserPlayer, plan: FloorPlan) -> None:
    place = {"zone": "A", "x_cm": 9, "y_cm": 2, "width_cm": 3, "depth_cm": 3}
    rows = [
        {"code": "C 1", **place},
        {"code": "A02", **place, "width_cm": "broad"},
        {"code": "A03", **place, "width_cm": 99},
        {"code": "A03", **place},
        {"code": "A09", **place, "x_cm": None},
        {"code": "A04", **place, "rotation": 45.5},
    ]
    report = import_booths(session, player.actor, plan, read_sheet(typed(*rows), {name: name for name in COLUMNS}))
    assert [(fault.number, fault.code, fault.reason) for fault in report.faults] == [
        (2, "C 1", "booth_code_wrong"),
        (3, "A02", "cell_unreadable"),
        (4, "A03", "plan_length_wrong"),
        (5, "A03", "row_twice"),
        (6, "A09", "value_missing"),
        (7, "A04", "turn_unreadable"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not a sheet", "sheet_unreadable"),
        (typed({"code": "A01"}), "sheet_without_columns"),
        (typed(dict.fromkeys(COLUMNS)), "sheet_empty"),
    ],
)
def test_file_that_is_no_sheet_of_booths_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        read_sheet(content, {name: name for name in COLUMNS})
    assert refused.value.reason == reason


def test_sheet_is_looked_at_before_it_is_taken_over(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    base = f"/organise/fairs/{plan.fair.slug}/plan/{plan.id}"
    session.rollback()
    out = desk.get(f"/en{base}/booths.xlsx")
    heads = next(iter(load_workbook(BytesIO(out.data)).worksheets[0].values))
    assert (out.status_code, heads[:3]) == (200, ("Code", "Zone", "From the left (m)"))
    assert desk.send(f"{base}/import", {}).status_code == 422
    for way, words in (("/en", "lacks these columns: Zone, From the left (m)"), ("", "thiếu các cột: Khu, Cách mép")):
        poor = BytesIO(typed({"Code": "A01"}))
        assert words in desk.send(f"{way}{base}/import", {"file": (poor, "b.xlsx")}, form_on=f"{base}/import").text
    shown = desk.send(f"/en{base}/import", {"file": (BytesIO(out.data), "booths.xlsx")}, form_on=f"{base}/import")
    assert (shown.status_code, "3 booths are the same." in shown.text) == (200, True)
    slip = {"code": "A02", "zone": "AA", "x_cm": 9, "y_cm": 2, "width_cm": 3, "depth_cm": 3}
    names = dict(zip(COLUMNS, heads, strict=False))
    for way, words in (("/en", "Zone AA is not on this plan yet"), ("", "Mặt bằng chưa có khu AA")):
        renamed = BytesIO(typed({names[name]: value for name, value in slip.items()}))
        looked = desk.send(f"{way}{base}/import", {"file": (renamed, "booths.xlsx")}, form_on=f"{base}/import")
        assert (looked.status_code, words in looked.text) == (200, True)
    assert "Zone AA" not in shown.text
    kept = '[[2,{"code":"A02","zone":"A","x_cm":1200,"y_cm":200,"width_cm":300,"depth_cm":300},[]]]'
    assert desk.send(f"{base}/import", {"rows": kept}).status_code == 200
    assert desk.send(f"{base}/import", {"rows": kept, "really": "1"}).status_code == 303
    session.expire_all()
    assert {booth.code: booth.x_cm for booth in booths_of(session, plan.fair)}["A02"] == 1200


def test_booth_changed_after_the_dry_run_is_not_overwritten_in_silence(
    session: Session, player: OrganiserPlayer, plan: FloorPlan, in_words: Callable[[Refused], tuple[str, str]]
) -> None:
    seen = plan.revision
    first = booths_of(session, plan.fair)[0]
    change = {"kind": "booth", "key": first.key, "values": {"power_w": 7000}}
    save_plan(session, player.actor, plan, plan.revision, [change])
    rows = [SheetRow(2, {"code": first.code, "zone": "A", "power_w": 9000}, [])]
    (fault,) = import_booths(session, player.actor, plan, rows, seen).faults
    assert (fault.reason, first.power_w) == ("sheet_overtaken", 7000)
    assert in_words(Refused(fault.reason, **fault.facts)) == (
        "Đã có người khác sửa 1 gian trong bảng này sau lúc xem thử. Hãy gửi lại bảng để xem bây giờ sẽ thay đổi gì.",
        (
            "Somebody else changed 1 of these booths after the sheet was looked at. Send the sheet again to see what "
            "it would do now."
        ),
    )
    assert import_booths(session, player.actor, plan, rows, plan.revision).faults == []


def test_plan_is_printed_on_both_papers_in_both_languages(
    session: Session, desk: OrganiserBrowser, plan: FloorPlan
) -> None:
    base = f"/organise/fairs/{plan.fair.slug}/plan/{plan.id}/print.pdf"
    session.rollback()
    for address in (base, f"/en{base}?paper=A3", f"{base}?paper=A9"):
        answer = desk.get(address)
        assert (answer.status_code, answer.data[:5], answer.headers["Content-Type"]) == (
            200,
            b"%PDF-",
            "application/pdf",
        )


def test_page_lies_or_stands_as_the_plan_is_larger(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    """40 × 38 m have room for 1:250 on a page that stands, for 1:300 on one that lies."""
    seen = []
    for width, depth in ((4_000, 3_800), (6_000, 2_000)):
        values = {"width_cm": width, "depth_cm": depth}
        save_plan(session, player.actor, plan, plan.revision, [{"kind": "plan", "key": "plan", "values": values}])
        session.commit()
        paper = PdfDocument(desk.get(f"/organise/fairs/{plan.fair.slug}/plan/{plan.id}/print.pdf").data)
        size, words = paper[0].get_size(), paper[0].get_textpage().get_text_bounded()
        seen.append((size[0] > size[1], re.findall(r"1:\d+", words)))
    assert seen == [(False, ["1:250"]), (True, ["1:250"])]


def test_printed_legend_names_what_is_drawn_and_a_path_lies_below_the_stage(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    things = [("stage", 2_000, 0, 801, 401), ("path", 1_900, 100, 1_003, 203), ("wc", 0, 1_500, 300, 300)]
    changes = [
        {
            "kind": "fixture", "key": f"f{number}", "new": True,
            "values": {"kind": kind, "x_cm": x, "y_cm": y, "width_cm": width, "depth_cm": depth},
        }
        for number, (kind, x, y, width, depth) in enumerate(things)
    ]  # fmt: skip
    save_plan(session, player.actor, plan, plan.revision, changes)
    session.commit()
    page = PdfDocument(desk.get(f"/en/organise/fairs/{plan.fair.slug}/plan/{plan.id}/print.pdf").data)[0]
    words = page.get_textpage().get_text_bounded()
    assert [f"{name} 1" in words for name in ("Stage", "Path", "WC")] == [True] * 3
    sides = [one.get_bounds() for one in page.get_objects()]
    shares = [(right - left) / (top - bottom) for left, bottom, right, top in sides if top - bottom > 5]
    path, stage = (min(range(len(shares)), key=lambda at: abs(shares[at] - share)) for share in (1003 / 203, 801 / 401))
    assert path < stage  # what comes later lies on top


def test_second_plan_is_told_the_codes_of_the_others_and_bears_a_name_in_both_languages(
    session: Session, desk: OrganiserBrowser, plan: FloorPlan
) -> None:
    base = f"/en/organise/fairs/{plan.fair.slug}/plan"
    alone = desk.get(f"{base}/{plan.id}/document").json["elsewhere"]
    codes = sorted(booth.code for zone in plan.zones for booth in zone.booths)
    session.rollback()
    assert desk.send(f"{base}/forms", {"do": "begin"}).status_code == 303
    second = session.scalars(select(FloorPlan).where(FloorPlan.id != plan.id)).one()
    names = (second.name_vi, second.name_en)
    told = desk.get(f"{base}/{second.id}/document").json["elsewhere"]
    assert (names, alone, told["booth"]) == (("Mặt bằng khác", "Another plan"), {"zone": [], "booth": []}, codes)
