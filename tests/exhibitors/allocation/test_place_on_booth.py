"""One booth, one holder: placing, moving, swapping, vacating, and two takers at the same moment."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.floor_plans.booth_holders import booth_is_held
from events.floor_plans.draw_floor_plan import block_booth
from exhibitors.allocation.booth_assignment import AssignmentState, BoothAssignment, assignments_of, holder_of
from exhibitors.allocation.booth_states import booth_states
from exhibitors.allocation.place_on_booth import move_to_booth, place_on_booth, swap_booths, vacate_booth
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation.database import make_session
from foundation.refusal import Refused
from tests.cast import BASE_URL, a_draft_fair, a_zone
from tests.exhibitors.allocation.conftest import Screening

ROUNDS = 20
THREADS = 20


def reason_of(caught: pytest.ExceptionInfo[Refused]) -> str:
    return caught.value.reason


def test_place_holds_the_booth(session: Session, screening: Screening) -> None:
    application, booth = screening.applications[0], screening.booth("A01")
    take_up(session, screening.organiser.actor, application)
    assignment = place_on_booth(session, screening.organiser.actor, application, booth)
    assert holder_of(session, booth.id) is assignment
    assert assignment.state == AssignmentState.PROPOSED
    assert booth_is_held(session, booth)
    standing = {row.booth.code: (row.state, row.holder) for row in booth_states(session, booth.zone.plan)}
    assert standing["A01"] == ("proposed", application.producer.name_vi)
    assert standing["A02"] == ("free", "")


def test_place_twice_gives_the_same_assignment(session: Session, screening: Screening) -> None:
    application, booth = screening.applications[0], screening.booth("A01")
    take_up(session, screening.organiser.actor, application)
    first = place_on_booth(session, screening.organiser.actor, application, booth)
    assert place_on_booth(session, screening.organiser.actor, application, booth) is first


def test_place_names_the_holder_when_the_booth_is_taken(session: Session, screening: Screening) -> None:
    first, second, _ = screening.applications
    for application in (first, second):
        take_up(session, screening.organiser.actor, application)
    held = place_on_booth(session, screening.organiser.actor, first, screening.booth("A01"))
    with pytest.raises(Refused) as caught:
        place_on_booth(session, screening.organiser.actor, second, screening.booth("A01"))
    assert reason_of(caught) == "booth_taken"
    assert caught.value.facts == {"booth": "A01", "holder": first.producer.name_vi, "since": held.assigned_at}


def test_place_refuses_more_booths_than_wanted(session: Session, screening: Screening) -> None:
    application = screening.applications[0]
    take_up(session, screening.organiser.actor, application)
    place_on_booth(session, screening.organiser.actor, application, screening.booth("A01"))
    with pytest.raises(Refused) as caught:
        place_on_booth(session, screening.organiser.actor, application, screening.booth("A02"))
    assert reason_of(caught) == "too_many_booths"


def test_place_refuses_a_new_application(session: Session, screening: Screening) -> None:
    with pytest.raises(Refused) as caught:
        place_on_booth(session, screening.organiser.actor, screening.applications[0], screening.booth("A01"))
    assert reason_of(caught) == "not_ready_for_booth"


def test_place_refuses_a_staged_refusal(session: Session, screening: Screening) -> None:
    application = screening.applications[0]
    stage_decision(
        session,
        screening.organiser.actor,
        application,
        Decision.REJECT,
        reason="Hết chỗ",
        reason_code=ReasonCode.NO_ROOM,
    )
    with pytest.raises(Refused) as caught:
        place_on_booth(session, screening.organiser.actor, application, screening.booth("A01"))
    assert reason_of(caught) == "decision_against_booth"


def test_place_refuses_a_blocked_booth_and_a_booth_of_another_fair(session: Session, screening: Screening) -> None:
    organiser, application = screening.organiser, screening.applications[0]
    take_up(session, organiser.actor, application)
    block_booth(session, organiser.actor, screening.booth("A01"), "Cột điện")
    with pytest.raises(Refused) as caught:
        place_on_booth(session, organiser.actor, application, screening.booth("A01"))
    assert reason_of(caught) == "booth_blocked"
    other = a_zone(session, organiser, a_draft_fair(session, organiser, name="Hội chợ khác"), "Z", 2).booths[0]
    with pytest.raises(Refused) as caught:
        place_on_booth(session, organiser.actor, application, other)
    assert reason_of(caught) == "not_in_this_fair"


def test_vacated_booth_is_free_and_keeps_its_history(session: Session, screening: Screening) -> None:
    application, booth = screening.applications[0], screening.booth("A01")
    take_up(session, screening.organiser.actor, application)
    assignment = place_on_booth(session, screening.organiser.actor, application, booth)
    vacate_booth(session, screening.organiser.actor, assignment)
    assert vacate_booth(session, screening.organiser.actor, assignment).state == AssignmentState.RELEASED
    assert holder_of(session, booth.id) is None
    place_on_booth(session, screening.organiser.actor, application, booth)
    states = session.scalars(sa.select(BoothAssignment.state).order_by(BoothAssignment.id)).all()
    assert states == [AssignmentState.RELEASED, AssignmentState.PROPOSED]


def test_move_to_a_taken_booth_leaves_everything_as_it_was(session: Session, screening: Screening) -> None:
    first, second, _ = screening.applications
    for application in (first, second):
        take_up(session, screening.organiser.actor, application)
    held = place_on_booth(session, screening.organiser.actor, first, screening.booth("A01"))
    place_on_booth(session, screening.organiser.actor, second, screening.booth("A02"))
    with pytest.raises(Refused) as caught:
        move_to_booth(session, screening.organiser.actor, held, screening.booth("A02"))
    assert reason_of(caught) == "booth_taken"
    assert [assignment.booth.code for assignment in assignments_of(session, first.id)] == ["A01"]
    move_to_booth(session, screening.organiser.actor, held, screening.booth("B01"))
    assert [assignment.booth.code for assignment in assignments_of(session, first.id)] == ["B01"]


def test_swap_changes_both_places(session: Session, screening: Screening) -> None:
    first, second, _ = screening.applications
    for application in (first, second):
        take_up(session, screening.organiser.actor, application)
    one = place_on_booth(session, screening.organiser.actor, first, screening.booth("A01"))
    other = place_on_booth(session, screening.organiser.actor, second, screening.booth("B02"))
    now_one, now_other = swap_booths(session, screening.organiser.actor, one, other)
    assert (now_one.booth.code, now_other.booth.code) == ("B02", "A01")


def test_withdrawn_application_lets_go_of_its_booth(session: Session, screening: Screening) -> None:
    application, booth = screening.applications[0], screening.booth("A01")
    take_up(session, screening.organiser.actor, application)
    place_on_booth(session, screening.organiser.actor, application, booth)
    withdraw_application(session, screening.producers[0].actor, application, base_url=BASE_URL)
    assert holder_of(session, booth.id) is None


def test_index_refuses_a_second_live_holder(session: Session, screening: Screening) -> None:
    first, second, _ = screening.applications
    booth = screening.booth("A01")
    facts = {"booth_id": booth.id, "assigned_by": 1, "assigned_at": booth.zone.plan.fair.created_at}
    session.add(BoothAssignment(application_id=first.id, **facts))
    session.flush()
    session.add(BoothAssignment(application_id=second.id, **facts))
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()


def test_twenty_takers_of_one_booth_end_with_one_holder(
    engine: sa.Engine, session: Session, screening: Screening
) -> None:
    """Two applications, twenty threads with a session each, twenty booths in turn; losers are told who won."""
    actor = screening.organiser.actor
    rivals = screening.applications[:2]
    for application in rivals:
        take_up(session, actor, application)
    zone = a_zone(session, screening.organiser, screening.fair, "R", ROUNDS)
    booth_ids, application_ids = [booth.id for booth in zone.booths], [application.id for application in rivals]
    names = {application.id: application.producer.name_vi for application in rivals}
    session.commit()
    for booth_id in booth_ids:
        outcomes = _race(engine, screening, booth_id, application_ids)
        session.expire_all()
        holders = session.scalars(sa.select(BoothAssignment).where(BoothAssignment.booth_id == booth_id)).all()
        assert len(holders) == 1
        winner = holders[0].application_id
        told = {outcome for application_id, outcome in outcomes if application_id != winner}
        assert told == {("booth_taken", names[winner])}
        assert {outcome for application_id, outcome in outcomes if application_id == winner} == {("placed", "")}
        assert len(outcomes) == THREADS
        vacate_booth(session, actor, holders[0])
        session.commit()


def _race(
    engine: sa.Engine, screening: Screening, booth_id: int, application_ids: list[int]
) -> list[tuple[int, tuple[str, str]]]:
    outcomes: list[tuple[int, tuple[str, str]]] = []
    start = threading.Barrier(THREADS)

    def take(application_id: int) -> None:
        start.wait()
        with make_session(engine) as mine:
            outcomes.append((application_id, _try_to_place(mine, screening, booth_id, application_id)))

    threads = [threading.Thread(target=take, args=(application_ids[n % 2],)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def _try_to_place(session: Session, screening: Screening, booth_id: int, application_id: int) -> tuple[str, str]:
    booth_type = type(screening.booths[0])
    try:
        application = session.get_one(BoothApplication, application_id)
        place_on_booth(session, screening.organiser.actor, application, session.get_one(booth_type, booth_id))
        session.commit()
    except Refused as refusal:
        session.rollback()
        return refusal.reason, str(refusal.facts.get("holder", ""))
    return "placed", ""
