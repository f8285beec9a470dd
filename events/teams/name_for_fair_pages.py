"""Audience: organisers. Who works at one fair, in all of it or in one zone (/organise/fairs/…/team)."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from accounts.permissions import may_see_team
from accounts.team import find_organiser, team_of
from accounts.wording import ROLES
from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_read_desk
from events.fairs.removed_answers import found_or_told
from events.fairs.workbench import workbench_of
from events.floor_plans.floor_plan import Zone
from events.teams import closed_doors, wording  # noqa: F401 - register their sentences
from events.teams.fair_role import FairRole, fair_team, find_fair_role
from events.teams.name_for_fair import end_fair_role, name_for_fair
from events.teams.name_for_fair_form import NameForm
from events.teams.permissions import may_end_fair_role, may_name_for_fair, roles_to_give_at
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.rate_limit import count_or_refuse
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings

pages = Pages("name_for_fair", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "events/teams/name_for_fair"
FAULTS = {"role_not_yours_to_give": "role", "zone_of_another_fair": "zone"}
"""Refusal → the field it concerns."""
INVITING_LIMIT = "60 per hour"
"""Letters that one person may cause by inviting, counted together with those of whole organisations."""


@pages.page("/fairs/<slug>/team", may=may_read_desk)
def team(slug: str) -> ResponseReturnValue:
    """Everybody named for the fair, and who may work at it as a member of the organising body."""
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return _page(fair, _offer(fair, NameForm(role="reviewer", language=current_language())))


@pages.page("/fairs/<slug>/team/name", may=may_name_for_fair, methods=("POST",))
def name(slug: str) -> ResponseReturnValue:
    """Name somebody."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    form = _offer(fair, NameForm.from_request())
    if form.validate_posted():
        count_or_refuse(INVITING_LIMIT, "invite", str(actor.user_id))
        settings: Settings = current_app.extensions["settings"]
        facts = {"email": form.email.data, "role": form.chosen, "language": form.language.data}
        zone = session.get(Zone, form.zone_id) if form.zone_id else None
        try:
            named = name_for_fair(session, actor, fair, zone=zone, base_url=settings.base_url, **facts)
        except Refused as refusal:
            session.rollback()
            form.fault(FAULTS.get(refusal.reason, "email"), refusal_words(refusal))
        else:
            session.commit()
            said = _("Assigned.") if named.membership_id else _("A letter is on its way to %(address)s.")
            flash(said % {"address": facts["email"]} if "%" in said else said, "ok")
            return redirect(url_for("name_for_fair.team", slug=slug), 303)
    return _page(found(find_fair(session, slug)), form)


@pages.page("/fairs/<slug>/team/<int(max=2147483647):fair_role_id>/end", may=may_end_fair_role, methods=("POST",))
def end(slug: str, fair_role_id: int) -> ResponseReturnValue:
    """Take a role at the fair away; it can be given again at any time, so nothing is asked."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    fair_role = find_fair_role(session, fair, fair_role_id)
    if fair_role is None and not may_name_for_fair(actor, fair):
        abort(404)
    fair_role = found_or_told(
        fair_role,
        fair,
        FairRole,
        fair_role_id,
        what=_("The role at the fair"),
        back_url=url_for("name_for_fair.team", slug=slug),
        step="team",
    )
    demand(fair, fair_role)
    end_fair_role(session, actor, fair_role)
    session.commit()
    flash(_("The role is taken back."), "ok")
    return redirect(url_for("name_for_fair.team", slug=slug), 303)


def _offer(fair: Fair, form: NameForm) -> NameForm:
    zones = current_session().scalars(select(Zone).where(Zone.plan.has(fair_id=fair.id)).order_by(Zone.code)).all()
    form.offer_at(roles_to_give_at(signed_in_actor(), fair), zones)
    return form


def _page(fair: Fair, form: NameForm) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    organisation = found(find_organiser(session, fair.organisation_id))
    page = render_template(
        f"{FOLDER}/team.html",
        fair=fair,
        organisation=organisation,
        named=fair_team(session, fair),
        members=[row for row in team_of(session, organisation.id).members if row.role != "limited"],
        form=form,
        roles=ROLES,
        may_name=may_name_for_fair(actor, fair),
        sees_team=may_see_team(actor, organisation),
        gives=roles_to_give_at(actor, fair),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200
