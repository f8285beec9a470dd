"""A booth that became free goes to a unit on the waiting list: placed, published, answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exhibitors.allocation.allocation_board import board_rows, waiting_rows
from exhibitors.allocation.answer_offer import confirm_booth
from exhibitors.allocation.application_status import application_status
from exhibitors.allocation.booth_assignment import AssignmentState, assignments_of
from exhibitors.allocation.place_on_booth import place_on_booth, vacate_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import stage_decision
from foundation import clock
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening


def publish(session: Session, screening: Screening) -> list[str]:
    """Publish what is noted; the codes it concerned."""
    confirm_by = clock.now() + timedelta(days=7)
    done = publish_decisions(
        session, screening.organiser.actor, screening.fair, confirm_by=confirm_by, base_url=BASE_URL
    )
    return [application.code for application in done]


@pytest.fixture
def waiting(session: Session, screening: Screening) -> BoothApplication:
    """The first unit has the only offer that was made, the second is on the waiting list."""
    actor, (first, second, _) = screening.organiser.actor, screening.applications
    stage_decision(session, actor, first, Decision.ACCEPT)
    place_on_booth(session, actor, first, screening.booth("A01"))
    stage_decision(
        session, actor, second, Decision.WAITLIST, reason="Khu A đã hết gian.", reason_code=ReasonCode.NO_ROOM
    )
    publish(session, screening)
    return second


def test_freed_booth_is_offered_and_taken(session: Session, screening: Screening, waiting: BoothApplication) -> None:
    actor, holder = screening.organiser.actor, screening.applications[0]
    withdraw_application(session, screening.producers[0].actor, holder, base_url=BASE_URL)
    assert [row.application.code for row in waiting_rows(session, screening.fair)] == [waiting.code]
    place_on_booth(session, actor, waiting, screening.booth("A01"))
    assert (waiting.current, waiting.decision) == (ApplicationState.WAITLISTED, Decision.ACCEPT)
    assert publish(session, screening) == [waiting.code]
    assert (waiting.current, waiting.decision, waiting.decision_reason) == (ApplicationState.ACCEPTED, None, "")
    letter = session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id.desc()).limit(1)).one()
    assert (letter.kind, letter.recipient, "Gian A01" in letter.body) == ("accepted", "p1@units.example", True)
    confirm_booth(session, screening.producers[1].actor, waiting, base_url=BASE_URL)
    held = assignments_of(session, waiting.id)
    assert [(one.booth.code, one.current) for one in held] == [("A01", AssignmentState.CONFIRMED)]


def test_offer_is_nobodys_business_before_it_is_published(
    session: Session, screening: Screening, waiting: BoothApplication
) -> None:
    place_on_booth(session, screening.organiser.actor, waiting, screening.booth("A02"))
    assert application_status(session, waiting).codes == []
    assert [row.application.code for row in waiting_rows(session, screening.fair)] == []
    assert waiting.code in [row.application.code for row in board_rows(session, screening.fair)]


def test_offer_taken_back_leaves_the_unit_waiting(
    session: Session, screening: Screening, waiting: BoothApplication
) -> None:
    offered = place_on_booth(session, screening.organiser.actor, waiting, screening.booth("A02"))
    vacate_booth(session, screening.organiser.actor, offered)
    assert (waiting.current, waiting.decision) == (ApplicationState.WAITLISTED, None)
    assert publish(session, screening) == []


def test_withdrawing_lets_go_of_the_booth_that_was_to_be_offered(
    session: Session, screening: Screening, waiting: BoothApplication
) -> None:
    place_on_booth(session, screening.organiser.actor, waiting, screening.booth("A02"))
    withdraw_application(session, screening.producers[1].actor, waiting, base_url=BASE_URL)
    assert (assignments_of(session, waiting.id), publish(session, screening)) == ([], [])
