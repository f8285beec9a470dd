"""Two units on one booth: by hand only, two at most, each with its own place; whoever is left has it alone."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exhibitors.allocation.booth_assignment import (
    AssignmentState,
    BoothAssignment,
    assignments_of,
    holders_of,
    move_assignment,
)
from exhibitors.allocation.booth_states import booth_states
from exhibitors.allocation.fair_dashboard import dashboard_of
from exhibitors.allocation.hand_move import keep_hand_move
from exhibitors.allocation.organiser_desk import count_booths
from exhibitors.allocation.place_on_booth import (
    move_to_booth,
    place_on_booth,
    share_booth,
    swap_booths,
    vacate_booth,
)
from exhibitors.allocation.publish_decisions import booths_needed
from exhibitors.allocation.undo_hand_move import redo_hand_move, undo_hand_move
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import take_up
from exhibitors.applications.wished_places import booths_held
from foundation.database import make_session
from foundation.refusal import Refused
from tests.cast import a_zone
from tests.exhibitors.allocation.conftest import Screening

THREADS = 20


@pytest.fixture
def pair(session: Session, screening: Screening) -> tuple[BoothAssignment, BoothAssignment]:
    """The first two units on A01."""
    for application in screening.applications:
        take_up(session, screening.organiser.actor, application)
    first = place_on_booth(session, screening.organiser.actor, screening.applications[0], screening.booth("A01"))
    second = share_booth(session, screening.organiser.actor, screening.applications[1], first)
    session.flush()
    return first, second


def codes_of(session: Session, application: BoothApplication) -> list[str]:
    return [one.booth.code for one in assignments_of(session, application.id)]


def test_two_share_a_booth_and_a_third_finds_it_full(
    session: Session, screening: Screening, pair: tuple[BoothAssignment, BoothAssignment]
) -> None:
    actor, third, booth = screening.organiser.actor, screening.applications[2], screening.booth("A01")
    assert [one.share_position for one in pair] == [1, 2]
    assert share_booth(session, actor, pair[1].application, pair[0]) is pair[1]
    for beside in pair:
        with pytest.raises(Refused, match="booth_shared"):
            share_booth(session, actor, third, beside)
    with pytest.raises(Refused, match="booth_taken"):
        place_on_booth(session, actor, third, booth)
    facts = {"booth_id": booth.id, "application_id": third.id, "assigned_by": 1, "assigned_at": pair[0].assigned_at}
    for position in (1, 2, 3):
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            session.add(BoothAssignment(**facts, share_position=position))


def test_one_booth_is_counted_once_wherever_booths_are_counted(
    session: Session, screening: Screening, pair: tuple[BoothAssignment, BoothAssignment]
) -> None:
    booth, names = pair[0].booth, [one.application.producer.name_vi for one in pair]
    standing = next(one for one in booth_states(session, booth.zone.plan) if one.booth.id == booth.id)
    assert (standing.holder, standing.is_shared) == (" + ".join(names), True)
    assert len(booth_states(session, booth.zone.plan)) == len(screening.booths)
    hidden = frozenset({pair[0].application_id})
    standing = next(one for one in booth_states(session, booth.zone.plan, hidden) if one.booth.id == booth.id)
    assert (standing.holder, standing.application_code) == (names[1], pair[1].application.code)
    counts = count_booths(session, [screening.fair.id])[screening.fair.id]
    assert (counts.usable, counts.usable - counts.free) == (len(screening.booths), 1)
    zone = next(one for one in dashboard_of(session, screening.fair).zones if one.code == booth.zone.code)
    assert zone.free == sum(one.zone_id == booth.zone_id for one in screening.booths) - 1
    assert booths_needed(session, [one.application for one in pair]) == 1
    assert booths_held(session, [booth.id]) == frozenset()
    move_assignment(session, screening.organiser.actor, pair[1], "publish")
    session.flush()
    assert booths_held(session, [booth.id]) == {booth.id}


@pytest.mark.parametrize("leaver", [0, 1])
def test_whoever_is_left_has_the_booth_alone_and_may_be_joined_again(
    session: Session, screening: Screening, pair: tuple[BoothAssignment, BoothAssignment], leaver: int
) -> None:
    actor, left, stays = screening.organiser.actor, pair[leaver], pair[1 - leaver]
    vacate_booth(session, actor, left)
    session.flush()
    assert [(one.id, one.share_position) for one in holders_of(session, stays.booth_id)] == [(stays.id, 1)]
    with pytest.raises(Refused, match="booth_taken"):
        place_on_booth(session, actor, left.application, stays.booth)
    with pytest.raises(Refused, match="nobody_beside"):
        share_booth(session, actor, screening.applications[2], left)
    again = share_booth(session, actor, screening.applications[2], stays)
    assert again.share_position == 2


def test_a_holder_who_was_told_is_not_joined_without_a_word(
    session: Session, screening: Screening, pair: tuple[BoothAssignment, BoothAssignment]
) -> None:
    actor = screening.organiser.actor
    vacate_booth(session, actor, pair[1])
    move_assignment(session, actor, pair[0], "publish")
    with pytest.raises(Refused, match="reason_missing"):
        share_booth(session, actor, screening.applications[2], pair[0], reason=" ")
    joined = share_booth(session, actor, screening.applications[2], pair[0], reason="Hết gian")
    assert (joined.state, joined.reason, pair[0].state) == ("proposed", "Hết gian", AssignmentState.PUBLISHED)


def test_one_of_two_moves_away_and_nobody_swaps_onto_the_other(
    session: Session, screening: Screening, pair: tuple[BoothAssignment, BoothAssignment]
) -> None:
    actor, third = screening.organiser.actor, screening.applications[2]
    alone = place_on_booth(session, actor, third, screening.booth("A02"))
    with pytest.raises(Refused, match="booth_taken"):
        swap_booths(session, actor, alone, pair[0])
    assert [codes_of(session, one) for one in screening.applications] == [["A01"], ["A01"], ["A02"]]
    move_to_booth(session, actor, pair[0], screening.booth("B01"))
    assert [codes_of(session, one) for one in screening.applications] == [["B01"], ["A01"], ["A02"]]


def test_sharing_is_taken_back_and_done_again_beside_the_same_unit(session: Session, screening: Screening) -> None:
    actor, fair = screening.organiser.actor, screening.fair
    for application in screening.applications:
        take_up(session, actor, application)
    one, two, three = screening.applications
    first = place_on_booth(session, actor, one, screening.booth("A01"))
    keep_hand_move(session, actor, fair, [two], lambda: share_booth(session, actor, two, first))
    undo_hand_move(session, actor, fair)
    assert (codes_of(session, one), codes_of(session, two)) == (["A01"], [])
    redo_hand_move(session, actor, fair)
    assert [held.application_id for held in holders_of(session, first.booth_id)] == [one.id, two.id]
    keep_hand_move(session, actor, fair, [one], lambda: vacate_booth(session, actor, first))
    undo_hand_move(session, actor, fair)
    assert [held.application_id for held in holders_of(session, first.booth_id)] == [two.id, one.id]
    undo_hand_move(session, actor, fair)
    assert [held.application_id for held in holders_of(session, first.booth_id)] == [one.id]
    vacate_booth(session, actor, holders_of(session, first.booth_id)[0])
    place_on_booth(session, actor, three, screening.booth("A01"))
    with pytest.raises(Refused, match="booth_taken"):
        redo_hand_move(session, actor, fair)


def test_twenty_who_would_share_one_booth_end_with_one_beside_its_holder(
    engine: sa.Engine, session: Session, screening: Screening
) -> None:
    """Two rivals, twenty threads, eight booths in turn, each with a holder of its own."""
    actor = screening.organiser.actor
    for application in screening.applications:
        take_up(session, actor, application)
    host, rivals = screening.applications[0], [one.id for one in screening.applications[1:]]
    zone = a_zone(session, screening.organiser, screening.fair, "R", 8)
    session.commit()
    for booth in zone.booths:
        held = place_on_booth(session, actor, host, booth)
        held_id = held.id
        session.commit()
        outcomes = _race(engine, screening, held_id, rivals)
        session.expire_all()
        there = holders_of(session, booth.id)
        assert [one.share_position for one in there] == [1, 2]
        winner = there[1].application_id
        assert {said for number, said in outcomes if number == winner} == {"shared"}
        assert {said for number, said in outcomes if number != winner} == {"booth_shared"}
        assert len(outcomes) == THREADS
        for one in there:
            vacate_booth(session, actor, one)
        session.commit()


def _race(engine: sa.Engine, screening: Screening, held_id: int, rivals: list[int]) -> list[tuple[int, str]]:
    outcomes: list[tuple[int, str]] = []
    start, actor = threading.Barrier(THREADS), screening.organiser.actor

    def join(application_id: int) -> None:
        start.wait()
        with make_session(engine) as mine:
            application = mine.get_one(BoothApplication, application_id)
            try:
                share_booth(mine, actor, application, mine.get_one(BoothAssignment, held_id))
            except Refused as refusal:
                mine.rollback()
                outcomes.append((application_id, refusal.reason))
            else:
                mine.commit()
                outcomes.append((application_id, "shared"))

    threads = [threading.Thread(target=join, args=(rivals[n % 2],)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
