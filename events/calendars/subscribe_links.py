"""The addresses by which each calendar program takes a feed, and the QR picture of an address."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote, urlsplit

import segno

QUIET = 2


@dataclass(frozen=True, slots=True)
class SubscribeLinks:
    """One feed, in the form that each program wants."""

    feed: str
    webcal: str
    google: str
    outlook: str
    office: str


@dataclass(frozen=True, slots=True)
class QrPicture:
    """A QR code as a stroked SVG path in a square of `size` units, quiet zone included."""

    size: int
    path: str


def links_for(feed: str, name: str) -> SubscribeLinks:
    """Apple takes webcal, Google only a `cid` that holds a webcal address, Outlook's web pages the plain one."""
    webcal = f"webcal://{feed.removeprefix(urlsplit(feed).scheme + '://')}"
    query = f"url={quote(feed, safe='')}&name={quote(name, safe='')}"
    return SubscribeLinks(
        feed=feed,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{query}",
        office=f"https://outlook.office.com/calendar/0/addfromweb?{query}",
    )


def qr_picture(address: str) -> QrPicture:
    """The code with a quiet zone of two modules; the light ground around it gives the rest."""
    rows = [[bool(module & 1) for module in row] for row in segno.make_qr(address, error="m").matrix]
    runs = []
    for y, row in enumerate(rows):
        x = 0
        for dark, modules in groupby(row):
            width = len(list(modules))
            if dark:
                runs.append(f"M{x + QUIET} {y + QUIET}.5h{width}")
            x += width
    return QrPicture(len(rows) + 2 * QUIET, "".join(runs))
