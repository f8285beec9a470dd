"""Publishing staged decisions: states, booths, letters, capacity, and pressing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.floor_plans.draw_floor_plan import block_booth
from exhibitors.allocation.booth_assignment import AssignmentState, assignments_of
from exhibitors.allocation.place_on_booth import move_to_booth, place_on_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication, time_stamp
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import stage_decision
from exhibitors.calls.set_up_quotas import set_quota
from foundation import clock
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from foundation.revisions import public_revision
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening


def publish(session: Session, screening: Screening, **more: object) -> list[BoothApplication]:
    confirm_by = clock.now() + timedelta(days=7)
    return publish_decisions(
        session,
        screening.organiser.actor,
        screening.fair,
        **({"confirm_by": confirm_by, "base_url": BASE_URL} | more),  # type: ignore[arg-type]  # keywords of the verb
    )


def decide_all(session: Session, screening: Screening) -> None:
    """One accepted with booth A01, one on the waiting list, one refused."""
    actor, (first, second, third) = screening.organiser.actor, screening.applications
    stage_decision(session, actor, first, Decision.ACCEPT)
    place_on_booth(session, actor, first, screening.booth("A01"))
    stage_decision(
        session, actor, second, Decision.WAITLIST, reason="Khu A đã hết gian.", reason_code=ReasonCode.NO_ROOM
    )
    stage_decision(session, actor, third, Decision.REJECT, reason="Chứng nhận hết hạn.", reason_code=ReasonCode.NO_ROOM)


def letters(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(
        sa.select(OutboxLetter.kind, OutboxLetter.recipient)
        .where(OutboxLetter.kind != "receipt", OutboxLetter.application_id.is_not(None))
        .order_by(OutboxLetter.id)
    )
    return [(kind, recipient) for kind, recipient in rows]


def test_publish_tells_everybody_once(session: Session, screening: Screening) -> None:
    decide_all(session, screening)
    published = publish(session, screening)
    assert [application.state for application in published] == ["accepted", "waitlisted", "rejected"]
    assert [application.pending_decision for application in published] == [None, None, None]
    expected = [
        ("accepted", "p0@units.example"),
        ("waitlisted", "p1@units.example"),
        ("rejected", "p2@units.example"),
    ]
    assert letters(session) == expected
    assert publish(session, screening) == []
    assert letters(session) == expected


def test_acceptance_letter_says_booth_and_day(session: Session, screening: Screening) -> None:
    decide_all(session, screening)
    publish(session, screening)
    letter = session.scalars(sa.select(OutboxLetter).where(OutboxLetter.kind == "accepted")).one()
    application = screening.applications[0]
    assert letter.subject == f"Quý đơn vị được nhận tham gia {screening.fair.name_vi}, gian A01"
    assert application.confirm_by is not None
    assert f"/applications/{application.code}" in letter.body
    assert "Gian A01, Siêu thị GO! Hạ Long" in letter.body


def test_publish_makes_proposed_booths_known(session: Session, screening: Screening) -> None:
    decide_all(session, screening)
    publish(session, screening)
    held = assignments_of(session, screening.applications[0].id)
    assert [(assignment.booth.code, assignment.state) for assignment in held] == [("A01", AssignmentState.PUBLISHED)]


def test_publish_releases_the_booth_of_a_refused_application(session: Session, screening: Screening) -> None:
    actor, application = screening.organiser.actor, screening.applications[0]
    stage_decision(session, actor, application, Decision.ACCEPT)
    place_on_booth(session, actor, application, screening.booth("A01"))
    stage_decision(session, actor, application, Decision.WAITLIST, reason="Đổi ý.", reason_code=ReasonCode.NO_ROOM)
    publish(session, screening)
    assert assignments_of(session, application.id) == []


def test_publish_only_the_given_ones(session: Session, screening: Screening) -> None:
    decide_all(session, screening)
    chosen = screening.applications[2]
    assert publish(session, screening, application_ids=[chosen.id]) == [chosen]
    assert screening.applications[0].state == ApplicationState.IN_REVIEW


def test_publish_refuses_more_than_there_are_booths(session: Session, screening: Screening) -> None:
    actor = screening.organiser.actor
    for application in screening.applications:
        stage_decision(session, actor, application, Decision.ACCEPT)
    for booth in screening.booths[2:]:
        block_booth(session, actor, booth, "Sửa đường")
    with pytest.raises(Refused) as caught:
        publish(session, screening)
    assert (caught.value.reason, caught.value.facts) == ("no_capacity", {"needed": 3, "open": 2})
    assert [application.state for application in screening.applications] == ["in_review"] * 3
    assert letters(session) == []


@pytest.mark.parametrize(
    ("days", "reason"), [(-1, "confirm_by_past"), (200, "confirm_by_after_fair")], ids=["past", "after the opening"]
)
def test_publish_refuses_a_senseless_day(session: Session, screening: Screening, days: int, reason: str) -> None:
    decide_all(session, screening)
    with pytest.raises(Refused) as caught:
        publish(session, screening, confirm_by=clock.now() + timedelta(days=days))
    assert caught.value.reason == reason


def test_publish_tells_a_new_booth_to_a_unit_accepted_earlier(session: Session, screening: Screening) -> None:
    decide_all(session, screening)
    publish(session, screening)
    application = screening.applications[0]
    held = assignments_of(session, application.id)[0]
    move_to_booth(session, screening.organiser.actor, held, screening.booth("B02"), reason="Cột điện")
    assert publish(session, screening) == [application]
    now = [(assignment.booth.code, assignment.state) for assignment in assignments_of(session, application.id)]
    assert now == [("B02", AssignmentState.PUBLISHED)]
    assert letters(session)[-1] == ("booth_given", "p0@units.example")


def test_publish_moves_the_public_revision(session: Session, screening: Screening) -> None:
    decide_all(session, screening)
    session.commit()
    before = public_revision(session)
    publish(session, screening)
    session.commit()
    assert public_revision(session) == before + 1


def test_decision_older_than_an_answer_is_left_out(session: Session, screening: Screening) -> None:
    decide_all(session, screening)
    changed, *others = screening.applications
    time_stamp(changed)
    session.flush()
    assert publish(session, screening) == others
    assert (changed.state, changed.decision) == ("in_review", Decision.ACCEPT)
    stage_decision(session, screening.organiser.actor, changed, Decision.ACCEPT)
    assert publish(session, screening) == [changed]


def test_quotas_are_counted_again_when_published(session: Session, screening: Screening) -> None:
    actor, (first, second, _third) = screening.organiser.actor, screening.applications
    stage_decision(session, actor, first, Decision.ACCEPT)
    stage_decision(session, actor, second, Decision.ACCEPT)
    set_quota(session, actor, screening.fair, "product_group", "food", least=None, most=1)
    with pytest.raises(Refused) as caught:
        publish(session, screening)
    assert (caught.value.reason, first.state, letters(session)) == ("quota_full_group", "in_review", [])
    stage_decision(session, actor, second, Decision.ACCEPT, beyond_quota=True)
    assert publish(session, screening) == [first, second]
