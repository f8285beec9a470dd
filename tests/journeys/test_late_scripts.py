"""On a slow network somebody acts before the page's scripts are there: what was done by then counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.cast import a_confirmed_application, a_producer, an_open_fair, an_organiser
from tests.journeys.crowd import database_of, organiser_with_open_fair, producer_for
from tests.journeys.traveller import Traveller, enter, fill

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.journeys.conftest import Noise
    from tests.real_server import RealServer

KEPT = "Gần cửa ra vào, xe kéo đi được."


@contextmanager
def scripts_late(page: Page) -> Iterator[None]:
    """What is done inside is done before any script has come; then all of them come."""
    held: list[Route] = []
    let_through = False

    def hold(route: Route) -> None:
        if let_through:
            route.continue_()
        else:
            held.append(route)

    page.route(re.compile(r"\.js\b"), hold)
    yield
    let_through = True
    for route in held:
        route.continue_()
    page.wait_for_load_state()


def test_words_typed_before_the_script_are_saved(travel: Callable[..., Traveller], live_server: RealServer) -> None:
    with database_of(live_server) as session:
        _, slug = organiser_with_open_fair(session, "Muộn")
        email = producer_for(session, "Muộn")
    traveller = travel()
    page = traveller.page
    enter(traveller, email)
    with page.expect_response(re.compile("/autosave$")) as answered, scripts_late(page):
        page.goto(f"/apply/{slug}", wait_until="commit")
        page.locator("[name=note]").fill(KEPT)
    assert answered.value.status == 200
    traveller.go(f"/apply/{slug}")
    expect(page.locator("[name=note]")).to_have_value(KEPT)


def test_ticks_set_before_the_script_stay(travel: Callable[..., Traveller], live_server: RealServer) -> None:
    with database_of(live_server) as session:
        player = an_organiser(session, email="muon@organisers.example")
        fair = an_open_fair(session, player, booths=4)
        a_confirmed_application(session, player, a_producer(session, "HTX Muộn", "muon@unit.example"), fair, 0)
        address = f"/fairs/{fair.slug}/plan"
    page = travel().page
    page.goto(address)
    ticks = page.locator("[name=pick][type=checkbox]")
    with scripts_late(page):
        page.goto(address, wait_until="commit")
        ticks.first.check()
    expect(ticks.first).to_be_checked()
    page.goto(address)
    expect(ticks.first).to_be_checked()


def test_summary_of_errors_leaves_the_focus_to_who_has_gone_on(
    travel: Callable[..., Traveller], live_server: RealServer, noise: Noise
) -> None:
    noise.expect_status(422)
    page = travel().page
    page.goto("/sign-up")
    fill(page, {"name": "Đặng Thị Mơ", "email": "mo.example", "password": "12345678"})
    with scripts_late(page):
        page.locator("form:has([name=password]) button").click(no_wait_after=True)
        expect(page.locator("[role=alert]")).to_be_visible()
        page.locator("[name=email]").focus()
    expect(page.locator("[name=email]")).to_be_focused()
