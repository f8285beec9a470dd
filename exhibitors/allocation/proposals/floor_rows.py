"""Reads rows and neighbours from a drawing: which booths stand side by side, which face each other over an aisle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

SLIP_CM = 40
"""Booths of one row may stand so far out of line, or apart, and still be neighbours: drawn by hand, not by laser."""
WIDEST_AISLE_CM = 600


@dataclass(frozen=True, slots=True)
class DrawnRect:
    """A booth of the drawing in centimetres, its front below before it is turned clockwise about its middle."""

    id: str
    plan: int
    zone: str
    x: int
    y: int
    width: int
    depth: int
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A booth's row and its number in it; neighbours of one row have numbers that follow each other."""

    row: str
    pos: int


@dataclass(frozen=True, slots=True)
class _Laid:
    """A booth seen along its own row: `along` and `across` are the middle, the front looks towards `facing`."""

    booth: DrawnRect
    along: float
    across: float
    facing: int


def spots_of(booths: Iterable[DrawnRect]) -> dict[str, Spot]:
    """The place of every booth; rows are named after their first booth, a gap in a row is a gap in its numbers."""
    spots = {}
    for line in _lines(booths):
        name, pos = line[0].booth.id, 0
        for number, laid in enumerate(line):
            if number:
                pos += 1 if _touches(line[number - 1], laid) else 2
            spots[laid.booth.id] = Spot(name, pos)
    return spots


def edges_of(booths: Sequence[DrawnRect]) -> list[tuple[str, str, str]]:
    """Pairs of booths "side" by side in one row, and "face" to face over an aisle of at most six metres."""
    edges = []
    lines = _lines(booths)
    for line in lines:
        for one, other in pairwise(line):
            if _touches(one, other):
                edges.append((one.booth.id, other.booth.id, "side"))
    laid = [one for line in lines for one in line]
    for number, one in enumerate(laid):
        for other in laid[number + 1 :]:
            if _face(one, other):
                edges.append((one.booth.id, other.booth.id, "face"))
    return sorted((min(left, right), max(left, right), kind) for left, right, kind in edges)


def _lines(booths: Iterable[DrawnRect]) -> list[list[_Laid]]:
    """Booths that stand in one line, in order; a line never leaves its zone, its plan or its direction."""
    lines: list[list[_Laid]] = []
    for laid in sorted(map(_lay, booths), key=_order):
        if lines and _same_line(lines[-1][0], laid):
            lines[-1].append(laid)
        else:
            lines.append([laid])
    return [sorted(line, key=lambda one: (one.along, one.booth.id)) for line in lines]


def _lay(booth: DrawnRect) -> _Laid:
    turn = radians(booth.rotation % 180)
    middle_x, middle_y = booth.x + booth.width / 2, booth.y + booth.depth / 2
    along = middle_x * cos(turn) + middle_y * sin(turn)
    across = middle_y * cos(turn) - middle_x * sin(turn)
    return _Laid(booth, along, across, 1 if booth.rotation % 360 < 180 else -1)


def _order(laid: _Laid) -> tuple[int, str, int, float, float, str]:
    booth = laid.booth
    return booth.plan, booth.zone, booth.rotation % 360, laid.across, laid.along, booth.id


def _same_line(first: _Laid, other: _Laid) -> bool:
    one, two = first.booth, other.booth
    alike = (one.plan, one.zone, one.rotation % 360) == (two.plan, two.zone, two.rotation % 360)
    return alike and abs(first.across - other.across) <= SLIP_CM


def _touches(one: _Laid, other: _Laid) -> bool:
    return abs(other.along - one.along) - (one.booth.width + other.booth.width) / 2 <= SLIP_CM


def _face(one: _Laid, other: _Laid) -> bool:
    """Fronts that look at each other with nothing but an aisle between, and overlap along it."""
    if one.booth.plan != other.booth.plan or one.booth.rotation % 180 != other.booth.rotation % 180:
        return False
    if one.facing == other.facing or (other.across - one.across) * one.facing <= 0:
        return False
    gap = abs(other.across - one.across) - (one.booth.depth + other.booth.depth) / 2
    beside = abs(other.along - one.along) < (one.booth.width + other.booth.width) / 2 - SLIP_CM
    return beside and 0 <= gap <= WIDEST_AISLE_CM
