"""Points on the map as people paste them, and the address at which a map shows the way to a place."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from foundation.refusal import Refused

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""

VIETNAM = ((8.0, 24.0), (102.0, 118.0))
"""Least and greatest latitude and longitude, islands included; a point elsewhere has its two numbers the wrong way."""
_PAIR = re.compile(r"(-?\d{1,3}\.\d+)\s*[,;\s]\s*(-?\d{1,3}\.\d+)")


def read_point(typed: str) -> Point | None:
    """The first pair of decimal degrees in what a map gives for copying, its address too; None for nothing typed.

    Refuses what holds no such pair (`point_unreadable`) and what lies elsewhere (`point_outside`).
    """
    if not typed.strip():
        return None
    found = _PAIR.search(typed)
    if found is None:
        raise Refused("point_unreadable")
    point = (float(found[1]), float(found[2]))
    if not all(least <= degrees <= most for degrees, (least, most) in zip(point, VIETNAM, strict=True)):
        raise Refused("point_outside")
    return point


def directions_url(words: str, point: Point | None) -> str:
    """A way from wherever the visitor is to the point, or to what the words find where no point is known.

    The form is Google's "Maps URLs", which phones open in their map; nothing is asked of it before it is pressed.
    """
    destination = f"{point[0]:.6f},{point[1]:.6f}" if point else words
    return f"https://www.google.com/maps/dir/?{urlencode({'api': 1, 'destination': destination})}"
