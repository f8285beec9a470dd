"""Follows links through the small world, as one of its roles."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.small_world import World

ENDLESS = re.compile(r"[?&](month|page)=")


class Links(HTMLParser):
    """Collects where a page leads on this site."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") if tag == "a" else None
        if href and href.startswith("/"):
            self.found.append(href.partition("#")[0])


def crawl(world: World, role: str, *starts: str, most: int = 300) -> dict[str, TestResponse]:
    """Every page a role reaches by links from the starts, in their languages: address → answer."""
    english = {start.startswith("/en") for start in starts}

    def wanted(link: str) -> bool:
        return not ENDLESS.search(link) and (link == "/en" or link.startswith("/en/")) in english

    waiting, seen = list(starts), dict.fromkeys(starts)
    pages: dict[str, TestResponse] = {}
    while waiting and len(pages) < most:
        address = waiting.pop(0)
        pages[address] = answer = world.request(role, "GET", address)
        if answer.mimetype != "text/html":
            continue
        links = Links()
        links.feed(answer.get_data(as_text=True))
        fresh = [link for link in links.found if link not in seen and wanted(link)]
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
