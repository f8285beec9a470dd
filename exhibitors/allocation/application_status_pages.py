"""The page of one application: where it stands, what comes next, and the offer to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from exhibitors.allocation.application_status import ApplicationStatus, Step, StepFact, application_status
from exhibitors.allocation.proposals.explain_place import explained_to_applicant
from exhibitors.allocation.proposals.reason_wording import reason_words
from exhibitors.applications.application_moves import ENDED, MOVES
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.booth_application import find_application, newer_application
from exhibitors.applications.fair_letters import letters_received
from exhibitors.applications.messages.application_message import messages_of
from exhibitors.applications.messages.write_message_form import MessageForm
from exhibitors.applications.open_to_change import change_ends_at, may_still_change
from exhibitors.applications.permissions import may_change_application, may_see_application
from exhibitors.applications.wording import APPLICATION_STATES, VEHICLES
from foundation import clock
from foundation.audience import Audience, Pages, current_actor, demand, found
from foundation.days import format_day, format_when
from foundation.flask_database import current_session
from foundation.languages import current_language

pages = Pages("application_status", __name__, audience=Audience.SIGNED_IN)


@pages.page("/applications/<code>", may=may_see_application)
def show(code: str) -> ResponseReturnValue:
    """The applicant's page; the fair's organisers see the same, without the buttons."""
    session, actor = current_session(), current_actor()
    application = found(find_application(session, code))
    demand(application)
    status = application_status(session, application)
    return render_template(
        "exhibitors/allocation/application_status/show.html",
        status=status,
        application=application,
        words=APPLICATION_STATES[application.current],
        steps=[_in_words(fact, status) for fact in status.steps],
        may_change=may_change_application(actor, application),
        may_edit=application.current is S.SUBMITTED and may_still_change(session, application),
        edit_ends_at=change_ends_at(session, application),
        may_withdraw=application.current in MOVES["withdraw"].froms,
        newer=newer_application(session, application),
        may_again=application.current in ENDED and application.fair.why_no_application() is None,
        moment=clock.now(),
        vehicles=VEHICLES,
        explained=explained_to_applicant(session, application),
        reason_words=reason_words,
        messages=messages_of(session, application),
        letters=letters_received(session, actor, application) if actor else (),
        message_form=MessageForm(),
    )


LAPSED = lazy_gettext("Withdrawn by itself: nothing was sent in time")
TURN_WORDS = {
    "ask_for_changes": lazy_gettext("Changes asked for"),
    "resubmit": lazy_gettext("Sent again"),
    "reject": APPLICATION_STATES[S.REJECTED].to_producer,
    "close_waitlist": APPLICATION_STATES[S.REJECTED].to_producer,
    "decline": APPLICATION_STATES[S.DECLINED].to_producer,
    "expire": APPLICATION_STATES[S.EXPIRED].to_producer,
    "withdraw": APPLICATION_STATES[S.WITHDRAWN].to_producer,
    "lapse": LAPSED,
    "cancel": APPLICATION_STATES[S.CANCELLED].to_producer,
    "reinstate": lazy_gettext("Taken into review again"),
}
"""The turns of `turns_of` in words."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A row of the timeline in words."""

    state: str
    icon: str
    title: str
    text: str


def _in_words(fact: StepFact, status: ApplicationStatus) -> TimelineRow:
    title, text, icon = _WORDS[fact.step](fact, status)
    icon = "check" if fact.state == "done" else icon
    return TimelineRow(fact.state, icon, title, text)


def _start(fact: StepFact, status: ApplicationStatus) -> tuple[str, str, str]:
    if fact.state == "done":
        return _("Draft begun"), _when(fact.at), "pencil"
    return _("The draft is being filled in"), _("Last saved %(moment)s", moment=_when(fact.at)), "pencil"


def _send(fact: StepFact, status: ApplicationStatus) -> tuple[str, str, str]:
    if fact.state == "todo":
        return _("Send it"), _("Before %(moment)s", moment=_when(fact.at)) if fact.at else "", "send"
    code = status.application.code
    return _("Sent"), _("%(moment)s, code %(code)s", moment=_when(fact.at), code=code) if fact.at else code, "send"


def _review(fact: StepFact, status: ApplicationStatus) -> tuple[str, str, str]:
    if fact.state == "done":
        return _("Reviewed"), _day(fact.at), "eye"
    if status.application.current is S.NEEDS_CHANGES:
        return _("The organiser asks you to change something"), _when(fact.at), "file-warning"
    if status.application.current is S.SUBMITTED:
        return _("Waiting for the organiser to take it up"), "", "eye"
    return _("The organiser is reviewing it"), "", "eye"


def _answer(fact: StepFact, status: ApplicationStatus) -> tuple[str, str, str]:
    if status.application.current is S.WAITLISTED:
        return _("On the waiting list"), _("You get a letter as soon as a place becomes free."), "hourglass"
    if fact.state == "done":
        codes = ", ".join(status.codes)
        title = _("Offered booth %(codes)s", codes=codes) if codes else _("Accepted; the booth follows")
        return title, _day(fact.at), "store"
    if fact.at is None:
        return _("Answer, whether yes or no"), _("The organiser has not set the day yet"), "mail"
    return _("Answer, whether yes or no"), _("By %(day)s at the latest", day=_day(fact.at)), "mail"


def _confirm(fact: StepFact, status: ApplicationStatus) -> tuple[str, str, str]:
    if fact.state == "done":
        return _("You have confirmed"), _when(fact.at), "circle-check"
    if fact.state == "current" and fact.at:
        return _("Confirm that you come"), _("Before %(moment)s", moment=_when(fact.at)), "store"
    return _("Confirm that you come"), _("If you are offered a booth"), "store"


def _opening(fact: StepFact, status: ApplicationStatus) -> tuple[str, str, str]:
    return _("The fair opens"), _day(fact.at) if fact.at else _("No day set yet"), "flag"


def _end(fact: StepFact, status: ApplicationStatus) -> tuple[str, str, str]:
    words = APPLICATION_STATES[status.application.current]
    title = LAPSED if fact.move == "lapse" else words.to_producer
    return str(title), _when(fact.at), words.icon


def _turn(fact: StepFact, status: ApplicationStatus) -> tuple[str, str, str]:
    return str(TURN_WORDS[fact.move]), _when(fact.at), "history"


def _day(at: datetime | date | None) -> str:
    day = clock.local_day(at) if isinstance(at, datetime) else at
    return format_day(day, current_language(), today=clock.today()) if day else ""


def _when(at: datetime | date | None) -> str:
    return format_when(at, current_language(), today=clock.today()) if isinstance(at, datetime) else _day(at)


_WORDS = {
    Step.START: _start,
    Step.TURN: _turn,
    Step.SEND: _send,
    Step.REVIEW: _review,
    Step.ANSWER: _answer,
    Step.CONFIRM: _confirm,
    Step.OPENING: _opening,
    Step.END: _end,
}
