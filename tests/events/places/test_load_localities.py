"""The register's localities in the database."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.places.load_localities import load_localities
from events.places.locality import AdministrativeName, District, Locality, all_localities, place_name_on


def counts(session: Session) -> tuple[int | None, int | None, int | None]:
    return (
        session.scalar(select(func.count(Locality.id))),
        session.scalar(select(func.count(District.id))),
        session.scalar(select(func.count(AdministrativeName.id))),
    )


def test_load_localities_fills_an_empty_database(session: Session) -> None:
    assert load_localities(session) == 54
    assert counts(session)[:2] == (54, 13)


def test_load_localities_twice_changes_nothing(session: Session) -> None:
    load_localities(session)
    before = counts(session)
    session.commit()
    assert load_localities(session) == 54
    assert session.dirty == set() or not any(session.is_modified(thing) for thing in session.dirty)
    assert counts(session) == before


def test_load_localities_mends_a_name_that_was_changed(session: Session) -> None:
    load_localities(session)
    locality = session.scalars(select(Locality).where(Locality.code == "06838")).one()
    locality.name_vi = "Bình Liêu cũ"
    load_localities(session)
    assert locality.name_vi == "Xã Bình Liêu"


def test_locality_is_found_by_its_former_commune(session: Session) -> None:
    load_localities(session)
    found = session.scalars(select(Locality).where(Locality.matches("dong rui"))).all()
    assert [locality.name_vi for locality in found] == ["Xã Hải Lạng"]


def test_place_name_follows_the_day(session: Session) -> None:
    load_localities(session)
    ward = session.scalars(select(Locality).where(Locality.name_vi == "Phường Hạ Long")).one()
    assert [
        place_name_on(session, ward, day).vi for day in (date(2022, 8, 1), date(2026, 8, 31), date(2027, 1, 1))
    ] == [
        "thành phố Hạ Long, tỉnh Quảng Ninh",
        "Phường Hạ Long, tỉnh Quảng Ninh",
        "Phường Hạ Long, thành phố Quảng Ninh",
    ]


def test_pickers_follow_the_vietnamese_alphabet(session: Session) -> None:
    """Đ stands after D, and every mark in its place: not as code points would have it."""
    load_localities(session)
    names = {district.id: district.name for district in session.scalars(select(District))}
    order = list(dict.fromkeys(names[one.district_id] for one in all_localities(session)))
    assert order.index("Cẩm Phả") < order.index("Cô Tô") < order.index("Đầm Hà") < order.index("Đông Triều")
    assert order.index("Đông Triều") < order.index("Hạ Long") < order.index("Vân Đồn")
