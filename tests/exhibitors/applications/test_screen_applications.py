"""Screening: staging, asking for changes, bringing back, and every move that the table does not know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from exhibitors.applications.application_moves import ENDED, MOVES, ApplicationState, By, Decision
from exhibitors.applications.apply_for_booth import save_application, submit_application, withdraw_application
from exhibitors.applications.asked_points import Difference, Point, differences
from exhibitors.applications.booth_application import BoothApplication, move_application, time_stamp
from exhibitors.applications.cancel_application import cancel_application
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.let_changes_lapse import extend_changes, let_changes_lapse
from exhibitors.applications.screen_applications import ask_for_changes, reinstate, stage_decision, take_up
from foundation import clock
from foundation.outbox import letters_about
from foundation.refusal import Refused
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    ProducerPlayer,
    a_producer,
    a_submitted_application,
    an_open_fair,
)
from tests.scenes import Play


@pytest.fixture
def producer(play: Play) -> ProducerPlayer:
    return play(a_producer)


@pytest.fixture
def application(play: Play, organiser: OrganiserPlayer, producer: ProducerPlayer) -> BoothApplication:
    return play(a_submitted_application, play(an_open_fair, organiser, booths=2), producer)


def test_staging_takes_a_new_application_up(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication
) -> None:
    stage_decision(session, organiser.actor, application, Decision.ACCEPT)
    assert (application.state, application.decision) == (ApplicationState.IN_REVIEW, Decision.ACCEPT)
    assert [letter.kind for letter in letters_about(session, application.id)] == ["receipt"]


def test_staged_decision_is_taken_back(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication
) -> None:
    stage_decision(
        session, organiser.actor, application, Decision.REJECT, reason="Hết gian", reason_code=ReasonCode.NO_ROOM
    )
    stage_decision(session, organiser.actor, application, None)
    assert (application.decision, application.decision_reason) == (None, "")


@pytest.mark.parametrize("decision", [Decision.WAITLIST, Decision.REJECT])
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_negative_decision_needs_a_reason(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication, decision: Decision, reason: str
) -> None:
    with pytest.raises(Refused) as caught:
        stage_decision(session, organiser.actor, application, decision, reason=reason, reason_code=ReasonCode.OTHER)
    assert caught.value.reason == "reason_missing"
    assert application.state == ApplicationState.SUBMITTED


@pytest.mark.parametrize("decision", [Decision.WAITLIST, Decision.REJECT])
def test_negative_decision_needs_a_reason_code(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication, decision: Decision
) -> None:
    with pytest.raises(Refused) as caught:
        stage_decision(session, organiser.actor, application, decision, reason="Hết gian")
    assert caught.value.reason == "reason_code_missing"
    assert application.state == ApplicationState.SUBMITTED


def test_answer_given_after_a_decision_was_noted_is_seen(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication
) -> None:
    stage_decision(session, organiser.actor, application, Decision.ACCEPT)
    assert not application.answered_since
    time_stamp(application)
    assert application.answered_since
    stage_decision(session, organiser.actor, application, Decision.ACCEPT)
    assert not application.answered_since


def test_second_of_two_deciders_is_told(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication
) -> None:
    seen = application.version
    stage_decision(session, organiser.actor, application, Decision.ACCEPT, expected_version=seen)
    with pytest.raises(Refused) as caught:
        stage_decision(
            session,
            organiser.actor,
            application,
            Decision.REJECT,
            reason="x",
            reason_code=ReasonCode.NO_ROOM,
            expected_version=seen,
        )
    assert caught.value.reason == "decided_meanwhile"
    assert application.decision is Decision.ACCEPT


def test_changes_go_to_the_producer_and_come_back(
    session: Session, organiser: OrganiserPlayer, producer: ProducerPlayer, application: BoothApplication
) -> None:
    stage_decision(session, organiser.actor, application, Decision.ACCEPT)
    due = clock.now() + timedelta(days=3)
    ask_for_changes(session, organiser.actor, application, points="Bổ sung ngày cấp", due_at=due, base_url=BASE_URL)
    assert (application.state, application.decision) == (ApplicationState.NEEDS_CHANGES, None)
    assert letters_about(session, application.id)[0].kind == "changes_asked"
    submit_application(session, producer.actor, application, rules_accepted=True, pledge_given=True, base_url=BASE_URL)
    assert application.state == ApplicationState.IN_REVIEW


@pytest.mark.parametrize(("points", "days", "reason"), [("", 3, "reason_missing"), ("Sửa tên", -1, "due_in_past")])
def test_changes_need_points_and_a_day_to_come(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication, points: str, days: int, reason: str
) -> None:
    due = clock.now() + timedelta(days=days)
    with pytest.raises(Refused) as caught:
        ask_for_changes(session, organiser.actor, application, points=points, due_at=due, base_url=BASE_URL)
    assert caught.value.reason == reason


def test_withdrawn_application_comes_back_into_review(
    session: Session, organiser: OrganiserPlayer, producer: ProducerPlayer, application: BoothApplication
) -> None:
    withdraw_application(session, producer.actor, application, base_url=BASE_URL)
    reinstate(session, organiser.actor, application, reason="Cơ sở đổi ý")
    assert application.state == ApplicationState.IN_REVIEW


def test_reinstating_is_refused_when_the_unit_applied_again(
    session: Session, organiser: OrganiserPlayer, producer: ProducerPlayer, application: BoothApplication
) -> None:
    withdraw_application(session, producer.actor, application, base_url=BASE_URL)
    again = a_submitted_application(session, application.fair, producer)
    with pytest.raises(Refused) as caught:
        reinstate(session, organiser.actor, application, reason="Cơ sở đổi ý")
    assert (caught.value.reason, caught.value.facts) == ("applied_again", {"code": again.code})


@pytest.mark.parametrize("state", ApplicationState)
def test_only_moves_of_the_table_are_possible(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication, state: ApplicationState
) -> None:
    """Every move by every side from this state: it works exactly where the table says so."""
    for name, move in MOVES.items():
        for side in By:
            application.state = state.value
            if state in move.froms and side in move.by:
                move_application(session, organiser.actor, application, name, side, reason="Lý do")
                assert (name, side, application.state) == (name, side, move.to.value)
                continue
            with pytest.raises(Refused) as caught:
                move_application(session, organiser.actor, application, name, side, reason="Lý do")
            assert (name, side, caught.value.reason) == (name, side, "move_impossible")
            assert application.state == state.value


@pytest.mark.parametrize("state", ApplicationState)
def test_screening_verbs_keep_to_their_states(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication, state: ApplicationState
) -> None:
    """What the verbs themselves allow, state by state; the rest is refused and leaves the state alone."""
    due = clock.now() + timedelta(days=3)
    actor = organiser.actor
    verbs = {
        "take_up": lambda: take_up(session, actor, application),
        "stage_decision": lambda: stage_decision(session, actor, application, Decision.ACCEPT),
        "ask_for_changes": lambda: ask_for_changes(
            session, actor, application, points="Sửa tên", due_at=due, base_url=BASE_URL
        ),
        "reinstate": lambda: reinstate(session, actor, application, reason="Xét lại"),
    }
    allowed = {
        "take_up": {ApplicationState.SUBMITTED},
        "stage_decision": {ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW},
        "ask_for_changes": {ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW},
        "reinstate": set(ENDED),
    }
    for name, verb in verbs.items():
        application.state = state.value
        session.flush()
        if state in allowed[name]:
            verb()
            continue
        with pytest.raises(Refused) as caught:
            verb()
        assert (name, caught.value.reason, application.state) == (name, "move_impossible", state.value)


# --- changes asked for at some points ---------------------------------------------------------------------------------


def asked(session: Session, organiser: OrganiserPlayer, application: BoothApplication, *opened: Point) -> None:
    facts = {"points": "Sửa tên bảng hiệu", "due_at": clock.now() + timedelta(days=3), "base_url": BASE_URL}
    ask_for_changes(session, organiser.actor, application, opened=opened, **facts)


def test_only_the_asked_points_are_taken_and_the_answer_shows_as_a_difference(
    session: Session, organiser: OrganiserPlayer, producer: ProducerPlayer, application: BoothApplication
) -> None:
    before = application.fascia_name
    goods = [good.product_id for good in application.goods]
    asked(session, organiser, application, Point.FASCIA)
    save_application(
        session, producer.actor, application, zone_ids=[], product_ids=[], fascia_name="Miến Bình Liêu", note="Thêm"
    )
    submit_application(session, producer.actor, application, rules_accepted=True, pledge_given=True, base_url=BASE_URL)
    assert [good.product_id for good in application.goods] == goods
    assert (len(application.wishes), application.note, application.fascia_name) == (2, "", "Miến Bình Liêu")
    assert differences(session, application) == [Difference(Point.FASCIA, before, "Miến Bình Liêu")]


def test_unmade_changes_lapse_and_more_time_can_be_given(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication
) -> None:
    asked(session, organiser, application, Point.NOTE)
    due = application.changes_due_at
    assert due is not None
    assert let_changes_lapse(session, due - timedelta(hours=1), base_url=BASE_URL) == []
    with pytest.raises(Refused) as caught:
        extend_changes(session, organiser.actor, application, due_at=due, base_url=BASE_URL)
    assert caught.value.reason == "due_not_later"
    extend_changes(session, organiser.actor, application, due_at=due + timedelta(days=2), base_url=BASE_URL)
    assert let_changes_lapse(session, due + timedelta(days=1), base_url=BASE_URL) == []
    assert let_changes_lapse(session, due + timedelta(days=3), base_url=BASE_URL) == [application]
    assert application.state == ApplicationState.WITHDRAWN
    kinds = [letter.kind for letter in letters_about(session, application.id)]
    assert kinds == ["changes_lapsed", "changes_asked", "changes_asked", "receipt"]


def test_cancelling_needs_a_reason_and_tells_it(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication
) -> None:
    application.state = ApplicationState.CONFIRMED.value
    with pytest.raises(Refused) as caught:
        cancel_application(session, organiser.actor, application, reason=" ", base_url=BASE_URL)
    assert caught.value.reason == "reason_missing"
    cancel_application(session, organiser.actor, application, reason="Vi phạm nội quy", base_url=BASE_URL)
    assert application.state == ApplicationState.CANCELLED
    assert "Vi phạm nội quy" in letters_about(session, application.id)[0].body
