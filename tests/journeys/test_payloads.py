"""In a real browser nothing that people typed runs, on any page that shows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Noise
from tests.journeys.stage import server_on
from tests.prepared_folder import DATABASE, fill_folder
from tests.real_server import RealServer
from tests.walks.payloads import MARK
from tests.walks.poisoned_folder import PoisonedFolder, poisoned_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LIVE = f"""() => document.querySelector({MARK!r}) !== null || [...document.querySelectorAll('*')].some(
  (element) => [...element.attributes].some((each) => each.name.startsWith('on')))"""
SHOWN = f"document.body.innerText.includes({MARK!r})"


@pytest.fixture(scope="module")
def poisoned() -> PoisonedFolder:
    """A small world in which every field of every form holds a payload."""
    return poisoned_folder()


@pytest.fixture
def live_server(poisoned: PoisonedFolder, tmp_path: Path) -> Iterator[RealServer]:
    """What ./run starts, on a copy of the poisoned database and with its secret key."""
    fill_folder(tmp_path)
    (tmp_path / "secret-key").write_text(poisoned.secret_key)
    for empty in tmp_path.glob(f"{DATABASE}*"):
        empty.unlink()
    shutil.copyfile(poisoned.database, tmp_path / DATABASE)
    with server_on(tmp_path) as server:
        yield server


def test_nothing_typed_runs(
    poisoned: PoisonedFolder,
    live_server: RealServer,
    browser: Browser,
    browser_context_args: dict[str, object],
    noise: Noise,
) -> None:
    """No dialog, no live element, no refused script in the console, no request to strangers."""
    shown, alive = 0, []
    for role, addresses in poisoned.pages.items():
        context = browser.new_context(**browser_context_args)
        cookie = {"name": poisoned.cookie_name, "value": poisoned.cookies[role], "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        noise.listen_to(page)
        noise.expect_status(404)  # the database was copied, its pictures were not
        page.on("dialog", lambda dialog: (alive.append(dialog.message), dialog.dismiss()))
        for address in addresses:
            page.goto(address, wait_until="load")
            shown += bool(page.evaluate(SHOWN))
            if page.evaluate(LIVE):
                alive.append(f"{role} {urlsplit(page.url).path}")
        context.close()
    assert alive == []
    assert shown > 40
