"""Pure: the address at which a map of the visitor's own choice shows the way to a place."""

from __future__ import annotations

from urllib.parse import urlencode

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""


def directions_url(words: str, point: Point | None) -> str:
    """A way from wherever the visitor is to the point, or to what the words find where no point is known.

    The form is Google's "Maps URLs", which phones open in their map; nothing is asked of it before it is pressed.
    """
    destination = f"{point[0]:.6f},{point[1]:.6f}" if point else words
    return f"https://www.google.com/maps/dir/?{urlencode({'api': 1, 'destination': destination})}"
