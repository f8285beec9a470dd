"""Rectangles that may be turned, in centimetres: corners, overlaps, gaps. The browser has the same in plan_shapes.js.

x grows to the right and y downwards, turns go clockwise, as in SVG. An element is anything with x_cm, y_cm, width_cm,
depth_cm and rotation under those keys; a polygon is a list of points in order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Element = Mapping[str, Any]
Point = tuple[float, float]
Polygon = Sequence[Point]
Box = tuple[float, float, float, float]

TOUCH_CM = 1.0
"""Whole centimetres of turned things do not meet exactly: so much shared ground is still touching."""
EVEN_CM = 0.5
_SQUARE = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}


def direction(degrees: float) -> Point:
    """Cosine and sine, exact where a turn is square."""
    square = _SQUARE.get(int(degrees) % 360) if degrees == int(degrees) else None
    return square or (math.cos(math.radians(degrees)), math.sin(math.radians(degrees)))


def quad(element: Element, left: float, top: float, right: float, bottom: float) -> list[Point]:
    """A rectangle given from the element's middle, before turning, as it lies on the plan."""
    cx, cy = element["x_cm"] + element["width_cm"] / 2, element["y_cm"] + element["depth_cm"] / 2
    cos, sin = direction(element["rotation"])
    around = ((left, top), (right, top), (right, bottom), (left, bottom))
    return [(cx + x * cos - y * sin, cy + x * sin + y * cos) for x, y in around]


def corners(element: Element) -> list[Point]:
    """Upper left, upper right, lower right, lower left of the unturned rectangle, where they lie."""
    w, d = element["width_cm"] / 2, element["depth_cm"] / 2
    return quad(element, -w, -d, w, d)


def bounds(polygon: Polygon) -> Box:
    """Left, top, right, bottom."""
    xs, ys = [x for x, _ in polygon], [y for _, y in polygon]
    return min(xs), min(ys), max(xs), max(ys)


def overlap(one: Polygon, other: Polygon) -> bool:
    """Whether two convex polygons share more ground than a touch (separating axes)."""
    for polygon in (one, other):
        for (ax, ay), (bx, by) in _edges(polygon):
            length = math.hypot(bx - ax, by - ay)
            nx, ny = (by - ay) / length, (ax - bx) / length
            first = [x * nx + y * ny for x, y in one]
            second = [x * nx + y * ny for x, y in other]
            if min(max(first), max(second)) - max(min(first), min(second)) <= TOUCH_CM:
                return False
    return True


@dataclass(frozen=True, slots=True)
class Gap:
    """The way between two polygons: its length, the middle of where they face each other, or none where only
    corners are near.
    """

    length: float
    faces: bool
    start: Point
    end: Point


def gap_between(one: Polygon, other: Polygon) -> Gap:
    """The shortest way between two convex polygons that do not overlap."""
    ways = [*_ways(one, other), *((length, end, start) for length, start, end in _ways(other, one))]
    least = min(length for length, _, _ in ways)
    near = [(start, end) for length, start, end in ways if length <= least + EVEN_CM]
    starts, ends = [start for start, _ in near], [end for _, end in near]
    faces = (
        max(_spread(starts), _spread(ends)) > TOUCH_CM
        or any(_is_amid(end, other) for end in ends)
        or any(_is_amid(start, one) for start in starts)
    )
    return Gap(least, faces, _mean(starts), _mean(ends))


def gap_between_boxes(one: Box, other: Box) -> Gap:
    """The same for two that stand square: left, top, right, bottom. Most booths do, and this is forty times quicker."""
    across = max(one[0], other[0]) - min(one[2], other[2])
    along = max(one[1], other[1]) - min(one[3], other[3])
    if across >= 0 and along >= 0:
        start = (one[2] if one[2] <= other[0] else one[0], one[3] if one[3] <= other[1] else one[1])
        return Gap(math.hypot(across, along), False, start, start)
    if across > along:
        y = (max(one[1], other[1]) + min(one[3], other[3])) / 2
        ends = (one[2], other[0]) if one[2] <= other[0] else (one[0], other[2])
        return Gap(max(across, 0.0), -along > TOUCH_CM, (ends[0], y), (ends[1], y))
    x = (max(one[0], other[0]) + min(one[2], other[2])) / 2
    ends = (one[3], other[1]) if one[3] <= other[1] else (one[1], other[3])
    return Gap(max(along, 0.0), -across > TOUCH_CM, (x, ends[0]), (x, ends[1]))


def boxes_overlap(one: Box, other: Box) -> bool:
    """Whether two that stand square share more ground than a touch."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > TOUCH_CM
        and min(one[3], other[3]) - max(one[1], other[1]) > TOUCH_CM
    )


def holds(polygon: Polygon, point: Point) -> bool:
    """Whether a point lies in any polygon, its edge included."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in _edges(polygon):
        if _to_segment(point, (ax, ay), (bx, by))[0] <= TOUCH_CM:
            return True
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def ray_length(polygon: Polygon, start: Point, towards: Point) -> float:
    """How far one can go from a point in a direction (of length 1) before an edge of the polygon."""
    least = math.inf
    for (ax, ay), (bx, by) in _edges(polygon):
        ex, ey = bx - ax, by - ay
        cross = towards[0] * ey - towards[1] * ex
        if abs(cross) < 1e-9:
            continue
        along = ((ax - start[0]) * ey - (ay - start[1]) * ex) / cross
        across = ((ax - start[0]) * towards[1] - (ay - start[1]) * towards[0]) / cross
        if along >= -TOUCH_CM and 0 <= across <= 1:
            least = min(least, max(along, 0.0))
    return least


def _edges(polygon: Polygon) -> list[tuple[Point, Point]]:
    return [(polygon[place], polygon[(place + 1) % len(polygon)]) for place in range(len(polygon))]


def _spread(points: Sequence[Point]) -> float:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _mean(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _is_amid(point: Point, polygon: Polygon) -> bool:
    """Whether a point of the polygon's edge is none of its corners."""
    return min(math.hypot(point[0] - x, point[1] - y) for x, y in polygon) > TOUCH_CM


def _ways(points: Polygon, polygon: Polygon) -> list[tuple[float, Point, Point]]:
    return [
        (length, point, foot)
        for point in points
        for start, end in _edges(polygon)
        for length, foot in [_to_segment(point, start, end)]
    ]


def _to_segment(point: Point, start: Point, end: Point) -> tuple[float, Point]:
    """The distance to a segment and the nearest point of it."""
    ex, ey = end[0] - start[0], end[1] - start[1]
    length = math.hypot(ex, ey)
    along = ((point[0] - start[0]) * ex + (point[1] - start[1]) * ey) / length
    inside = min(max(along, 0.0), length)
    foot = (start[0] + ex * inside / length, start[1] + ey * inside / length)
    return math.hypot(point[0] - foot[0], point[1] - foot[1]), foot
