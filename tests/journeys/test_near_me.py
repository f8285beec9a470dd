"""Near me: the nearest first, worked out on the device; nothing is asked of the server after the press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.cast import an_open_fair, an_organiser
from tests.journeys.crowd import database_of
from tests.journeys.judge import breaches

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.real_server import RealServer

HERE = {"latitude": 21.53, "longitude": 107.96}


@pytest.fixture(scope="module")
def _far_and_near(live_server: RealServer) -> None:
    """A fair in Hạ Long, one in Móng Cái."""
    with database_of(live_server) as session:
        player = an_organiser(session)
        far, near = (an_open_fair(session, player, name=name) for name in ("Hạ Long xa", "Móng Cái gần"))
        venue = far.venues[0].venue
        venue.latitude, venue.longitude = 20.951, 107.08
        there = type(venue)(name_vi="Sân Móng Cái", locality=venue.locality, latitude=21.52, longitude=107.97)
        session.add(there)
        near.venues[0].venue = there
        session.commit()


@pytest.mark.usefixtures("_far_and_near")
@pytest.mark.parametrize("allowed", [True, False], ids=["the device says where it is", "it does not"])
def test_nearest_first_and_nothing_leaves_the_device(
    browser: Browser, browser_context_args: dict[str, Any], allowed: bool
) -> None:
    context = browser.new_context(
        **browser_context_args, geolocation=HERE, permissions=["geolocation"] if allowed else []
    )
    page = context.new_page()
    page.goto("/near")
    assert breaches(page) == []
    rows = page.locator("#fairs .t")
    expect(rows).to_have_text(["Hạ Long xa", "Móng Cái gần"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[data-near]").click()
    expect(page.locator("[data-said]")).not_to_be_empty()
    expect(rows).to_have_text(["Móng Cái gần", "Hạ Long xa"] if allowed else ["Hạ Long xa", "Móng Cái gần"])
    expect(page.locator("[data-distance]").first).to_have_text("khoảng 1,5 km" if allowed else "")
    assert asked == []
    context.close()
