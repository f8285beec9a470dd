"""Follows links through the small world, as one of its roles."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.small_world import World

MOST_PAGES = 400
ENDLESS = re.compile(r"[?&](month|page)=")
LINK = re.compile(r'<a\b[^>]*?\shref="(/[^"#]*)')
"""A tenth of the time of a parser; quotes in what people typed are escaped, so they end no attribute."""


def crawl(
    world: World, role: str, *starts: str, most: int = MOST_PAGES, follow: Callable[[str], bool] | None = None
) -> dict[str, TestResponse]:
    """Every page a role reaches by links from the starts, in their languages: address → answer.

    `follow` may leave links out.
    """
    english = {start.startswith("/en") for start in starts}

    def wanted(link: str) -> bool:
        own = (link == "/en" or link.startswith("/en/")) in english
        return own and not ENDLESS.search(link) and (follow is None or follow(link))

    waiting, seen = list(starts), dict.fromkeys(starts)
    pages: dict[str, TestResponse] = {}
    while waiting and len(pages) < most:
        address = waiting.pop(0)
        pages[address] = answer = world.read(role, address)
        if answer.mimetype != "text/html":
            continue
        links = map(unescape, LINK.findall(answer.get_data(as_text=True)))
        fresh = [link for link in links if link not in seen and wanted(link)]
        seen |= dict.fromkeys(fresh)
        waiting += dict.fromkeys(fresh)
    return pages


def same_for_all(answer: TestResponse, *echoes: object) -> str:
    """The body without what differs by request: its number, its tokens and the parts of the address it names."""
    body = answer.get_data(as_text=True).replace(answer.headers["X-Request-Id"], "NUMBER")
    body = re.sub(r'name="csrf_token" value="[^"]*"', "TOKEN", body)
    for echo in echoes:
        body = body.replace(str(echo), "…")
    return body
