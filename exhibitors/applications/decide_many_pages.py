"""Audience: organisers. One step for all ticked applications of the queue (/organise/fairs/…/applications/many)."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.fairs.fair import find_fair
from exhibitors.applications.decide_many import decide_many
from exhibitors.applications.decide_many_form import ManyForm
from exhibitors.applications.permissions import may_screen_some
from exhibitors.applications.queue_address_form import kept_address
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal_words import refusal_words

pages = Pages("decide_many", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
MOST_TOLD = 8


@pages.page("/fairs/<slug>/applications/many", may=may_screen_some, methods=("POST",))
def decide(slug: str) -> ResponseReturnValue:
    """Take the step for each; those that could not go are named with their reasons."""
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    form = ManyForm.from_request()
    back = redirect(url_for("screen_applications.queue", slug=slug, **kept_address()), 303)
    if not form.validate_posted() or not form.versions:
        faults = [str(fault) for field in form for fault in field.errors]
        flash(" ".join(faults) or _("Tick the applications first."), "bad")
        return back
    outcome = decide_many(
        session,
        signed_in_actor(),
        fair,
        form.versions,
        form.chosen,
        reason=form.many_reason.data or "",
        reason_code=form.chosen_code,
    )
    session.commit()
    if outcome.done:
        flash(ngettext("Done for %(num)s application.", "Done for %(num)s applications.", len(outcome.done)), "ok")
    for code, refusal in outcome.refused[:MOST_TOLD]:
        flash(f"{code}: {refusal_words(refusal)}", "bad")
    left = len(outcome.refused) - MOST_TOLD
    if left > 0:
        flash(ngettext("and %(num)s more that could not go", "and %(num)s more that could not go", left), "bad")
    return back
