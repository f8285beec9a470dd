"""A register from a spreadsheet: 1,000 producers in seconds, twice changes nothing, refused rows with reasons."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import Workbook
from sqlalchemy.orm import Session

from demonstration.first_run import load_reference_data
from exhibitors.producers.producer import Producer, Product
from exhibitors.producers.register.import_register import ImportReport, import_register
from exhibitors.producers.register.register_import import RegisterImport
from exhibitors.producers.register.register_row import read_row
from exhibitors.producers.register.register_sheet import guess_columns, read_register
from foundation.actor import Actor
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_producer

HEADS = ["TT", "Tên chủ thể", "Loại hình", "Mã số thuế", "Xã/phường", "Điện thoại", "Tên sản phẩm", "Nhóm sản phẩm"]
HEADS += ["Hạng sao", "Số quyết định", "Ngày cấp"]
CLERK = Actor(1, "Cán bộ")
ENOUGH_SECONDS = 10


def a_sheet(rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS, above: Sequence[str] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for title in above:
        sheet.append([title])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def a_row(number: int, **changes: object) -> list[object]:
    facts: dict[str, object] = {
        "number": number,
        "name": f"HTX Nông sản số {number}",
        "kind": "Hợp tác xã",
        "tax": "",
        "place": "Bình Liêu",
        "phone": f"09123{number:05d}",
        "product": f"Miến dong {number}",
        "group": "Thực phẩm",
        "stars": "4 sao",
        "decision": f"QĐ {number}",
        "issued": date(2025, 6, 20),
    }  # fmt: skip - one row
    return list((facts | changes).values())


def bring_in(session: Session, rows: list[list[str]], *, for_good: bool = True) -> ImportReport:
    return import_register(session, CLERK, rows, guess_columns(rows[0]), for_good=for_good)


def units(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count(Producer.id))) or 0


@pytest.fixture
def registry(session: Session) -> Session:
    load_reference_data(session)
    return session


def test_thousand_producers_in_ten_seconds_and_the_second_time_nothing(registry: Session) -> None:
    content = a_sheet([a_row(number) for number in range(1000)])
    begun = time.monotonic()
    rows = read_register(content)
    dry = bring_in(registry, rows, for_good=False)
    assert (dry.units_new, dry.products_new, units(registry)) == (1000, 1000, 0)
    real = bring_in(registry, rows)
    registry.commit()
    took = time.monotonic() - begun
    assert (real.units_new, real.products_new, real.refused, units(registry)) == (1000, 1000, [], 1000)
    assert took < ENOUGH_SECONDS, took
    version = sa.select(sa.func.sum(Producer.version))
    before = registry.scalar(version)
    again = bring_in(registry, rows)
    registry.commit()
    assert (again.changes_nothing, again.unchanged, registry.scalar(version)) == (True, 1000, before)


def test_facts_come_in_as_the_house_keeps_them(registry: Session) -> None:
    row = a_row(7, phone=912345678, tax=5700100256, place="TT. Bình Liêu")
    rows = read_register(a_sheet([row], above=["DANH SÁCH CHỦ THỂ"]))
    assert bring_in(registry, rows).units_new == 1
    unit = registry.scalars(sa.select(Producer)).one()
    assert (unit.kind, unit.contact_phone, unit.tax_code) == ("cooperative", "+84912345678", "5700100256")
    assert (unit.locality and unit.locality.name_vi, unit.phone_is_public) == ("Xã Bình Liêu", False)
    (product,) = unit.products
    assert (product.stars, product.certificate_issued_on, product.certificate_expires_on) == (
        4,
        date(2025, 6, 20),
        date(2028, 6, 20),
    )


def test_unit_is_known_again_and_its_renewed_certificate_counts(registry: Session) -> None:
    bring_in(registry, read_register(a_sheet([a_row(1, tax="5700100256")])))
    renamed = a_row(1, name="HTX nông sản Số 1 (đổi tên)", tax="5700100256", issued="01/03/2026")
    second = a_row(1, tax="5700100256", product="Mật ong")
    report = bring_in(registry, read_register(a_sheet([renamed, second])))
    assert (report.units_new, report.products_new, report.products_changed) == (0, 1, 1)
    ends = dict(registry.execute(sa.select(Product.name_vi, Product.certificate_expires_on)).all())
    assert ends == {"Miến dong 1": date(2029, 3, 1), "Mật ong": date(2028, 6, 20)}


def test_another_tax_code_is_another_unit(registry: Session) -> None:
    report = bring_in(registry, read_register(a_sheet([a_row(1, tax="5700100256"), a_row(1, tax="0100109106")])))
    assert (report.units_new, units(registry)) == (2, 2)


def test_what_people_keep_themselves_is_only_filled_up(session: Session) -> None:
    player = a_producer(session, "HTX Nông sản số 3")
    player.producer.contact_phone = "+84987654321"
    session.flush()
    report = bring_in(session, read_register(a_sheet([a_row(3, tax="5700100256")])))
    session.refresh(player.producer)
    assert (report.units_new, report.units_changed) == (0, 1)
    assert (player.producer.contact_phone, player.producer.tax_code) == ("+84987654321", "5700100256")


def test_each_refused_row_says_everything_that_is_wrong(registry: Session) -> None:
    bad = a_row(1, name="", tax="123", place="Nơi Nào Đó", phone="12", group="Vũ khí", stars="9", issued="hôm qua")
    report = bring_in(registry, read_register(a_sheet([a_row(0), bad, a_row(2)])))
    assert (report.units_new, report.rows) == (2, 3)
    ((number, faults),) = report.refused
    assert (number, [reason for reason, _ in faults]) == (
        3,
        [
            "producer_name_missing",
            "tax_code_form",
            "phone_form",
            "place_unknown",
            "product_group_unknown",
            "stars_unknown",
            "day_unreadable",
        ],
    )


def test_rows_keep_their_numbers_below_titles_and_gaps(registry: Session) -> None:
    rows = [a_row(1), [""] * len(HEADS), a_row(2, tax="1")]
    report = bring_in(registry, read_register(a_sheet(rows, above=["SỔ CHỦ THỂ", "Năm 2026"])))
    assert (report.rows, [number for number, _ in report.refused]) == (2, [6])


@pytest.mark.parametrize("text", ["Tiên Yên", "huyện Tiên Yên", "Đồng Rui", "Vân Đồn"])
def test_old_and_new_names_of_places_are_known(text: str) -> None:
    row = read_row(2, ["HTX", text], {"name_vi": 0, "place": 1})
    assert (row.faults, bool(row.place_code or row.district)) == ([], True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "register_unreadable"),
        (b"%PDF-1.7", "register_unreadable"),
        (b"PK\x03\x04" + bytes(100), "register_unreadable"),
        (a_sheet([]), "register_empty"),
    ],
)
def test_file_that_is_no_register_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_register(content)
    assert refused.value.reason == reason


def test_department_maps_tries_and_brings_in(
    store: Session, organiser: OrganiserPlayer, visit: Callable[..., Any]
) -> None:
    load_reference_data(store)
    visitor = visit(organiser.user.email)
    visitor.get("/organise/register")
    sheet = a_sheet([a_row(1, tax="022085001234"), a_row(2, place="Nơi Nào Đó")], heads=["A", *HEADS[1:]])
    sent = visitor.post("/organise/register", sheet=(BytesIO(sheet), "so.xlsx"))
    assert sent.status_code == 303
    page = visitor.get(sent.location)
    assert "Dòng 3" in page.text
    assert "không phải xã, phường" in page.text
    assert ("022085001234" in page.text, "•••••••••234" in page.text) == (False, True)
    columns = {name: str(place) for name, place in guess_columns(HEADS).items()}
    bare = visitor.post(sent.location, **columns | {"name_vi": ""}, action="try")
    assert (bare.status_code, "Hãy chọn cột ghi tên chủ thể" in bare.text) == (422, True)
    for _ in range(2):  # pressed twice, brought in once
        assert visitor.post(sent.location, **columns, action="bring_in").status_code in {200, 303}
    store.rollback()
    made = store.scalars(sa.select(RegisterImport)).one()
    assert made.report is not None
    assert (made.report["units_new"], made.report["refused"], made.cells, units(store)) == (1, [3], [], 1)
    assert "đã nhập" in visitor.get("/organise/register").text
