"""The plan that a page of the editor is asked for; of one that was removed meanwhile the page tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.removed_answers import found_or_told
from events.floor_plans.floor_plan import Booth, FloorPlan
from events.floor_plans.show_floor_plan import find_plan
from foundation.flask_database import current_session
from foundation.house_form import HouseForm


def asked_plan(
    fair: Fair,
    plan_id: int,
    form: Callable[[], HouseForm] | None = None,
    find: Callable[[Session, Fair, int], FloorPlan | None] = find_plan,
) -> FloorPlan:
    """The plan of this number at the fair, as `find` reads it; else the answers of `found_or_told`."""
    return found_or_told(
        find(current_session(), fair, plan_id),
        fair,
        FloorPlan,
        plan_id,
        what=_("The floor plan"),
        back_url=url_for("draw_floor_plan.plan", slug=fair.slug),
        step="plan",
        form=form,
    )


def lost_booths(asked: Sequence[str], there: Sequence[Booth]) -> str:
    """Words for codes that were ticked on a plan which has no such booths any more; empty when all are there."""
    lost = sorted(set(asked) - {booth.code for booth in there})
    return _("No longer on the plan: %(codes)s. Nothing was saved. Tick again.", codes=", ".join(lost)) if lost else ""
