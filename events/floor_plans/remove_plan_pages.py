"""An empty plan is taken off its venue: one that was begun by mistake, or a hall that is not used."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import find_fair
from events.fairs.permissions import may_draw_plan
from events.fairs.workbench import workbench_of
from events.floor_plans.asked_plan import asked_plan
from events.floor_plans.restore_plan import remove_plan
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("remove_plan", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/plan/<int:plan_id>/remove", may=may_draw_plan, methods=("GET", "POST"))
def remove(slug: str, plan_id: int) -> ResponseReturnValue:
    """Confirm and take the plan off."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    plan = asked_plan(fair, plan_id)
    back = url_for("list_plan.listing", slug=slug, plan_id=plan_id)
    if request.method == "POST":
        try:
            remove_plan(session, actor, plan)
        except Refused as refusal:
            session.rollback()
            flash(refusal_words(refusal), "bad")
            return redirect(back, 303)
        session.commit()
        flash(_("The plan is removed."), "ok")
        return redirect(url_for("draw_floor_plan.plan", slug=slug), 303)
    return render_template(
        "foundation/confirm.html",
        base_template="organise_base.html",
        step="plan",
        title=_("Remove this plan?"),
        text=_("The ground, the things on it and its saved versions go. Zones have to be removed before."),
        action=_("Remove the plan"),
        post_url=url_for("remove_plan.remove", slug=slug, plan_id=plan_id),
        back_url=back,
        danger=True,
        workbench=workbench_of(session, actor, fair),
    )
