"""What is wrong with a drawing, told at once: the browser asks the same of its own copy (plan_checks.js).

The shared examples in tests/events/floor_plans/plan_checks.json hold both to one answer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from events.floor_plans.plan_shapes import (
    Box,
    Gap,
    Point,
    Polygon,
    bounds,
    boxes_overlap,
    corners,
    direction,
    gap_between,
    gap_between_boxes,
    holds,
    overlap,
    quad,
    ray_length,
)

Document = Mapping[str, Any]
WALL_CM = 5
"""Two booths so near are back to back or side by side; between them there is no aisle."""
WAYS_OUT = frozenset({"door", "gate", "exit"})
BULKY = frozenset({"wall", "pillar", "stage", "stall", "building", "food"})
MOVABLE = frozenset({"stage", "stall", "food"})
FLAT = frozenset({"path", "text"})


class Rule(StrEnum):
    """What can be wrong with a plan, in the order in which it is told."""

    DUPLICATE_CODE = "duplicate_code"
    OUTSIDE_HALL = "outside_hall"
    OVERLAP = "overlap"
    NARROW_AISLE = "narrow_aisle"
    FRONT_BLOCKED = "front_blocked"
    DOOR_BLOCKED = "door_blocked"
    POWER_EXCEEDED = "power_exceeded"
    WATER_EXCEEDED = "water_exceeded"
    COLD_EXCEEDED = "cold_exceeded"


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One thing wrong and the keys it concerns; `measure` is what is there and `limit` what may be (cm, W, points)."""

    rule: Rule
    keys: tuple[str, ...]
    measure: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class _Shape:
    key: str
    element: Mapping[str, Any]
    polygon: Polygon
    box: Box

    @property
    def is_square(self) -> bool:
        """Whether its box is all of it."""
        return bool(self.element["rotation"] % 90 == 0)


def check_plan(document: Document) -> list[PlanFault]:
    """Everything wrong with a plan, by rule and then in the order of the document."""
    plan = document["plan"]
    least = plan["least_aisle_cm"]
    booths = [_shape(booth) for booth in document["booths"]]
    fixtures = [_shape(fixture) for fixture in document["fixtures"]]
    hall = [(float(x), float(y)) for x, y in plan["outline"]] or [
        (0.0, 0.0),
        (float(plan["width_cm"]), 0.0),
        (float(plan["width_cm"]), float(plan["depth_cm"])),
        (0.0, float(plan["depth_cm"])),
    ]
    faults = [*_duplicate_codes(booths), *_outside(booths, hall)]
    faults += _between_booths(booths, least)
    faults += _with_fixtures(booths, fixtures, least)
    if plan["outline"]:
        faults += _before_walls_of(hall, booths, least)
    faults += _capacities(document)
    order = {rule: place for place, rule in enumerate(Rule)}
    return sorted(faults, key=lambda fault: order[fault.rule])


def _shape(element: Mapping[str, Any]) -> _Shape:
    polygon = corners(element)
    return _Shape(element["key"], element, polygon, bounds(polygon))


def _duplicate_codes(booths: Sequence[_Shape]) -> Iterator[PlanFault]:
    keys: dict[str, list[str]] = defaultdict(list)
    for booth in booths:
        keys[booth.element["code"]].append(booth.key)
    yield from (PlanFault(Rule.DUPLICATE_CODE, tuple(some)) for some in keys.values() if len(some) > 1)


def _outside(booths: Sequence[_Shape], hall: Polygon) -> Iterator[PlanFault]:
    for booth in booths:
        inner = [point for point in hall if holds(booth.polygon, point) and not _near_edge(booth.polygon, point)]
        if inner or not all(holds(hall, point) for point in booth.polygon):
            yield PlanFault(Rule.OUTSIDE_HALL, (booth.key,))


def _near_edge(polygon: Polygon, point: Point) -> bool:
    x, y = point
    return gap_between(polygon, [(x, y), (x + 0.1, y), (x, y + 0.1)]).length <= WALL_CM


def _between_booths(booths: Sequence[_Shape], least: int) -> Iterator[PlanFault]:
    pairs = list(_near_pairs(booths, least))
    near: dict[int, list[_Shape]] = defaultdict(list)
    for one, other in pairs:
        near[one].append(booths[other])
        near[other].append(booths[one])
    for one, other in pairs:
        first, second = booths[one], booths[other]
        if _overlap(first, second):
            yield PlanFault(Rule.OVERLAP, (first.key, second.key))
            continue
        gap = _gap(first, second)
        if gap.length <= WALL_CM:
            yield from (
                PlanFault(Rule.FRONT_BLOCKED, (mine.key, theirs.key))
                for mine, theirs in ((first, second), (second, first))
                if any(overlap(strip, theirs.polygon) for strip in _fronts(mine, WALL_CM + 1 + gap.length))
            )
        elif gap.faces and gap.length < least and not _stands_between(near[one], second, gap.start, gap.end):
            yield PlanFault(Rule.NARROW_AISLE, (first.key, second.key), _whole(gap.length), least)


def _overlap(one: _Shape, other: _Shape) -> bool:
    if one.is_square and other.is_square:
        return boxes_overlap(one.box, other.box)
    return overlap(one.polygon, other.polygon)


def _gap(one: _Shape, other: _Shape) -> Gap:
    if one.is_square and other.is_square:
        return gap_between_boxes(one.box, other.box)
    return gap_between(one.polygon, other.polygon)


def _stands_between(nearby: Sequence[_Shape], other: _Shape, start: Point, end: Point) -> bool:
    points = [
        (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part) for part in (0.25, 0.5, 0.75)
    ]
    return any(holds(third.polygon, point) for third in nearby if third is not other for point in points)


