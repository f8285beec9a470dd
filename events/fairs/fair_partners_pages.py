"""Who else stands behind a fair: add one, remove one."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import find_fair
from events.fairs.fair_partner import FairPartner, add_partner, find_partner, partners_of, remove_partner
from events.fairs.fair_partners_form import PartnerForm
from events.fairs.permissions import may_organise_fair
from events.fairs.removed_answers import found_or_told
from events.fairs.set_up_wording import PARTNER_ROLES
from events.fairs.workbench import workbench_of
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused

pages = Pages("fair_partners", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/partners", may=may_organise_fair, methods=("GET", "POST"))
def edit(slug: str) -> ResponseReturnValue:
    """All partners, and a form for one more."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    form = PartnerForm.from_request()
    form.offer()
    if form.validate_posted():
        said = form.said()
        faults = said.faults()
        for fault in faults:
            form.explain(fault)
        if not faults:
            try:
                add_partner(session, actor, fair, said)
            except Refused as refusal:
                session.rollback()
                fair = found(find_fair(session, slug))
                form.explain(refusal)
            else:
                session.commit()
                flash(_("Saved."), "ok")
                return redirect(url_for("fair_partners.edit", slug=slug), 303)
    page = render_template(
        "events/fairs/fair_partners/edit.html",
        fair=fair,
        form=form,
        partners=partners_of(session, fair),
        roles=PARTNER_ROLES,
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors or form.form_errors else 200


@pages.page("/fairs/<slug>/partners/<int:partner_id>/remove", may=may_organise_fair, methods=("POST",))
def remove(slug: str, partner_id: int) -> ResponseReturnValue:
    """Name it no more."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    partner = found_or_told(
        find_partner(session, fair, partner_id),
        fair,
        FairPartner,
        partner_id,
        what=_("The partner"),
        back_url=url_for("fair_partners.edit", slug=slug),
        step="details",
    )
    remove_partner(session, actor, partner)
    session.commit()
    flash(_("Removed."), "ok")
    return redirect(url_for("fair_partners.edit", slug=slug), 303)
