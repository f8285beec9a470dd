"""Every refusal of floor plans, provoked through the verbs: its reason code and its sentence in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans import booth_holders
from events.floor_plans.booth_holders import BoothHolder, knows_holders
from events.floor_plans.booth_sheet import COLUMNS, UnreadableSheet, read_sheet
from events.floor_plans.draw_floor_plan import (
    add_zone_with_rows,
    block_booth,
    remove_booth,
    remove_zone,
    resize_ground,
)
from events.floor_plans.floor_plan import Booth, FloorPlan
from events.floor_plans.geometry import Rect, lay_out_rows
from events.floor_plans.import_booths import import_booths
from events.floor_plans.lay_background import lay_background
from events.floor_plans.plan_document import ValueFault
from events.floor_plans.restore_plan import copy_plan, remove_plan
from events.floor_plans.save_plan import save_plan
from exhibitors.applications.apply_for_booth import save_application, start_application
from foundation.file_store import FileStore
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair, a_producer, an_open_fair, an_organiser
from tests.events.conftest import TOKEN, OrganiserBrowser
from tests.refused import Refusal, Words, each_refused, sentences_of
from tests.scenes import Play

if TYPE_CHECKING:
    from flask import Flask

TABLE = Path(__file__).with_name("refusals_in_words.json")
SENTENCES = sentences_of(TABLE)
"""Reason, Vietnamese and English, by the test below."""
COLUMN_NAMES = {name: name for name in COLUMNS}
PLACE = {"zone": "A", "x_cm": 9, "y_cm": 2, "width_cm": 3, "depth_cm": 3}


@pytest.fixture
def player(session: Session) -> OrganiserPlayer:
    return an_organiser(session)


@pytest.fixture
def fair(play: Play, player: OrganiserPlayer) -> Fair:
    """Open, with zones A and B; somebody holds A01, an application names zone B."""
    return play(an_open_fair, player)


@pytest.fixture
def plan(session: Session, fair: Fair) -> Iterator[FloorPlan]:
    def answer(session: Session, booth_ids: Collection[int], hidden: Collection[int]) -> Mapping[int, BoothHolder]:
        held = select(Booth.id).where(Booth.id.in_(booth_ids), Booth.code == "A01")
        return {booth_id: BoothHolder("HTX Miến dong", "confirmed") for booth_id in session.scalars(held)}

    session.commit()
    knows_holders(answer)
    yield session.scalars(select(FloorPlan).where(FloorPlan.fair_id == fair.id)).one()
    booth_holders._questions.remove(answer)  # noqa: SLF001  # the next test starts without it


def rows(session: Session, player: OrganiserPlayer, plan: FloorPlan, code: str, booths: int) -> None:
    add_zone_with_rows(session, player.actor, plan, code=code, name_vi="Khu", booths=booths, per_row=20)


def booth(plan: FloorPlan, code: str) -> Booth:
    return next(booth for zone in plan.zones for booth in zone.booths if booth.code == code)


def new_booth(plan: FloorPlan, code: str, key: str = "n1", **values: Any) -> dict[str, Any]:
    place = {"x_cm": 0, "y_cm": 0, "width_cm": 300, "depth_cm": 300}
    said = {"zone": plan.zones[0].key, "code": code, **place, **values}
    return {"kind": "booth", "key": key, "new": True, "values": said}


def test_rows_that_cannot_be_laid_out(refused: Refusal) -> None:
    wrong: list[dict[str, Any]] = [
        {"zone_code": "KHU A"}, {"count": 0}, {"booth_width_cm": 0}, {"per_row": 0}, {"aisle_cm": 100},
        {"aisle_cm": 10**9}, {"first_number": 9_990},
    ]  # fmt: skip
    told = [refused(partial(lay_out_rows, **{"zone_code": "A", "count": 30, **facts})) for facts in wrong]
    told.append(refused(partial(Rect, 0, 0, 300, 300, 45)))
    assert told == SENTENCES["rows"]


def test_zones_ground_and_booths_of_the_plain_forms(
    session: Session, player: OrganiserPlayer, plan: FloorPlan, refused: Refusal
) -> None:
    actor, held, free = player.actor, booth(plan, "A01"), booth(plan, "A02")
    _wish_for(session, plan, "B")
    acts = [
        partial(rows, session, player, plan, "A", 4),
        partial(rows, session, player, plan, "C", 501),
        partial(resize_ground, session, actor, plan, width_m=0, depth_m=10),
        partial(resize_ground, session, actor, plan, width_m=5, depth_m=5),
        partial(block_booth, session, actor, free, " "),
        partial(remove_booth, session, actor, held),
        partial(remove_plan, session, actor, plan),
        partial(remove_zone, session, actor, held.zone),
        partial(remove_zone, session, actor, next(zone for zone in plan.zones if zone.code == "B")),
    ]
    assert [refused(act) for act in acts] == SENTENCES["forms"]


def test_fair_with_5000_booths_is_full(
    session: Session, player: OrganiserPlayer, plan: FloorPlan, refused: Refusal
) -> None:
    zone = plan.zones[0]
    place = {"plan_id": plan.id, "zone_id": zone.id, "width_cm": 300, "depth_cm": 300, "x_cm": 0, "y_cm": 0}
    session.execute(insert(Booth), [{"key": f"k{n}", "code": f"X{n}", **place} for n in range(4_980)])
    session.expire_all()
    added = [new_booth(plan, f"Y{n}", f"y{n}") for n in range(5)]
    acts = [
        partial(rows, session, player, plan, "C", 5),
        partial(save_plan, session, player.actor, plan, plan.revision, added),
    ]
    assert [refused(act) for act in acts] == SENTENCES["full"] * 2


def test_drawings_that_cannot_be_saved(
    session: Session, player: OrganiserPlayer, plan: FloorPlan, refused: Refusal
) -> None:
    base = plan.revision
    held, free = booth(plan, "A01").key, booth(plan, "A02").key
    _wish_for(session, plan, "B")
    zone = next(zone for zone in plan.zones if zone.code == "B")
    emptied = [{"kind": "booth", "key": each.key, "delete": True} for each in zone.booths]
    save_plan(session, player.actor, plan, base, [{"kind": "booth", "key": free, "values": {"x_cm": 1}}])
    session.commit()
    tries: list[tuple[int, list[dict[str, Any]]]] = [
        (plan.revision, [{}] * 12_001),
        (plan.revision, [{"kind": "ghost", "key": "g"}, {"kind": "ghost", "key": "h"}]),
        (base, [{"kind": "booth", "key": free, "values": {"x_cm": 2}}]),
        (plan.revision, [{"kind": "booth", "key": held, "values": {"code": "A99"}}]),
        (plan.revision, [*emptied, {"kind": "zone", "key": zone.key, "delete": True}]),
    ]
    acts = [partial(save_plan, session, player.actor, plan, revision, changes) for revision, changes in tries]
    assert each_refused(session, refused, acts) == SENTENCES["drawings"]


def test_values_that_an_element_cannot_have(
    session: Session, player: OrganiserPlayer, plan: FloorPlan, in_words: Words
) -> None:
    gone = booth(plan, "B08")
    remove_booth(session, player.actor, gone)
    session.commit()
    changes = [
        new_booth(plan, "A 1", "n1", colour="red", width_cm=1, power_w=-1, rotation=400, is_corner="yes", zone="?"),
        {"kind": "zone", "key": "z1", "new": True, "values": {"code": "ABCDE", "name_vi": "x" * 121}},
        {"kind": "fixture", "key": "f1", "new": True, "values": {"kind": "wall", "x_cm": 0, "y_cm": 0, "width_cm": 99}},
        {"kind": "plan", "key": "plan", "values": {"outline": [[0, 0], [1, 1]]}},
        {"kind": "ghost", "key": "g"},
    ]
    together = [
        new_booth(plan, "A01", "n2"),
        new_booth(plan, "A10", "n3", zone="z9"),
        new_booth(plan, "A11", "n4", booth_type_id=999),
        {"kind": "zone", "key": "z2", "new": True, "values": {"code": "A"}},
        {"kind": "booth", "key": booth(plan, "A02").key, "values": {"code": "B08"}},
    ]
    held = [{"kind": "booth", "key": booth(plan, "A01").key, "delete": True}]
    told = set()
    for some in (changes, together, held):
        with pytest.raises(Refused) as caught:
            save_plan(session, player.actor, plan, plan.revision, some)
        session.rollback()
        faults = caught.value.facts["faults"]
        assert isinstance(faults, list)
        for fault in faults:
            assert isinstance(fault, ValueFault)
            told.add((fault.reason, *in_words(Refused(fault.reason, **fault.facts))))
    assert sorted(told) == SENTENCES["values"]


def test_sheets_pictures_and_copies(
    session: Session, player: OrganiserPlayer, plan: FloorPlan, tmp_path: Path, in_words: Words, refused: Refusal
) -> None:
    wrong = [
        b"no sheet",
        _sheet({"code": "A01"}),
        _sheet(dict.fromkeys(COLUMNS)),
        _sheet({**PLACE, "code": "A1"}, *[{"code": "A1"}] * 5_000),
    ]
    told = []
    for content in wrong:
        with pytest.raises(UnreadableSheet) as unread:
            read_sheet(content, COLUMN_NAMES)
        facts = {name: ", ".join(fact) if isinstance(fact, list) else fact for name, fact in unread.value.facts.items()}
        told.append((unread.value.reason, *in_words(Refused(unread.value.reason, **facts))))
    again = {"code": "A02", "width_cm": "broad", "rotation": 45.5}
    twice = _sheet({**PLACE, "code": "A02"}, {**PLACE, **again})
    for fault in import_booths(session, player.actor, plan, read_sheet(twice, COLUMN_NAMES)).faults:
        told.append((fault.reason, *in_words(Refused(fault.reason, **fault.facts))))
    session.rollback()
    store = FileStore(tmp_path)
    told.append(
        refused(partial(lay_background, session, player.actor, store, plan, name="a.pdf", content=b"%PDF-1.4 torn"))
    )
    session.rollback()
    homeless = a_draft_fair(session, player, name="Hội chợ chưa có chỗ")
    homeless.venues.clear()
    told.append(refused(partial(copy_plan, session, player.actor, plan, homeless)))
    assert told == SENTENCES["sheets"]


def test_requests_that_lack_what_they_are_about(
    session: Session, app: Flask, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    base, email = f"organise/fairs/{plan.fair.slug}/plan/{plan.id}", player.user.email
    session.commit()
    desk = OrganiserBrowser(app, email)
    token = TOKEN.search(desk.get(f"/{base}/import").text)
    assert token is not None
    wrong: list[object] = [["no", "object"], {"changes": []}, {"base_revision": 0, "changes": ["A01"]}]
    told = {
        tuple(
            desk.client.post(f"{language}/{base}/save", json=sent, headers={"X-CSRFToken": token.group(1)}).json[word]
            for language, word in (("", "reason"), ("", "sentence"), ("/en", "sentence"))
        )
        for sent in wrong
    }
    pages = [desk.send(f"{language}/{base}/import", {}, form_on=f"/{base}/import") for language in ("", "/en")]
    sentences = next(row[1:] for row in SENTENCES["requests"] if row[0] == "sheet_missing")
    assert told == {row for row in SENTENCES["requests"] if row[0] == "request_wrong"}
    assert [(page.status_code, sentence in page.text) for page, sentence in zip(pages, sentences, strict=True)] == [
        (422, True)
    ] * 2


def _wish_for(session: Session, plan: FloorPlan, code: str) -> None:
    producer = a_producer(session)
    application = start_application(session, producer.actor, plan.fair, producer.producer)
    zone_ids = [zone.id for zone in plan.zones if zone.code == code]
    save_application(
        session, producer.actor, application, zone_ids=zone_ids, product_ids=[], booths_wanted=1, anywhere=True,
        fascia_name="", needs_power=False, needs_water=False, note="",
    )  # fmt: skip
    session.commit()


def _sheet(*rows: dict[str, Any]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    heads = list(dict.fromkeys(name for row in rows for name in row))
    sheet.append(heads)
    for row in rows:
        sheet.append([row.get(head) for head in heads])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
