"""How rows of booths are numbered, and which of their booths are corners."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from events.floor_plans.geometry import CodedRect, Rect
from events.floor_plans.plan_document import BOOTH_CODE
from foundation.folding import nfc
from foundation.refusal import Refused

FEWEST_DIGITS = 2
_PARTS = re.compile(r"(.*?)(\d*)")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The first code, as A01 or HL-101 (empty: the zone's code and 01); `odd_even` puts odd numbers on one side."""

    first_code: str = ""
    odd_even: bool = False

    def numbered(self, zone_code: str, places: Sequence[Rect]) -> list[CodedRect]:
        """Each place with its code. Refuses as `codes`."""
        return list(zip(self.codes(zone_code, len(places)), places, strict=True))

    def codes(self, zone_code: str, count: int) -> list[str]:
        """So many codes that follow the first: as many digits as it has, two at least, more where they are needed.

        Refuses `booth_code_wrong` when the first or the last is no code of a booth.
        """
        typed = nfc(self.first_code).strip().upper()
        parts = _PARTS.fullmatch(typed or zone_code)
        head, digits = parts.groups() if parts and typed else (zone_code, "")
        first = int(digits or 1)
        width = max(FEWEST_DIGITS, len(digits), 0 if digits else len(str(first + count - 1)))
        codes = [f"{head}{number:0{width}}" for number in range(first, first + count)]
        for code in (codes[0], codes[-1]):
            if not BOOTH_CODE.fullmatch(code):
                raise Refused("booth_code_wrong", code=code[:12])
        return codes


def open_sides_of_ends(placed: Sequence[CodedRect]) -> Mapping[str, str]:
    """The corner booths, first and last of each row, with their open sides as seen from the booth itself."""
    rows: dict[int, list[tuple[str, Rect]]] = {}
    for code, rect in placed:
        rows.setdefault(rect.y, []).append((code, rect))
    sides: dict[str, str] = {}
    for row in rows.values():
        ordered = sorted(row, key=lambda named: named[1].x)
        (first, rect), (last, other) = ordered[0], ordered[-1]
        if first == last:
            sides[first] = "front left right"
            continue
        # A booth that looks up has its own left on the right of the drawing.
        sides[first] = "front left" if rect.rotation == 0 else "front right"
        sides[last] = "front right" if other.rotation == 0 else "front left"
    return sides
