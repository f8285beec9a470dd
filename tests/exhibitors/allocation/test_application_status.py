"""What an applicant sees of an application, and what stays hidden until it is published."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from exhibitors.allocation.application_status import Step, application_status
from exhibitors.allocation.booth_assignment import BoothAssignment, move_assignment
from exhibitors.applications.application_history import turns_of
from exhibitors.applications.application_moves import By
from exhibitors.applications.apply_for_booth import start_application, submit_application, withdraw_application
from exhibitors.applications.booth_application import BoothApplication, move_application
from exhibitors.applications.screen_applications import ask_for_changes
from foundation import clock
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    a_producer,
    a_submitted_application,
    an_open_fair,
    an_organiser,
    booths_of,
)
from tests.scenes import Play


@pytest.fixture
def organiser_now(play: Play) -> OrganiserPlayer:
    """Who decides."""
    return play(an_organiser)


def taken_up_and_placed(session: Session, organiser_now: OrganiserPlayer) -> BoothApplication:
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


@pytest.fixture
def in_review(play: Play, organiser_now: OrganiserPlayer) -> BoothApplication:
    """An application under review, staged to be accepted, with booth A01 proposed."""
    return play(taken_up_and_placed, organiser_now)


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


def test_course_names_when_it_was_sent_again_and_when_it_was_withdrawn(
    session: Session, organiser_now: OrganiserPlayer
) -> None:
    fair, player = an_open_fair(session, organiser_now), a_producer(session)
    sent = a_submitted_application(session, fair, player)
    facts = {"points": "Ghi đủ tên", "due_at": clock.now() + timedelta(days=3), "base_url": BASE_URL}
    ask_for_changes(session, organiser_now.actor, sent, **facts)
    asked = turns_of(session, sent)[-1].at
    waiting = application_status(session, sent).steps
    assert [(fact.step, fact.state, fact.at) for fact in waiting][1] == (Step.REVIEW, "current", asked)
    given = {"rules_accepted": True, "pledge_given": True, "base_url": BASE_URL}
    submit_application(session, player.actor, sent, **given)
    withdraw_application(session, player.actor, sent, base_url=BASE_URL)
    moments = {turn.move: turn.at for turn in turns_of(session, sent)}
    assert [(fact.step, fact.state, fact.at, fact.move) for fact in application_status(session, sent).steps] == [
        (Step.SEND, "done", sent.submitted_at, ""),
        (Step.TURN, "done", moments["ask_for_changes"], "ask_for_changes"),
        (Step.TURN, "done", moments["resubmit"], "resubmit"),
        (Step.END, "current", moments["withdraw"], "withdraw"),
    ]


def test_draft_that_was_never_sent_is_not_called_sent(session: Session, organiser_now: OrganiserPlayer) -> None:
    fair, player = an_open_fair(session, organiser_now), a_producer(session)
    draft = start_application(session, player.actor, fair, player.producer)
    withdraw_application(session, player.actor, draft, base_url=BASE_URL)
    assert [fact.step for fact in application_status(session, draft).steps] == [Step.START, Step.END]
