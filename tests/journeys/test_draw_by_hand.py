"""What docs/floor_plans.md promises about drawing a large hall by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import func, select

from events.fairs.fair import find_fair
from events.floor_plans.floor_plan import Booth, FloorPlan, plans_of
from events.floor_plans.plan_checks import check_plan
from events.floor_plans.plan_document import plan_as_document
from tests.cast import a_draft_fair, an_organiser
from tests.journeys.crowd import database_of
from tests.journeys.draw_by_hand import draw_hall
from tests.journeys.traveller import Traveller, enter

if TYPE_CHECKING:
    from tests.real_server import RealServer


def test_300_booths_are_drawn_by_hand_in_under_five_minutes(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    """By mouse and keys alone; a person's time for each act, so that the machine's load changes nothing."""
    with database_of(live_server) as session:
        player = an_organiser(session, "Ban tổ chức vẽ tay", "vetay@btc.example")
        slug = a_draft_fair(session, player, name="Hội chợ vẽ tay").slug
    traveller = travel()
    enter(traveller, "vetay@btc.example")
    traveller.page.goto(f"/organise/fairs/{slug}/plan")
    hand = draw_hall(traveller.page)
    assert hand.seconds < 300, hand.stations
    expect(traveller.page.locator("[data-counts]")).to_have_text("300 gian, 5 khu")
    with database_of(live_server) as session:
        fair = find_fair(session, slug)
        assert fair is not None
        (plan,) = plans_of(session, fair)
        assert check_plan(plan_as_document(plan)) == []
        cooking = select(func.count()).where(Booth.plan_id == plan.id, Booth.allows_open_flame, Booth.power_w == 2000)
        assert (session.scalar(cooking), (plan.width_m, plan.depth_m)) == (60, (72, 86))
        assert sorted(fixture.kind for fixture in plan.fixtures) == [
            "desk",
            "exit",
            "exit",
            "first_aid",
            "gate",
            "stage",
        ]
        assert session.scalar(select(func.count()).select_from(FloorPlan).where(FloorPlan.fair_id == fair.id)) == 1
