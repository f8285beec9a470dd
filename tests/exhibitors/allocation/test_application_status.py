"""What an applicant sees of an application, and what stays hidden until it is published."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from exhibitors.allocation.application_status import Step, application_status
from exhibitors.allocation.booth_assignment import BoothAssignment, move_assignment
from exhibitors.applications.application_moves import By
from exhibitors.applications.booth_application import BoothApplication, move_application
from foundation import clock
from tests.cast import OrganiserPlayer, a_producer, a_submitted_application, an_open_fair, an_organiser, booths_of
from tests.scenes import Play


@pytest.fixture
def organiser_now(play: Play) -> OrganiserPlayer:
    """Who decides."""
    return play(an_organiser)


@pytest.fixture
def in_review(session: Session, organiser_now: OrganiserPlayer) -> BoothApplication:
    """An application under review, staged to be accepted, with booth A01 proposed."""
    fair = an_open_fair(session, organiser_now)
    application = a_submitted_application(session, fair, a_producer(session))
    move_application(session, organiser_now.actor, application, "take_up", By.ORGANISER)
    application.pending_decision = "accept"
    application.decision_reason = "nội bộ"
    facts = {"assigned_by": organiser_now.user.id, "assigned_at": clock.now()}
    session.add(BoothAssignment(booth=booths_of(session, fair)[0], application=application, **facts))
    session.flush()
    return application


def publish(session: Session, organiser: OrganiserPlayer, application: BoothApplication) -> None:
    """What publishing does to the application and its booth."""
    move_application(session, organiser.actor, application, "accept", By.ORGANISER)
    application.decided_at = clock.now()
    application.confirm_by = clock.now() + timedelta(days=3)
    for assignment in session.query(BoothAssignment):
        move_assignment(session, organiser.actor, assignment, "publish")
    session.flush()


def test_staged_decision_and_proposed_booth_stay_hidden(session: Session, in_review: BoothApplication) -> None:
    status = application_status(session, in_review)
    assert (status.codes, status.plan) == ([], None)
    assert [(fact.step, fact.state) for fact in status.steps] == [
        (Step.SEND, "done"),
        (Step.REVIEW, "current"),
        (Step.ANSWER, "todo"),
        (Step.CONFIRM, "todo"),
        (Step.OPENING, "todo"),
    ]


def test_published_booth_is_shown_with_the_wish_it_meets(
    session: Session, organiser_now: OrganiserPlayer, in_review: BoothApplication
) -> None:
    publish(session, organiser_now, in_review)
    status = application_status(session, in_review)
    assert (status.codes, status.wish_met) == (["A01"], 1)
    assert [booth.code for booth in status.drawn_booths if booth.state == "confirmed"] == ["A01"]
    current = [fact for fact in status.steps if fact.state == "current"]
    assert [(fact.step, fact.at) for fact in current] == [(Step.CONFIRM, in_review.confirm_by)]


def test_booth_of_an_ended_application_is_not_shown(
    session: Session, organiser_now: OrganiserPlayer, in_review: BoothApplication
) -> None:
    publish(session, organiser_now, in_review)
    move_application(session, organiser_now.actor, in_review, "decline", By.PRODUCER)
    status = application_status(session, in_review)
    assert (status.codes, status.steps[-1].step) == ([], Step.END)
