"""A fair with one booth in use, offered to one unit, and two units that wait for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.floor_plans.draw_floor_plan import block_booth
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import stage_decision
from foundation import clock
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening
from tests.scenes import Play


def the_others_wait(session: Session, screening: Screening) -> Screening:
    """The first unit was offered the only booth in use; the third, with five stars, waits with the second."""
    actor, (first, second, third) = screening.organiser.actor, screening.applications
    for booth in screening.booths[1:]:
        block_booth(session, actor, booth, "Chưa dựng")
    third.producer.products[0].stars = 5
    stage_decision(session, actor, first, Decision.ACCEPT)
    place_on_booth(session, actor, first, screening.booth("A01"))
    for application in (second, third):
        stage_decision(
            session, actor, application, Decision.WAITLIST, reason="Đã hết gian.", reason_code=ReasonCode.NO_ROOM
        )
    publish_decisions(session, actor, screening.fair, confirm_by=clock.now() + timedelta(days=7), base_url=BASE_URL)
    return screening


@pytest.fixture
def waiting(play: Play, screening: Screening) -> Screening:
    """The first unit was offered the only booth in use; the third, with five stars, waits with the second."""
    return play(the_others_wait, screening)


def freed(session: Session, waiting: Screening) -> None:
    withdraw_application(session, waiting.producers[0].actor, waiting.applications[0], base_url=BASE_URL)
    session.commit()


def kinds(session: Session, application: BoothApplication) -> list[str]:
    query = sa.select(OutboxLetter.kind).where(OutboxLetter.application_id == application.id)
    return list(session.scalars(query.order_by(OutboxLetter.id)))
