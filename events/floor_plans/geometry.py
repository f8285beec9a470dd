"""Rectangles on a floor plan in whole centimetres: rows of booths, who stands beside whom.

x grows to the right and y downwards, as in SVG; the origin is the upper left corner of the ground.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foundation.refusal import Refused

MOST_BOOTHS = 5_000
LAST_NUMBER = 9_999
LONGEST_SIDE_CM = 5_000
LONGEST_GROUND_CM = 100_000
LEAST_AISLE_CM = 200
"""Two people with goods pass each other; a default, the organiser may ask for more."""

_ZONE_CODE = re.compile(r"[A-ZĐ0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Rect:
    """The ground a booth covers from its upper left corner; `rotation` says where its open side looks.

    0 looks down, 90 left, 180 up, 270 right; `width` runs along the open side.
    """

    x: int
    y: int
    width: int
    depth: int
    rotation: int = 0

    def __post_init__(self) -> None:
        if self.width <= 0 or self.depth <= 0:
            raise Refused("booth_size_wrong", width=self.width, depth=self.depth)
        if self.rotation not in {0, 90, 180, 270}:
            raise Refused("booth_rotation_wrong", rotation=self.rotation)

    @property
    def right(self) -> int:
        """The x just past the covered ground."""
        return self.x + (self.depth if self._looks_sideways else self.width)

    @property
    def bottom(self) -> int:
        """The y just past the covered ground."""
        return self.y + (self.width if self._looks_sideways else self.depth)

    @property
    def _looks_sideways(self) -> bool:
        return self.rotation in {90, 270}

    def overlaps(self, other: Rect) -> bool:
        """Whether they share ground; touching is no overlap."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def is_inside(self, ground_width: int, ground_depth: int) -> bool:
        """Whether it lies wholly on the ground."""
        return min(self.x, self.y) >= 0 and self.right <= ground_width and self.bottom <= ground_depth

    def stands_beside(self, other: Rect) -> bool:
        """Whether they share a side wall: same direction, touching, next to each other along the row."""
        if self.rotation != other.rotation:
            return False
        if self._looks_sideways:
            return (self.bottom == other.y or other.bottom == self.y) and self.x < other.right and other.x < self.right
        return (self.right == other.x or other.right == self.x) and self.y < other.bottom and other.y < self.bottom


CodedRect = tuple[str, Rect]


def lay_out_rows(
    zone_code: str,
    count: int,
    *,
    booth_width_cm: int = 300,
    booth_depth_cm: int = 300,
    per_row: int = 10,
    aisle_cm: int = 300,
    origin: tuple[int, int] = (0, 0),
    back_to_back: bool = True,
    first_number: int = 1,
    odd_even: bool = False,
) -> list[CodedRect]:
    """Booths of one zone in rows, numbered along each row: A01, A02 …; as many digits as the last number needs.

    Rows stand in pairs back to back with an aisle after each pair, or each row has its aisle. `odd_even` counts a pair
    across: 01 above, 02 below, 03 above …
    Refuses zone_code_wrong, booth_count_wrong (1 to 5,000), booth_size_wrong, row_length_wrong, aisle_too_narrow,
    booth_number_wrong and ground_too_small (origin or last row off any real ground).
    """
    _check_codes(zone_code, count, first_number)
    _check_measures(booth_width_cm, booth_depth_cm, per_row, aisle_cm)
    digits = max(2, len(str(first_number + count - 1)))
    left, top = origin
    placed = []
    for place in range(count):
        row, column = _stand(place, per_row, across=odd_even and back_to_back)
        aisles = row // 2 if back_to_back else row
        looks_up = back_to_back and row % 2 == 0 and (odd_even or (row + 1) * per_row < count)
        rect = Rect(
            x=left + column * booth_width_cm,
            y=top + row * booth_depth_cm + aisles * aisle_cm,
            width=booth_width_cm,
            depth=booth_depth_cm,
            rotation=180 if looks_up else 0,
        )
        placed.append((f"{zone_code}{first_number + place:0{digits}}", rect))
    if not all(rect.is_inside(LONGEST_GROUND_CM, LONGEST_GROUND_CM) for _, rect in (placed[0], placed[-1])):
        raise Refused("ground_too_small", most_m=LONGEST_GROUND_CM // 100)
    return placed


def _stand(place: int, per_row: int, *, across: bool) -> tuple[int, int]:
    """Row and column of a booth, counted along each row or across each pair of rows."""
    if not across:
        return divmod(place, per_row)
    pair, within = divmod(place, per_row * 2)
    return pair * 2 + within % 2, within // 2


def neighbours(booths: Sequence[CodedRect]) -> dict[str, list[str]]:
    """The codes that stand side by side with each booth, in the order of the plan."""
    beside: dict[str, list[str]] = {code: [] for code, _ in booths}
    for one, other in sorted(_near_pairs(booths, 1)):
        if booths[one][1].stands_beside(booths[other][1]):
            beside[booths[one][0]].append(booths[other][0])
            beside[booths[other][0]].append(booths[one][0])
    return beside


def _near_pairs(booths: Sequence[CodedRect], distance: int) -> Iterator[tuple[int, int]]:
    """Places in the plan, smaller first, of pairs less than `distance` apart along both axes: a sweep to the right."""
    waiting: list[tuple[int, Rect]] = []
    for place, (_, rect) in sorted(enumerate(booths), key=lambda placed: placed[1][1].x):
        waiting = [earlier for earlier in waiting if rect.x - earlier[1].right < distance]
        for other_place, other in waiting:
            if rect.y - other.bottom < distance and other.y - rect.bottom < distance:
                yield min(place, other_place), max(place, other_place)
        waiting.append((place, rect))


def _check_codes(zone_code: str, count: int, first_number: int) -> None:
    if not _ZONE_CODE.fullmatch(zone_code):
        raise Refused("zone_code_wrong", code=zone_code)
    if not 1 <= count <= MOST_BOOTHS:
        raise Refused("booth_count_wrong", count=count, most=MOST_BOOTHS)
    if not 1 <= first_number <= LAST_NUMBER - count + 1:
        raise Refused("booth_number_wrong", first=first_number, most=LAST_NUMBER)


def _check_measures(width: int, depth: int, per_row: int, aisle: int) -> None:
    if not (1 <= width <= LONGEST_SIDE_CM and 1 <= depth <= LONGEST_SIDE_CM):
        raise Refused("booth_size_wrong", width=width, depth=depth)
    if not 1 <= per_row <= MOST_BOOTHS:
        raise Refused("row_length_wrong", per_row=per_row)
    if aisle < LEAST_AISLE_CM:
        raise Refused("aisle_too_narrow", aisle=aisle, least=LEAST_AISLE_CM)
