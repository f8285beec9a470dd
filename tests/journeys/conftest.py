"""The ground of journeys: the real server on its own data, a real browser, axe, and a page that tolerates no noise."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.judge import FITS, breaches, keep_axe_at_hand, noted, signs_of
from tests.journeys.stage import LAUNCH, find_browser, server_on
from tests.journeys.traveller import PATIENCE, Traveller
from tests.real_server import RealServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, Request, Response

LONG = ("run", "story", "apply_on_a_phone", "unhappy_ways", "allocation", "public_plan", "feeds_read_by_others")
"""What takes a minute and more, the longest first, after the tests of `./run`: others take what it has made."""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey; the long ones begin, so that no worker waits for another's at the end."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
    order = {f"test_{name}": number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser of this machine. Without one, journeys fail in CI and are skipped elsewhere."""
    found = find_browser()
    if found is not None:
        return found
    if os.environ.get("CI"):
        pytest.fail("no browser: ./check installs chromium-headless-shell as root, or set CHROMIUM")
    pytest.skip("no browser: install chromium, or set CHROMIUM to its path")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_path: str) -> dict[str, Any]:
    """How pytest-playwright starts the browser."""
    return {"executable_path": browser_path, "args": LAUNCH}


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """What ./run starts, on an empty database: one for the module, whose tests bring people and fairs of their own."""
    with server_on(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def browser_context_args(live_server: RealServer) -> dict[str, Any]:
    """A Vietnamese visitor's browser; `page.goto("/fairs")` goes to this test's server."""
    return {
        "base_url": live_server.url,
        "locale": "vi-VN",
        "reduced_motion": "reduce",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 900},
    }


PHONE = {"width": 390, "height": 844}
NARROW = (390, 360)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Noise:
    """What a page must not do: write to the console, raise, fail a request or talk to strangers."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.heard: list[str] = []
        self.expected_statuses: set[int] = set()

    def listen_to(self, page: Page) -> None:
        """Write down every noise of the page from now on."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("requestfailed", self._on_failed)
        page.on("request", self._on_request)
        page.on("response", self._on_response)

    def expect_status(self, *statuses: int) -> None:
        """This test provokes such answers on purpose."""
        self.expected_statuses.update(statuses)

    def forgive(self, words: str) -> None:
        """What has been heard up to now and holds these words was provoked on purpose."""
        self.heard = [line for line in self.heard if words not in line]

    def _on_console(self, message: ConsoleMessage) -> None:
        # the browser writes refused answers to the console too; they are judged by their status below
        if not message.text.startswith("Failed to load resource"):
            self.heard.append(f"console: {message.text}")

    def _on_failed(self, request: Request) -> None:
        # a navigation away, or a download, ends requests that are under way
        if request.failure != "net::ERR_ABORTED":
            self.heard.append(f"failed: {request.url} {request.failure}")

    def _on_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in {self.host, ""}:
            self.heard.append(f"stranger: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.heard.append(f"status {response.status}: {response.url}")


@pytest.fixture
def noise(live_server: RealServer) -> Iterator[Noise]:
    """Fails the test at its end when any page that is listened to made a noise."""
    listener = Noise(urlsplit(live_server.url).netloc)
    yield listener
    assert listener.heard == []


@pytest.fixture
def page(page: Page, noise: Noise) -> Page:
    """Playwright's page, listened to."""
    noise.listen_to(page)
    return page


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Call it on a page: fails on any violation."""

    def check(page: Page) -> None:
        assert breaches(page) == []

    return check


def sideways(page: Page) -> list[str]:
    """Where the page scrolls sideways, down to the narrowest phone."""
    usual, found = page.viewport_size or PHONE, []
    for width in sorted(NARROW, key=lambda width: width != usual["width"]):  # as it stands first: each change is drawn
        if page.viewport_size != (narrow := {"width": width, "height": usual["height"]}):
            page.set_viewport_size(narrow)
        if beyond := page.evaluate(TOO_WIDE):
            found.append(f"{page.url} is {beyond} px too wide at {width} px")
    page.set_viewport_size(usual)
    return found


def faults(page: Page) -> list[str]:
    """What axe finds on the page and where it scrolls sideways; what was found good in this run is not judged again."""
    signs = signs_of(page)
    found = breaches(page, signs)
    if not (fits := noted(FITS, signs.flesh)).exists():
        too_wide = sideways(page)
        found += too_wide
        if not too_wide:
            fits.touch()
    return found


@pytest.fixture
def travel(browser: Browser, browser_context_args: dict[str, Any], noise: Noise) -> Iterator[Callable[..., Traveller]]:
    """Makes travellers, each with a browser context of their own, whose every page is judged."""
    contexts = []

    def look(page: Page) -> None:
        noise.heard += faults(page)

    def make(language: str = "vi", *, with_script: bool = True, **more: Any) -> Traveller:
        context = browser.new_context(**browser_context_args | more, java_script_enabled=with_script)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        noise.listen_to(page)
        if with_script:
            keep_axe_at_hand(context)
        return Traveller(page, language, look if with_script else Loan(look), has_script=with_script)

    yield make
    for context in contexts:
        context.close()


class Loan:
    """axe is a script: to a page seen without scripts they are lent while it is judged. Its own were passed over
    when it was read, and stay so.
    """

    def __init__(self, look: Callable[[Page], None]) -> None:
        self.look = look
        self.sessions: dict[Page, CDPSession] = {}

    def __call__(self, seen: Page) -> None:
        """Look at the page; the next one is read without scripts again."""
        if seen not in self.sessions:
            self.sessions[seen] = seen.context.new_cdp_session(seen)
            self._forbid(seen, scripts=True)  # a session allows only what it has forbidden itself
        self._forbid(seen, scripts=False)
        self.look(seen)
        self._forbid(seen, scripts=True)

    def _forbid(self, page: Page, *, scripts: bool) -> None:
        self.sessions[page].send("Emulation.setScriptExecutionDisabled", {"value": scripts})