def _with_fixtures(booths: Sequence[_Shape], fixtures: Sequence[_Shape], least: int) -> Iterator[PlanFault]:
    for fixture in fixtures:
        kind = fixture.element["kind"]
        if kind in FLAT:
            continue
        before = _before_door(fixture, least) if kind in WAYS_OUT else None
        for booth in booths:
            if not _is_near(booth, fixture, least):
                continue
            if before is not None:
                if overlap(before, booth.polygon):
                    yield PlanFault(Rule.DOOR_BLOCKED, (fixture.key, booth.key))
            elif overlap(booth.polygon, fixture.polygon):
                yield PlanFault(Rule.OVERLAP, (booth.key, fixture.key))
            elif kind in BULKY and any(overlap(strip, fixture.polygon) for strip in _fronts(booth, least)):
                measure = _whole(gap_between(booth.polygon, fixture.polygon).length)
                yield PlanFault(Rule.NARROW_AISLE, (booth.key, fixture.key), measure, least)
        if before is not None:
            yield from (
                PlanFault(Rule.DOOR_BLOCKED, (fixture.key, other.key))
                for other in fixtures
                if other.element["kind"] in MOVABLE and overlap(before, other.polygon)
            )


def _before_walls_of(hall: Polygon, booths: Sequence[_Shape], least: int) -> Iterator[PlanFault]:
    for booth in booths:
        free = min((_way_before(booth, side, hall) for side in booth.element["open_sides"]), default=math.inf)
        if free < least:
            yield PlanFault(Rule.NARROW_AISLE, (booth.key,), _whole(free), least)


def _way_before(booth: _Shape, side: str, hall: Polygon) -> float:
    """How far the hall's wall is from an open side, seen from near its ends and its middle."""
    (sx, sy), turn = _SIDES[side]
    element = booth.element
    w, d = element["width_cm"] / 2, element["depth_cm"] / 2
    towards = direction(element["rotation"] + turn)
    reach = (w if sy else d) - WALL_CM
    starts = [
        quad(element, x, y, x, y)[0]
        for x, y in ((sx * w + off * abs(sy), sy * d + off * abs(sx)) for off in (-reach, 0, reach))
    ]
    return min(ray_length(hall, start, towards) for start in starts)


_SIDES = {"front": ((0, 1), 90), "back": ((0, -1), 270), "left": ((-1, 0), 180), "right": ((1, 0), 0)}


def _fronts(booth: _Shape, reach: float) -> list[Polygon]:
    """The ground before each open side, a little narrower than the side."""
    w, d = booth.element["width_cm"] / 2, booth.element["depth_cm"] / 2
    strips = {
        "front": (-w + WALL_CM, d, w - WALL_CM, d + reach),
        "back": (-w + WALL_CM, -d - reach, w - WALL_CM, -d),
        "left": (-w - reach, -d + WALL_CM, -w, d - WALL_CM),
        "right": (w, -d + WALL_CM, w + reach, d - WALL_CM),
    }
    return [quad(booth.element, *strips[side]) for side in booth.element["open_sides"]]


def _before_door(door: _Shape, least: int) -> Polygon:
    w, d = door.element["width_cm"] / 2, door.element["depth_cm"] / 2
    return quad(door.element, -w, -d - least, w, d + least)


@dataclass(frozen=True, slots=True)
class ZoneNeeds:
    """What the booths of a zone need at once and what it can supply, as (needed, supplied).

    Watts, water points and places in cold storage; supplied is None where nobody knows.
    """

    key: str
    booths: int
    power_w: tuple[int, int | None]
    water_points: tuple[int, int | None]
    cold_points: tuple[int, int | None]


def needs_of_zones(document: Document) -> list[ZoneNeeds]:
    """The sums of each zone, in the order of the document."""
    wanted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for booth in document["booths"]:
        sums = wanted[booth["zone"]]
        sums[0] += 1
        for place, name in enumerate(("power_w", "has_water", "has_cold_storage"), 1):
            sums[place] += int(booth[name])
    needs = []
    for zone in document["zones"]:
        booths, power, water, cold = wanted[zone["key"]]
        supplied = zone["power_w"], zone["water_points"], zone["cold_points"]
        needs.append(ZoneNeeds(zone["key"], booths, *zip((power, water, cold), supplied, strict=True)))
    return needs


def _capacities(document: Document) -> Iterator[PlanFault]:
    rules = (Rule.POWER_EXCEEDED, Rule.WATER_EXCEEDED, Rule.COLD_EXCEEDED)
    for zone in needs_of_zones(document):
        for rule, (needed, supplied) in zip(rules, (zone.power_w, zone.water_points, zone.cold_points), strict=True):
            if supplied is not None and needed > supplied:
                yield PlanFault(rule, (zone.key,), needed, supplied)


def _near_pairs(shapes: Sequence[_Shape], distance: int) -> list[tuple[int, int]]:
    """Places of pairs less than `distance` apart along both axes, by the first and then the second: a sweep."""
    pairs: list[tuple[int, int]] = []
    waiting: list[int] = []
    for place in sorted(range(len(shapes)), key=lambda one: shapes[one].box[0]):
        left, top, _, bottom = shapes[place].box
        waiting = [earlier for earlier in waiting if left - shapes[earlier].box[2] < distance]
        for earlier in waiting:
            box = shapes[earlier].box
            if top - box[3] < distance and box[1] - bottom < distance:
                pairs.append((min(place, earlier), max(place, earlier)))
        waiting.append(place)
    return sorted(pairs)


def _is_near(one: _Shape, other: _Shape, distance: int) -> bool:
    a, b = one.box, other.box
    return a[0] - b[2] < distance and b[0] - a[2] < distance and a[1] - b[3] < distance and b[1] - a[3] < distance


def _whole(length: float) -> int:
    return math.floor(length + 1e-6)
