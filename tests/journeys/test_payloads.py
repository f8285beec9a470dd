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
from tests.small_world import World
from tests.walks.forms import endpoint_of
from tests.walks.payloads import MARK, Poisoning

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LIVE = f"""() => document.querySelector({MARK!r}) !== null || [...document.querySelectorAll('*')].some(
  (element) => [...element.attributes].some((each) => each.name.startsWith('on')))"""


@pytest.fixture(scope="module")
def poisoned(world: World) -> Poisoning:
    """A small world in which every field of every form holds a payload."""
    walk = Poisoning(world)
    walk.type_everywhere()
    walk.forms()
    return walk


@pytest.fixture
def live_server(poisoned: Poisoning, tmp_path: Path) -> Iterator[RealServer]:
    """What ./run starts, on a copy of the poisoned database and with its secret key."""
    world = poisoned.world
    fill_folder(tmp_path)
    (tmp_path / "secret-key").write_text(str(world.app.secret_key))
    world.ground.leave()
    for empty in tmp_path.glob(f"{DATABASE}*"):
        empty.unlink()
    shutil.copyfile(str(world.engine.url.database), tmp_path / DATABASE)
    with server_on(tmp_path) as server:
        yield server


def pages_to_see(poisoned: Poisoning) -> dict[tuple[str, str], str]:
    """One address for each role and route that shows a payload."""
    seen: dict[tuple[str, str], str] = {}
    for (role, address), answer in poisoned.pages.items():
        if answer.mimetype == "text/html" and answer.status_code == 200 and MARK in answer.get_data(as_text=True):
            seen.setdefault((role, endpoint_of(poisoned.world, address, "GET")[0]), address)
    return seen


def cookies_of(world: World, role: str, server: RealServer) -> list[dict[str, str]]:
    name = world.app.config["SESSION_COOKIE_NAME"]
    return [{"name": name, "value": world.players[role].cookie, "url": server.url}]


def test_nothing_typed_runs(
    poisoned: Poisoning,
    live_server: RealServer,
    browser: Browser,
    browser_context_args: dict[str, object],
    noise: Noise,
) -> None:
    """No dialog, no live element, no refused script in the console, no request to strangers."""
    seen, alive = pages_to_see(poisoned), []
    assert len(seen) > 15
    for role in dict.fromkeys(role for role, _ in seen):
        context = browser.new_context(**browser_context_args)
        context.add_cookies(cookies_of(poisoned.world, role, live_server))
        page = context.new_page()
        noise.listen_to(page)
        noise.expect_status(404)  # the database was copied, its pictures were not
        page.on("dialog", lambda dialog: (alive.append(dialog.message), dialog.dismiss()))
        for address in (address for (who, _), address in seen.items() if who == role):
            page.goto(address, wait_until="load")
            if page.evaluate(LIVE):
                alive.append(f"{role} {urlsplit(page.url).path}")
        context.close()
    assert alive == []
