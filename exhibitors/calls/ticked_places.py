"""Localities under their former districts, for ticking in forms."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from events.places.locality import all_localities


@dataclass(frozen=True, slots=True)
class TickedDistrict:
    """A former district with the codes and names of its localities."""

    name: str
    places: list[tuple[str, str]]


def districts_to_tick(session: Session, language: str) -> list[TickedDistrict]:
    """All former districts with their localities, names in a language."""
    grouped = groupby(all_localities(session), key=lambda place: place.district.name)
    return [
        TickedDistrict(name, [(place.code, place.name.local(language)) for place in places]) for name, places in grouped
    ]


def places_to_tick(districts: list[TickedDistrict]) -> list[tuple[str, str]]:
    """The same without the districts."""
    return [place for district in districts for place in district.places]
