"""Through the pictures of a fair: by the arrow keys, by links alone without a script, and as axe sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from events.fairs.fair_gallery import PictureSayings, add_picture
from foundation.file_store import FileStore
from tests.cast import an_open_fair, an_organiser
from tests.journeys.crowd import database_of
from tests.journeys.traveller import Traveller, listens
from tests.sent_files import a_photo

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.real_server import RealServer


@pytest.fixture(scope="module")
def fair(live_server: RealServer) -> str:
    """The page of a fair with three pictures."""
    store = FileStore(live_server.output.parent / "files")
    with database_of(live_server) as session:
        player = an_organiser(session, email="anh@organisers.example")
        made = an_open_fair(session, player, name="Hội chợ có ảnh")
        for number in (1, 2, 3):
            said = PictureSayings(alt_vi=f"Cảnh {number}", alt_en=f"Scene {number}", credit="Lê Hoa")
            content = a_photo(800, 600 + number)
            add_picture(session, player.actor, store, made, said, name="anh.jpg", content=content)
        session.commit()
        return f"/fairs/{made.slug}"


def test_by_arrow_keys(travel: Callable[..., Traveller], axe: Callable[[Page], None], fair: str) -> None:
    page = travel("en").page
    page.goto(f"/en{fair}")
    page.locator("#pictures a").first.click()
    heading = page.locator("h1")
    listens(page, heading, "Scene 1")
    axe(page)
    page.keyboard.press("ArrowLeft")  # there is none before the first
    page.keyboard.press("ArrowRight")
    listens(page, heading, "Scene 2")
    page.keyboard.press("ArrowRight")
    listens(page, heading, "Scene 3")
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text("Scene 2")
    shown = page.locator("figure img")
    expect(shown).to_have_js_property("complete", True)
    expect(shown).to_have_js_property("naturalWidth", 800)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_a_script(travel: Callable[..., Traveller], fair: str, language: str) -> None:
    page = travel(language, with_script=False).page
    prefix, words = ("", "Cảnh") if language == "vi" else ("/en", "Scene")
    page.goto(f"{prefix}{fair}")
    page.locator("#pictures a").first.click()
    expect(page.locator("h1")).to_have_text(f"{words} 1")
    page.locator("a[rel=next]").click()
    expect(page.locator("h1")).to_have_text(f"{words} 2")
    page.locator("a[rel=next]").click()
    expect(page.locator("h1")).to_have_text(f"{words} 3")
    expect(page.locator("a[rel=next]")).to_have_count(0)
    page.locator("a[rel=prev]").click()
    expect(page.locator("h1")).to_have_text(f"{words} 2")
    page.locator("nav.crumb a").first.click()
    expect(page).to_have_url(re.compile(f"\\d{prefix}{fair}$"))
