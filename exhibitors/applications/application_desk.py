"""What every page of the application form works on, and where its next step or a fault is."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.asked_of_applicant import asked_of
from exhibitors.applications.asked_points import open_objections
from exhibitors.applications.booth_application import BoothApplication, live_application
from exhibitors.applications.fill_in_application_form import PLACE_OF
from exhibitors.applications.open_to_change import OPEN_TO_PRODUCER, may_still_change
from exhibitors.producers.producer import Producer, own_producer
from foundation.audience import demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused


@dataclass(slots=True)
class Desk:
    """What every page of the form works on."""

    fair: Fair
    producer: Producer
    application: BoothApplication | None

    @property
    def is_closed(self) -> bool:
        """Whether it was sent."""
        return self.application is not None and self.application.current not in OPEN_TO_PRODUCER


def desk_at(slug: str, *, changes_sent: bool = False, was_changing: bool = False) -> Desk | Response:
    """Fair, unit and live application with the permission asked; else where to go first.

    What was sent has its own page; only who `changes_sent` things meets it here, as long as it may be changed, and who
    `was_changing` it is told here that it may be no longer.
    """
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    producer = own_producer(session, actor)
    demand(fair, producer)
    if producer is None:
        return _to(url_for("register_producer.register", fair=slug))
    desk = Desk(fair, producer, live_application(session, fair.id, producer.id))
    sent = desk.application if desk.is_closed else None
    if sent is None or (changes_sent and (was_changing or may_still_change(session, sent))):
        return desk
    return _to(url_for("application_status.show", code=sent.code))


def page_after_form(slug: str) -> str:
    """The next page on the way to sending: questions and papers first while something there is missing."""
    session, desk = current_session(), desk_at(slug)
    known = desk.application if isinstance(desk, Desk) else None
    if known is not None and open_objections(known, asked_of(session, known).objections()):
        return url_for("answer_questions.answers", code=known.code)
    return url_for(".review", slug=slug)


def page_after_change(application: BoothApplication) -> str:
    """Where a changed application stands; questions and papers first while the change asks for some."""
    if asked_of(current_session(), application).objections():
        return url_for("answer_questions.answers", code=application.code)
    return url_for("application_status.show", code=application.code)


def place_to_mend(desk: Desk, fault: Refused) -> str:
    """Where a fault is mended."""
    form_url = url_for(".form", slug=desk.fair.slug)
    if desk.application is not None and fault.reason.startswith(("question_", "paper_")):
        return url_for("answer_questions.answers", code=desk.application.code)
    if fault.reason.startswith("invitation"):
        return f"{form_url}#invitation_code"
    return f"{form_url}#{PLACE_OF.get(fault.reason, 'booth')}"


def effect_of_withdrawing(application: BoothApplication) -> str:
    """What is true of this application: only some have a booth, and only some calls are still open."""
    if application.current in {ApplicationState.ACCEPTED, ApplicationState.CONFIRMED}:
        effect = _("A booth that is kept for you goes to somebody else.")
    elif application.current is ApplicationState.DRAFT:
        effect = _("Your draft ends; it stays readable.")
    else:
        effect = _("The organiser does not look at it any more.")
    again = _("You can apply again while the call is open.") if application.fair.why_no_application() is None else ""
    return " ".join(filter(None, (effect, again)))


def _to(address: str) -> Response:
    response = current_app.response_class(status=303)
    response.headers["Location"] = address
    return response
