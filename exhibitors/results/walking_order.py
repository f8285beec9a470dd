"""The order in which a visitor passes booths: aisle by aisle, one up and the next down. Pure; lengths in metres."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Protocol

STEP_OUT_M = 1.5
"""How far before a booth its visitors stand: the middle of an aisle of three metres."""
SAME_AISLE_M = 2.0


class Stand(Protocol):
    """A booth on a plan: upper left corner before turning, size, degrees clockwise; the front is its lower side."""

    @property
    def code(self) -> str: ...

    @property
    def x_m(self) -> float: ...

    @property
    def y_m(self) -> float: ...

    @property
    def width_m(self) -> float: ...

    @property
    def depth_m(self) -> float: ...

    @property
    def rotation(self) -> int: ...


def walking_order(booths: Iterable[Stand]) -> list[str]:
    """The codes of all booths along one walk through every aisle.

    A part of the list keeps its order: whoever wants some booths only walks the same way and leaves the others out.
    Aisles run across the plan, or down it where most fronts face left or right. The walk starts at the upper left.
    """
    stands = list(booths)
    places = [(_before(stand), stand.code) for stand in stands]
    if 2 * sum(stand.rotation % 180 == 90 for stand in stands) > len(stands):
        places = [((y, x), code) for (x, y), code in places]
    return [code for number, aisle in enumerate(_aisles(places)) for _, code in _along(aisle, back=number % 2 == 1)]


Place = tuple[tuple[float, float], str]


def _before(stand: Stand) -> tuple[float, float]:
    """The point in front of the booth's middle."""
    turn, away = math.radians(stand.rotation), stand.depth_m / 2 + STEP_OUT_M
    middle_x, middle_y = stand.x_m + stand.width_m / 2, stand.y_m + stand.depth_m / 2
    return round(middle_x - away * math.sin(turn), 3), round(middle_y + away * math.cos(turn), 3)


def _aisles(places: Sequence[Place]) -> list[list[Place]]:
    """Points whose distance across is small walk one aisle; it may not drift wider than that from its first."""
    aisles: list[list[Place]] = []
    for place in sorted(places, key=lambda one: (one[0][1], one[0][0], one[1])):
        if aisles and place[0][1] - aisles[-1][0][0][1] <= SAME_AISLE_M:
            aisles[-1].append(place)
        else:
            aisles.append([place])
    return aisles


def _along(aisle: Sequence[Place], *, back: bool) -> list[Place]:
    return sorted(aisle, key=lambda one: (-one[0][0] if back else one[0][0], one[0][1], one[1]))
