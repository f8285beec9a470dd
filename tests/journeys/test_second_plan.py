"""Drawing another plan of a fair in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import select

from events.fairs.fair import find_fair
from events.floor_plans.floor_plan import FloorPlan
from events.floor_plans.restore_plan import add_plan
from foundation.actor import SYSTEM
from tests.journeys.crowd import database_of
from tests.journeys.test_plan_editor import booth, fair_with_booths
from tests.journeys.traveller import Traveller, enter

if TYPE_CHECKING:
    from tests.real_server import RealServer


def test_second_plan_goes_on_after_the_codes_of_the_first(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    """Codes are the whole fair's: the generator of another hall begins with a free letter, copies take free numbers."""
    email, slug = fair_with_booths(live_server, "haihall", 8)
    with database_of(live_server) as session:
        fair = find_fair(session, slug)
        assert fair is not None
        first = session.scalars(select(FloorPlan).where(FloorPlan.fair_id == fair.id)).one()
        second = add_plan(session, SYSTEM, fair, first.fair_venue, name_vi="Nhà thứ hai").id
    traveller = travel()
    enter(traveller, email)
    page = traveller.page
    page.goto(f"/organise/fairs/{slug}/plan?plan={second}")
    expect(page.locator("[data-plan-editor][data-ready]")).to_be_visible()
    rows = page.locator("form[data-rows]")
    expect(rows.locator("[name=zone_code]")).to_have_value("B")
    expect(rows.locator("[name=first_code]")).to_have_value("B01")
    rows.locator("[name=first_code]").fill("A01")  # given already: it goes on after those
    rows.locator("[name=count]").fill("2")
    rows.get_by_role("button").click()
    expect(booth(page, "A09")).to_be_visible()
    expect(booth(page, "A10")).to_be_visible()
