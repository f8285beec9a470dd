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
    refuse_point_outside(point)
    return point


def refuse_point_outside(point: Point | None) -> None:
    """Refuses `point_outside` for what lies elsewhere than in Vietnam."""
    if point and not all(least <= degrees <= most for degrees, (least, most) in zip(point, VIETNAM, strict=True)):
        raise Refused("point_outside")


def point_words(point: Point | None) -> str:
    """The two numbers as they can be pasted again; empty for none."""
    return f"{point[0]:.6f}, {point[1]:.6f}" if point else ""


def map_url(point: Point) -> str:
    """The point on OpenStreetMap; nothing is asked of it before it is pressed."""
    latitude, longitude = (f"{degrees:.6f}" for degrees in point)
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"


def geo_uri(point: Point) -> str:
    """The address that phones open in the map of their owner's choice (RFC 5870)."""
    return f"geo:{point[0]:.6f},{point[1]:.6f}"


def directions_url(words: str, point: Point | None) -> str:
    """A way from wherever the visitor is to the point, or to what the words find where no point is known.

    The form is Google's "Maps URLs", which phones open in their map; nothing is asked of it before it is pressed.
    """
    destination = f"{point[0]:.6f},{point[1]:.6f}" if point else words
    return f"https://www.google.com/maps/dir/?{urlencode({'api': 1, 'destination': destination})}"
