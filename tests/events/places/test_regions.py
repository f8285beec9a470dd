"""Parts of the province and the two letters of each former district."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from demonstration.first_run import load_reference_data
from events.places.locality import District
from events.places.regions import place_code, region_of


def test_every_former_district_has_a_region_and_two_letters_of_its_own(session: Session) -> None:
    load_reference_data(session)
    names = list(session.scalars(select(District.name)))
    assert {region_of(name) for name in names} == {"islands", "east", "centre", "west"}
    letters = {name: place_code(name) for name in names}
    assert (letters["Đông Triều"], letters["Vân Đồn"]) == ("ĐT", "VĐ")
    assert {len(code) for code in letters.values()} == {2}
    assert len(set(letters.values())) == len(names) == 13


def test_places_outside_have_neither() -> None:
    assert [(region_of(name), place_code(name)) for name in ("", "Hà Nội")] == [("", ""), ("", "")]
