"""A new edition takes over the plans of the one before: ground, zones and booths; who stands where it does not."""

from __future__ import annotations

from sqlalchemy import select

from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.floor_plans.floor_plan import Booth, FloorPlan, Zone
from events.floor_plans.plan_fixture import PlanFixture


@copies_with_edition(Stage.PLAN)
def copy_floor_plans(edition: Edition) -> None:
    """Plans of all venues, each with its zones, booths and things; blocked booths stay blocked with their reason.

    The picture below a drawing stays with the edition before: a file belongs to one plan.
    """
    plans = select(FloorPlan.id).where(FloorPlan.fair_id == edition.source.id)
    edition.copy_all(FloorPlan, FloorPlan.fair_id == edition.source.id, background_id=None)
    edition.copy_all(Zone, Zone.plan_id.in_(plans))
    edition.copy_all(Booth, Booth.plan_id.in_(plans))
    edition.copy_all(PlanFixture, PlanFixture.plan_id.in_(plans))
