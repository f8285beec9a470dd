"""On paper: the fair's page, its plan, the board and an application, without anything to press or to fill in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.crowd import accepted_applications, database_of
from tests.journeys.traveller import Traveller, enter

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.real_server import RealServer

CONTROLS = "button, .btn, input:not([type=hidden]), select, textarea, nav, [role=search]"


def controls_on_paper(page: Page) -> list[str]:
    """What could be pressed or filled in on the printed page."""
    page.emulate_media(media="print")
    seen = [control for control in page.locator(CONTROLS).all() if control.is_visible()]
    return [str(control.evaluate("control => control.outerHTML.slice(0, 120)")) for control in seen]


def test_paper_shows_what_it_is_about_and_no_controls(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    with database_of(live_server) as session:
        organiser, slug, codes = accepted_applications(session, "Giấy", 1)
        email = organiser.user.email
    visitor, host = travel(), travel()
    enter(host, email)
    desk = f"/organise/fairs/{slug}"
    shown = {
        (visitor, f"/fairs/{slug}"): "Hội chợ Giấy",
        (host, f"{desk}/plan"): "Khu A",
        (host, f"{desk}/booths"): "HTX Giấy 1",
        (host, f"{desk}/applications/{codes[0]}"): "HTX Giấy 1",
    }
    left = {}
    for (traveller, path), words in shown.items():
        traveller.page.emulate_media(media="screen")
        traveller.go(path)
        traveller.page.emulate_media(media="print")
        expect(traveller.page.locator("main").get_by_text(words).locator("visible=true").first).to_be_visible()
        left[path] = controls_on_paper(traveller.page)
    assert left == {path: [] for path in left}


def test_a_plans_list_shows_the_booths_of_zones_that_are_closed_on_the_screen(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    with database_of(live_server) as session:
        organiser, slug, _codes = accepted_applications(session, "Tờ", 1)
        email = organiser.user.email
    host = travel()
    enter(host, email)
    host.go(f"/organise/fairs/{slug}/plan")
    host.go(host.page.get_by_role("link", name="Dạng danh sách", exact=True).get_attribute("href") or "")
    closed = host.page.locator("details:not([open]) .code").last
    expect(closed).to_be_hidden()
    assert controls_on_paper(host.page) == []
    expect(closed).to_be_visible()
