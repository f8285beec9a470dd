"""A zone of the plan by itself: its name said anew, or the zone taken off with its booths."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import LastChange, last_change
from events.fairs.permissions import may_draw_plan
from events.fairs.removed_answers import found_or_told
from events.fairs.workbench import workbench_of
from events.floor_plans.draw_floor_plan import remove_zone, rename_zone
from events.floor_plans.draw_floor_plan_form import ZoneNameForm, values_of_zone
from events.floor_plans.floor_plan import Zone
from events.floor_plans.show_floor_plan import find_zone
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("name_zones", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/plan/zones/<int:zone_id>", may=may_draw_plan, methods=("GET", "POST"))
def zone(slug: str, zone_id: int) -> ResponseReturnValue:
    """Say anew what is sold in a zone."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    drawn = _zone(fair, zone_id)
    form = ZoneNameForm.from_request(**values_of_zone(drawn))
    back = url_for("draw_floor_plan.plan", slug=slug, venue=drawn.plan.fair_venue_id)
    if form.validate_posted():
        names = {"name_vi": form.name_vi.data, "name_en": form.name_en.data or ""}
        try:
            rename_zone(session, actor, drawn, **names, supply=form.supply(), seen_revision=form.seen_version())
        except Refused as refusal:
            session.rollback()
            form.is_overtaken(refusal, values_of_zone(drawn), _last_change(session, fair, drawn))
        else:
            session.commit()
            flash(_("Zone %(code)s is saved.", code=drawn.code), "ok")
            return redirect(back, 303)
    bench = workbench_of(session, actor, fair)
    page = render_template(
        "events/floor_plans/name_zones/zone.html", fair=fair, zone=drawn, form=form, back_url=back, workbench=bench
    )
    return page, 422 if form.errors else 200


@pages.page("/fairs/<slug>/plan/zones/<int:zone_id>/remove", may=may_draw_plan, methods=("GET", "POST"))
def drop_zone(slug: str, zone_id: int) -> ResponseReturnValue:
    """Confirm and remove a zone with its booths."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    drawn = _zone(fair, zone_id)
    code, count = drawn.code, len(drawn.booths)
    back = url_for("draw_floor_plan.plan", slug=slug, venue=drawn.plan.fair_venue_id)
    if request.method == "POST":
        try:
            remove_zone(session, actor, drawn)
        except Refused as refusal:
            session.rollback()
            flash(refusal_words(refusal), "bad")
        else:
            session.commit()
            flash(_("Zone %(code)s is removed.", code=code), "ok")
        return redirect(back, 303)
    return render_template(
        "foundation/confirm.html",
        base_template="organise_base.html",
        step="plan",
        title=_("Remove zone %(code)s?", code=code),
        text=ngettext("%(num)s booth disappears from the plan.", "%(num)s booths disappear from the plan.", count),
        action=_("Remove zone %(code)s", code=code),
        post_url=url_for("name_zones.drop_zone", slug=slug, zone_id=zone_id),
        back_url=back,
        danger=True,
        workbench=workbench_of(session, actor, fair),
    )


def _zone(fair: Fair, zone_id: int) -> Zone:
    return found_or_told(
        find_zone(current_session(), fair, zone_id),
        fair,
        Zone,
        zone_id,
        what=_("The zone"),
        back_url=url_for("draw_floor_plan.plan", slug=fair.slug),
        step="plan",
        form=ZoneNameForm.from_request,
    )


def _last_change(session: Session, fair: Fair, zone: Zone) -> LastChange | None:
    """By the save of the plan that touched the zone last, or else by its own form."""
    by_plan = last_change(session, fair, zone.plan, revision=zone.changed_in)
    return by_plan or last_change(session, fair, zone, acts=("plan.rename_zone",))
