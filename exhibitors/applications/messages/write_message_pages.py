"""The exchange about an application, from either side."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from events.fairs.fair import find_fair
from events.fairs.workbench import workbench_of
from exhibitors.applications.booth_application import BoothApplication, find_application
from exhibitors.applications.messages.application_message import ApplicationMessage, Side, messages_of
from exhibitors.applications.messages.write_message import write_message
from exhibitors.applications.messages.write_message_form import MessageForm
from exhibitors.applications.permissions import may_change_application, may_read_application, may_screen
from exhibitors.applications.screening_queue import find_in_fair
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.made_once import make_once
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings

pages = Pages("write_message", __name__, audience=Audience.SIGNED_IN)
FOLDER = "exhibitors/applications/messages/write_message"


@pages.page("/applications/<code>/messages", may=may_change_application, methods=("GET", "POST"))
def producer(code: str) -> ResponseReturnValue:
    """The unit's side."""
    application = found(find_application(current_session(), code))
    demand(application)
    return _exchange(application, Side.PRODUCER, url_for(".producer", code=code), f"{FOLDER}/producer.html", {})


@pages.page("/organise/fairs/<slug>/applications/<code>/messages", may=may_read_application, methods=("GET",))
def organiser(slug: str, code: str) -> ResponseReturnValue:
    """The organisers' side: whoever reads the application reads the exchange."""
    return _organisers_side(slug, code)


@pages.page("/organise/fairs/<slug>/applications/<code>/messages/new", may=may_screen, methods=("POST",))
def answer(slug: str, code: str) -> ResponseReturnValue:
    """Whoever may screen it writes."""
    return _organisers_side(slug, code)


def _organisers_side(slug: str, code: str) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    application = found(find_in_fair(session, fair, code))
    demand(fair, application)
    facts = {
        "fair": fair,
        "workbench": workbench_of(session, actor, fair),
        "may_write": may_screen(actor, fair, application),
    }
    target = url_for(".organiser", slug=slug, code=code)
    return _exchange(application, Side.ORGANISER, target, f"{FOLDER}/organiser.html", facts)


def _exchange(
    application: BoothApplication, side: Side, target: str, template: str, facts: dict[str, Any]
) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    settings: Settings = current_app.extensions["settings"]
    form: MessageForm = MessageForm.from_request()
    if form.validate_posted():
        words = form.body.data or ""

        def write() -> ApplicationMessage:
            return write_message(session, actor, application, side, words, base_url=settings.base_url)

        try:
            make_once(session, actor, form.once.data or "", ApplicationMessage, write)
        except Refused as refusal:
            session.rollback()
            form.fault("body", refusal_words(refusal))
        else:
            session.commit()
            return redirect(target, 303)
    page = render_template(
        template, application=application, messages=messages_of(session, application), form=form, side=side, **facts
    )
    return page, 422 if form.errors else 200
