"""One press from the unit's own page to an application as last time, ready to be looked over."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from events.fairs.fair import find_fair
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.apply_again import apply_again
from exhibitors.applications.asked_of_applicant import asked_of
from exhibitors.applications.permissions import may_fill_in
from exhibitors.producers.producer import own_producer
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("apply_again", __name__, audience=Audience.SIGNED_IN, for_lent_unit=True)


@pages.page("/apply/<slug>/again", may=may_fill_in, methods=("POST",))
def again(slug: str) -> ResponseReturnValue:
    """Begin as last time; only what is asked anew or has ended stands between this and sending."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    producer = own_producer(session, actor)
    demand(fair, producer)
    if producer is None:
        return redirect(url_for("register_producer.register", fair=slug), 303)
    try:
        application = apply_again(session, actor, fair, producer)
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
        return redirect(url_for("fill_in_application.form", slug=slug), 303)
    session.commit()
    if application.current is not ApplicationState.DRAFT:
        return redirect(url_for("application_status.show", code=application.code), 303)
    if asked_of(session, application).objections():
        return redirect(url_for("answer_questions.answers", code=application.code), 303)
    return redirect(url_for("fill_in_application.review", slug=slug), 303)
