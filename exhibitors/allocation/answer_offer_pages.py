"""Audience: producers. Take or decline an offered booth (/applications/…/confirm, /applications/…/decline)."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exhibitors.allocation.answer_offer import confirm_booth, decline_booth
from exhibitors.allocation.booth_assignment import KNOWN_TO_HOLDER, assignments_of
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication, find_application
from exhibitors.applications.permissions import may_answer_offer
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings

pages = Pages("answer_offer", __name__, audience=Audience.PRODUCER, url_prefix="/applications")


@pages.page("/<code>/confirm", may=may_answer_offer, methods=("POST",))
def confirm(code: str) -> ResponseReturnValue:
    """Take the booth or the place; the terms must be ticked."""
    session, application = current_session(), _application(code)
    ticked = bool(request.form.get("terms"))
    try:
        confirm_booth(session, signed_in_actor(), application, base_url=_base_url(), terms_accepted=ticked)
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
        flash(_("You have confirmed. A letter with everything you need is on its way."), "ok")
    return redirect(url_for("application_status.show", code=code), 303)


@pages.page("/<code>/decline", may=may_answer_offer, methods=("GET", "POST"))
def decline(code: str) -> ResponseReturnValue:
    """Ask once more, then give the booth back."""
    session, application = current_session(), _application(code)
    back = url_for("application_status.show", code=code)
    if request.method != "POST":
        if application.current is not ApplicationState.ACCEPTED:
            return redirect(back, 303)
        held = assignments_of(session, application.id)
        # What is only proposed is nobody's business yet.
        codes = ", ".join(assignment.booth.code for assignment in held if assignment.current in KNOWN_TO_HOLDER)
        return render_template(
            "foundation/confirm.html",
            title=_("Decline booth %(code)s?", code=codes) if codes else _("Decline the place?"),
            text=_("It goes to somebody else at once. You cannot take it back yourself."),
            post_url=url_for(".decline", code=code),
            action=_("Decline the booth") if codes else _("Decline the place"),
            back_url=back,
            danger=True,
        )
    try:
        decline_booth(session, signed_in_actor(), application, base_url=_base_url())
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
        flash(_("You have declined. Thank you for telling us in time."), "ok")
    return redirect(back, 303)


def _application(code: str) -> BoothApplication:
    application = found(find_application(current_session(), code))
    demand(application)
    return application


def _base_url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url
