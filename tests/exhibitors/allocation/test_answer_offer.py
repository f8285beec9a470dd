"""Taking, declining and letting an offer lapse; only what is confirmed becomes public."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exhibitors.allocation.answer_offer import confirm_booth, decline_booth, expire_offers
from exhibitors.allocation.booth_assignment import AssignmentState, assignments_of, holder_of
from exhibitors.allocation.exhibitor_directory import exhibitors_of
from exhibitors.allocation.place_on_booth import move_to_booth, place_on_booth, vacate_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import stage_decision
from foundation import clock
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening


@pytest.fixture
def offered(session: Session, screening: Screening) -> BoothApplication:
    """The first application, accepted and offered booth A01."""
    actor, application = screening.organiser.actor, screening.applications[0]
    stage_decision(session, actor, application, Decision.ACCEPT)
    place_on_booth(session, actor, application, screening.booth("A01"))
    confirm_by = clock.now() + timedelta(days=7)
    publish_decisions(session, actor, screening.fair, confirm_by=confirm_by, base_url=BASE_URL)
    session.commit()
    return application


def kinds(session: Session, application: BoothApplication) -> list[str]:
    query = sa.select(OutboxLetter.kind).where(OutboxLetter.application_id == application.id)
    return list(session.scalars(query.order_by(OutboxLetter.id)))


def test_confirm_takes_the_booth_and_makes_it_public(
    session: Session, screening: Screening, offered: BoothApplication
) -> None:
    assert exhibitors_of(session, screening.fair) == []
    confirm_booth(session, screening.producers[0].actor, offered, base_url=BASE_URL)
    assert offered.state == ApplicationState.CONFIRMED
    shown = exhibitors_of(session, screening.fair)
    assert [(row.booth_codes, row.slug, row.place, row.stars) for row in shown] == [
        (("A01",), offered.producer.slug, offered.producer.place, 4)
    ]
    assert (shown[0].group, shown[0].glyph) == ("noodles", "wheat")
    assert kinds(session, offered) == ["receipt", "accepted", "confirmed"]


def test_confirm_twice_writes_one_letter(session: Session, screening: Screening, offered: BoothApplication) -> None:
    for _ in range(2):
        confirm_booth(session, screening.producers[0].actor, offered, base_url=BASE_URL)
    assert kinds(session, offered) == ["receipt", "accepted", "confirmed"]


def test_confirm_needs_the_terms(session: Session, screening: Screening, offered: BoothApplication) -> None:
    with pytest.raises(Refused) as caught:
        confirm_booth(session, screening.producers[0].actor, offered, base_url=BASE_URL, terms_accepted=False)
    assert caught.value.reason == "terms_not_accepted"


def test_confirm_is_refused_when_the_time_has_passed(
    session: Session, screening: Screening, offered: BoothApplication
) -> None:
    with clock.as_of(clock.now() + timedelta(days=8)), pytest.raises(Refused) as caught:
        confirm_booth(session, screening.producers[0].actor, offered, base_url=BASE_URL)
    assert caught.value.reason == "confirm_by_passed"


def test_confirm_is_refused_before_the_decision_is_published(session: Session, screening: Screening) -> None:
    application = screening.applications[1]
    stage_decision(session, screening.organiser.actor, application, Decision.ACCEPT)
    with pytest.raises(Refused) as caught:
        confirm_booth(session, screening.producers[1].actor, application, base_url=BASE_URL)
    assert caught.value.reason == "move_impossible"


def test_decline_frees_the_booth(session: Session, screening: Screening, offered: BoothApplication) -> None:
    decline_booth(session, screening.producers[0].actor, offered, base_url=BASE_URL)
    decline_booth(session, screening.producers[0].actor, offered, base_url=BASE_URL)
    assert offered.state == ApplicationState.DECLINED
    assert holder_of(session, screening.booth("A01").id) is None
    assert kinds(session, offered) == ["receipt", "accepted", "declined"]


def test_offer_expires_after_its_moment_only(session: Session, screening: Screening, offered: BoothApplication) -> None:
    assert offered.confirm_by is not None
    assert expire_offers(session, offered.confirm_by, base_url=BASE_URL) == []
    later = offered.confirm_by + timedelta(minutes=1)
    assert expire_offers(session, later, base_url=BASE_URL) == [offered]
    assert expire_offers(session, later, base_url=BASE_URL) == []
    assert offered.state == ApplicationState.EXPIRED
    assert holder_of(session, screening.booth("A01").id) is None
    assert kinds(session, offered) == ["receipt", "accepted", "expired"]


def test_confirmed_booth_is_taken_away_only_with_a_reason(
    session: Session, screening: Screening, offered: BoothApplication
) -> None:
    confirm_booth(session, screening.producers[0].actor, offered, base_url=BASE_URL)
    held = assignments_of(session, offered.id)[0]
    with pytest.raises(Refused) as caught:
        vacate_booth(session, screening.organiser.actor, held)
    assert caught.value.reason == "reason_missing"


def test_moved_exhibitor_is_public_at_the_new_booth_once_published(
    session: Session, screening: Screening, offered: BoothApplication
) -> None:
    actor = screening.organiser.actor
    confirm_booth(session, screening.producers[0].actor, offered, base_url=BASE_URL)
    moved = move_to_booth(
        session, actor, assignments_of(session, offered.id)[0], screening.booth("B01"), reason="Cột điện"
    )
    assert [row.booth_codes for row in exhibitors_of(session, screening.fair)] == [()]
    publish_decisions(session, actor, screening.fair, confirm_by=clock.now(), base_url=BASE_URL)
    assert moved.state == AssignmentState.CONFIRMED
    assert [row.booth_codes for row in exhibitors_of(session, screening.fair)] == [("B01",)]
