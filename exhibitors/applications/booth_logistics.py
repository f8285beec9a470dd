"""What an applicant may add about coming: beside whom, how many, in what. None of it is needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from exhibitors.applications.booth_application import (
    LONGEST_ARRIVAL,
    LONGEST_NEIGHBOURS,
    LONGEST_PLATE,
    BoothApplication,
)
from foundation.folding import fold, nfc
from foundation.refusal import Refused

MOST_STAFF = 99
SHORTEST_NAME = 4
"""A name of fewer letters would be found in too many others."""
_PARTS = re.compile(r"[,;\n]+")


class VehicleKind(StrEnum):
    """What goods come with; the organiser plans the gates by it."""

    NONE = "none"
    MOTORBIKE = "motorbike"
    CAR = "car"
    VAN = "van"
    SMALL_TRUCK = "small_truck"
    LARGE_TRUCK = "large_truck"


class Logistics(TypedDict, total=False):
    """What may be said; what is left out is not said. Names of units are separated by commas or new lines."""

    neighbours_wished: str
    neighbours_not_wished: str
    staff_count: int | None
    vehicle_kind: str
    vehicle_plate: str
    arrival_wish: str


LENGTHS = {
    "neighbours_wished": LONGEST_NEIGHBOURS,
    "neighbours_not_wished": LONGEST_NEIGHBOURS,
    "vehicle_plate": LONGEST_PLATE,
    "arrival_wish": LONGEST_ARRIVAL,
}


@dataclass(frozen=True, slots=True)
class NamedNeighbour:
    """A unit that an applicant named; `codes` are the applications of this fair that the name fits."""

    name: str
    is_wished: bool
    codes: Sequence[str]


def take_logistics(application: BoothApplication, said: Logistics) -> None:
    """Write it down. Refuses `staff_count_range`, `vehicle_unknown` and `logistics_too_long` (field, most)."""
    staff = said.get("staff_count")
    if staff is not None and not 1 <= staff <= MOST_STAFF:
        raise Refused("staff_count_range", field="staff_count", most=MOST_STAFF)
    vehicle = said.get("vehicle_kind") or ""
    if vehicle not in {"", *VehicleKind}:
        raise Refused("vehicle_unknown", field="vehicle_kind")
    words = {name: nfc(str(said.get(name) or "").strip()) for name in LENGTHS}
    for name, most in LENGTHS.items():
        if len(words[name]) > most:
            raise Refused("logistics_too_long", field=name, most=most)
    application.staff_count, application.vehicle_kind = staff, vehicle
    for name, text in words.items():
        setattr(application, name, text)


def logistics_of(application: BoothApplication) -> Logistics:
    """What an application has said, for the next one."""
    said: Logistics = {"staff_count": application.staff_count, "vehicle_kind": application.vehicle_kind}
    for name in LENGTHS:
        said[name] = getattr(application, name)  # type: ignore[literal-required]  # the names stand above
    return said


def names_typed(text: str) -> list[str]:
    """The names of units in what was typed."""
    return [name for part in _PARTS.split(text) if (name := part.strip())]


def fits(name: str, folded_unit: str) -> bool:
    """Whether a typed name means this unit: all of it stands in the unit's folded names, whatever the accents."""
    typed = fold(name)
    return len(typed) >= SHORTEST_NAME and typed in folded_unit
