"""The addresses by which each calendar program takes a feed, and the QR picture of an address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from foundation.qr_code import qr_runs

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
    modules, runs = qr_runs(address)
    path = "".join(f"M{run.left + QUIET} {run.top + QUIET}.5h{run.length}" for run in runs)
    return QrPicture(modules + 2 * QUIET, path)
