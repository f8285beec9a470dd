"""A unit says with how many people and in what vehicle it comes (/applications/…/coming)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exhibitors.applications.booth_application import find_application
from exhibitors.applications.permissions import may_change_application
from exhibitors.applications.say_coming import say_coming
from exhibitors.applications.say_coming_form import ComingForm
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("say_coming", __name__, audience=Audience.SIGNED_IN, for_lent_unit=True)


@pages.page("/applications/<code>/coming", may=may_change_application, methods=("GET", "POST"))
def say(code: str) -> ResponseReturnValue:
    """The form; the organiser reads it with the application."""
    session = current_session()
    application = found(find_application(session, code))
    demand(application)
    form: ComingForm = ComingForm.from_request()
    if request.method != "POST":
        form.show_coming(application)
    if form.validate_posted():
        try:
            say_coming(session, signed_in_actor(), application, form.coming())
        except Refused as refusal:
            session.rollback()
            form.form_errors.append(refusal_words(refusal))
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for("application_status.show", code=code), 303)
    page = render_template(
        "exhibitors/applications/say_coming/say.html",
        form=form,
        application=found(find_application(session, code)),
    )
    return page, 422 if form.errors or form.form_errors else 200
