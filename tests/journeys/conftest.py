"""The ground of journeys: the real server on its own data, a real browser, axe, and a page that tolerates no noise."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.real_server import RealServer, free_port, prepare_product, product_command, server_environment

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request, Response

BROWSERS = ("chromium", "chromium-headless-shell", "google-chrome", "chromium-browser")
LAUNCH = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser of this machine. Without one, journeys fail in CI and are skipped elsewhere."""
    names = [os.environ.get("CHROMIUM") or "", *BROWSERS]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is not None:
        return found
    if os.environ.get("CI"):
        pytest.fail("no browser: ./check installs chromium-headless-shell as root, or set CHROMIUM")
    pytest.skip("no browser: install chromium, or set CHROMIUM to its path")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_path: str) -> dict[str, Any]:
    """How pytest-playwright starts the browser."""
    return {"executable_path": browser_path, "args": LAUNCH}


@pytest.fixture
def server_demonstration() -> bool:
    """Whether the server of this test holds the demonstration data; a module may say otherwise by its own fixture."""
    return False


@pytest.fixture
def live_server(tmp_path: Path, server_demonstration: bool) -> Iterator[RealServer]:
    """What ./run starts, with a database of its own."""
    port = free_port()
    environment = server_environment(tmp_path, port)
    prepare_product(environment, demonstration=server_demonstration)
    server = RealServer(product_command(), port, environment, tmp_path / "server.log")
    server.wait_until("/readyz")
    yield server
    server.stop()


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

    def expect_status(self, status: int) -> None:
        """This test provokes such an answer on purpose."""
        self.expected_statuses.add(status)

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
    """Call it on a page: fails on any violation of WCAG 2.2 A and AA or of axe's best practice."""
    checker = Axe()

    def check(page: Page) -> None:
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
        violations = checker.run(page, options=options).response["violations"]
        found = [f"{rule['id']}: {node['html']}" for rule in violations for node in rule["nodes"]]
        assert found == [], page.url

    return check
