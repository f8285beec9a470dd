"""Whoever comes for the first time, by a slow net in a mountain commune, waits for no more than 100 KB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.stage import server_on
from tests.real_server import RealServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

FEW_BYTES = 100 * 1024
FAIR = "/fairs/phien-cho-ocop-minh-hoa-dang-dien-ra"
PAGES = [
    "/",
    "/en/",
    "/calendar",
    FAIR,
    f"{FAIR}/plan",
    f"{FAIR}/booths/A01",
    "/producers/htx-viet-hoang",
    "/products/3",
]

OWN_FONTS = """document.fonts.ready.then(() =>
    [...document.fonts].filter(face => face.family === "BVP").map(face => face.status))"""


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """With fairs, producers and products."""
    with server_on(tmp_path_factory.mktemp("server"), demonstration=True) as server:
        yield server


def weigh(browser: Browser, context_args: dict[str, Any], path: str) -> dict[str, int]:
    """Octets on the wire, headers too, of all that a browser which keeps nothing asks for to show the page."""
    context = browser.new_context(**context_args | {"viewport": {"width": 412, "height": 823}})
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page = context.new_page()
    page.on("requestfinished", note)
    page.goto(path, wait_until="networkidle")
    assert set(page.evaluate(OWN_FONTS)) == {"loaded"}
    sizes = {request.url: request.sizes() for request in asked}
    context.close()
    return {url: size["responseBodySize"] + size["responseHeadersSize"] for url, size in sizes.items()}


def test_a_first_visit_takes_100_kilobytes_at_most_with_fonts(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    for path in PAGES:
        weights = weigh(browser, browser_context_args, path)
        assert any("/fonts/" in url for url in weights)
        assert sum(weights.values()) <= FEW_BYTES, weights
