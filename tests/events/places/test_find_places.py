"""Places by what people call them: today's names, former districts and communes, or a kind of unit alone."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.places.find_places import all_places, find_places, localities_of, unit_asked_for, units_asked_for
from events.places.locality import District, Locality


def names(session: Session, query: str) -> list[str]:
    return [place.name.vi for place in find_places(session, query)]


@pytest.mark.parametrize(
    ("query", "unit"),
    [
        ("TP", "thanh pho"), ("tp.", "thanh pho"), ("thành phố", "thanh pho"), ("Thanh  Pho", "thanh pho"),
        ("xã", "xa"), ("xa", "xa"), ("phường", "phuong"), ("commune", "xa"), ("special zone", "dac khu"),
        ("xà", ""), ("xả", ""), ("xã Bình Liêu", ""), ("", ""), ("%", ""), ("x", ""),
    ],
)  # fmt: skip
def test_kind_of_unit_alone_is_recognised(query: str, unit: str) -> None:
    assert unit_asked_for(query) == unit


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ("xã", {"xa"}), ("xã phường", {"xa", "phuong"}), ("Phường, đặc khu", {"phuong", "dac khu"}),
        ("thị trấn/xã", {"thi tran", "xa"}), ("special zone ward", {"dac khu", "phuong"}), ("xã Bình Liêu", set()),
        ("xà phòng", set()), ("", set()), ("%", set()),
    ],
)  # fmt: skip
def test_several_kinds_of_unit_alone_are_recognised(query: str, units: set[str]) -> None:
    assert units_asked_for(query) == units


def test_several_kinds_alone_find_the_places_of_each(session: Session) -> None:
    single = {name for query in ("xã", "đặc khu") for name in names(session, query)}
    assert set(names(session, "xã, đặc khu")) == single


@pytest.mark.parametrize("query", ["TP", "thành phố", "thanh pho"])
def test_cities_are_the_former_ones(session: Session, query: str) -> None:
    assert names(session, query) == [
        "Thành phố Cẩm Phả", "Thành phố Đông Triều", "Thành phố Hạ Long", "Thành phố Móng Cái", "Thành phố Uông Bí",
    ]  # fmt: skip


@pytest.mark.parametrize(("query", "kind"), [("xã", "xã"), ("PHƯỜNG", "phường"), ("ĐK", "đặc khu")])
def test_kind_alone_finds_all_of_today(session: Session, query: str, kind: str) -> None:
    there = session.scalar(select(func.count(Locality.id)).where(Locality.kind == kind))
    found = find_places(session, query)
    assert len([place for place in found if not place.is_former]) == there
    assert there
    assert all(place.name.vi.lower().startswith(kind) for place in found)


def test_towns_are_found_by_what_they_became(session: Session) -> None:
    found = find_places(session, "thị trấn")
    assert "Xã Bình Liêu" in {place.name.vi for place in found}
    assert all(any(was.startswith("Thị trấn") for was in place.was) for place in found)


def test_former_commune_leads_to_the_one_of_today_and_is_named(session: Session) -> None:
    assert [(place.name.vi, place.was) for place in find_places(session, "dong rui")] == [
        ("Xã Hải Lạng", ("Xã Đồng Rui",))
    ]


def test_very_name_comes_first_and_goods_do_not_hide_the_place(session: Session) -> None:
    assert names(session, "tp Hạ Long")[0] == "Thành phố Hạ Long"
    assert names(session, "phường hạ long")[0] == "Phường Hạ Long"
    assert {"Huyện Bình Liêu", "Xã Bình Liêu"} <= set(names(session, "miến dong bình liêu"))
    assert names(session, "xyzzy") == names(session, "") == []


def test_key_stands_for_localities(session: Session) -> None:
    places = all_places(session)
    assert len(places) == 13 + 54
    for place in places:
        ids = set(session.scalars(localities_of(place.key)))
        if place.is_former:
            assert (
                ids
                == set(session.scalars(select(Locality.id).join(District).where(District.slug == place.key)))
                != set()
            )
        else:
            assert ids == {place.id}
    assert set(session.scalars(localities_of("nirgends"))) == set(session.scalars(localities_of("00000"))) == set()
