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
from exhibitors.applications.screening_screen import queue_again
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.paging import asked_page

pages = Pages("decide_many", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/applications/many", may=may_screen_some, methods=("POST",))
def decide(slug: str) -> ResponseReturnValue:
    """Take the step for each; those that could not go stay ticked and are named with their reasons."""
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    form = ManyForm.from_request()
    is_whole = form.validate_posted()
    if not form.versions:
        form.form_errors.append(_("Tick the applications first."))
    if not is_whole or not form.versions:
        return queue_again(fair, many=form)
    outcome = decide_many(
        session,
        signed_in_actor(),
        fair,
        form.versions,
        form.chosen,
        reason=form.many_reason.data or "",
        reason_code=form.chosen_code,
        beyond_quota=form.beyond_quota.data,
    )
    session.commit()
    if outcome.done:
        flash(ngettext("Done for %(num)s application.", "Done for %(num)s applications.", len(outcome.done)), "ok")
    if outcome.refused:
        form.explain(outcome.refused)
        return queue_again(fair, many=form)
    page = asked_page()
    kept = kept_address() | ({"page": page} if page > 1 else {})
    return redirect(url_for("screen_applications.queue", slug=slug, **kept), 303)
