"""One proposal put over another: acceptances that only the first one noted go with the seats they were noted for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events.floor_plans.draw_floor_plan import block_booth
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.place_on_booth import vacate_booth
from exhibitors.allocation.proposals.adopt_proposal import adopt_proposal
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, Candidates
from exhibitors.allocation.proposals.undo_adoption import undo_adoption
from exhibitors.allocation.publish_decisions import staged_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.screen_applications import stage_decision, take_up
from exhibitors.calls.set_up_quotas import set_quota
from foundation import clock
from foundation.refusal import Refused
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.exhibitors.allocation.proposals.test_adopt_aside import booths, near_to_first
from tests.scenes import Play

ACCEPT = Decision.ACCEPT


def one_booth_for_three(session: Session, screening: Screening) -> Screening:
    """One booth in use; the first unit applied before the others, the third has more points; nothing is decided."""
    actor = screening.organiser.actor
    for booth in screening.booths[1:]:
        block_booth(session, actor, booth, "Chưa dựng")
    screening.applications[2].producer.products[0].stars = 5
    for application in screening.applications:
        take_up(session, actor, application)
    return screening


@pytest.fixture
def scarce(play: Play, screening: Screening) -> Screening:
    """One booth in use; the first unit applied before the others, the third has more points; nothing is decided."""
    return play(one_booth_for_three, screening)


def decisions(screening: Screening) -> list[Decision | None]:
    return [one.decision for one in screening.applications]


def by_turn(session: Session, screening: Screening) -> AllocationProposal:
    """The first unit has the booth."""
    return a_proposal(session, screening, policy=Policy.FIRST_COME, candidates=Candidates.REVIEWED)


def by_points(session: Session, screening: Screening) -> AllocationProposal:
    """The third unit has the booth."""
    return a_proposal(session, screening, policy=Policy.STRICT_MERIT, candidates=Candidates.REVIEWED)


def adopted_by_turn(session: Session, screening: Screening) -> AllocationProposal:
    proposal = by_turn(session, screening)
    adopt_proposal(session, screening.organiser.actor, proposal)
    session.commit()
    assert (booths(session, screening), decisions(screening)) == ([1, 0, 0], [ACCEPT, None, None])
    return proposal


def test_acceptance_of_the_former_proposal_goes_with_its_seat(play: Play, session: Session, scarce: Screening) -> None:
    play(adopted_by_turn, scarce)
    adopt_proposal(session, scarce.organiser.actor, play(by_points, scarce))
    assert (booths(session, scarce), decisions(scarce)) == ([0, 0, 1], [None, None, ACCEPT])
    assert staged_decisions(session, scarce.fair) == [scarce.applications[2]]


def test_undone_and_adopted_again_it_comes_and_goes_again(play: Play, session: Session, scarce: Screening) -> None:
    actor, former = scarce.organiser.actor, play(adopted_by_turn, scarce)
    proposal = play(by_points, scarce)
    for _ in range(2):
        adopt_proposal(session, actor, proposal)
        assert (booths(session, scarce), decisions(scarce)) == ([0, 0, 1], [None, None, ACCEPT])
        undo_adoption(session, actor, proposal)
        assert (booths(session, scarce), decisions(scarce)) == ([1, 0, 0], [ACCEPT, None, None])
    undo_adoption(session, actor, former)
    assert (booths(session, scarce), decisions(scarce)) == ([0, 0, 0], [None, None, None])


@pytest.mark.parametrize("when", ["before", "afterwards"])
def test_acceptance_that_a_person_recorded_stands(play: Play, session: Session, scarce: Screening, when: str) -> None:
    actor, first = scarce.organiser.actor, scarce.applications[0]
    if when == "before":
        stage_decision(session, actor, first, ACCEPT)
    play(adopted_by_turn, scarce)
    if when == "afterwards":
        with clock.as_of(clock.now() + timedelta(minutes=1)):
            stage_decision(session, actor, first, ACCEPT)
    adopt_proposal(session, actor, play(by_points, scarce))
    assert (booths(session, scarce), decisions(scarce)) == ([0, 0, 1], [ACCEPT, None, ACCEPT])


def test_whoever_was_taken_off_by_hand_loses_it_too(play: Play, session: Session, scarce: Screening) -> None:
    actor = scarce.organiser.actor
    play(adopted_by_turn, scarce)
    [held] = assignments_of(session, scarce.applications[0].id)
    vacate_booth(session, actor, held)
    adoption = adopt_proposal(session, actor, play(by_points, scarce))
    assert (adoption.vacated, decisions(scarce)) == ([], [None, None, ACCEPT])


def test_quota_that_the_former_filled_has_room_for_the_next(play: Play, session: Session, scarce: Screening) -> None:
    actor = scarce.organiser.actor
    group = scarce.applications[0].goods[0].product.group.key
    set_quota(session, actor, scarce.fair, "product_group", group, least=None, most=1)
    play(adopted_by_turn, scarce)
    proposal = play(by_points, scarce)
    adoption = adopt_proposal(session, actor, proposal)
    assert (adoption.impossible, decisions(scarce)) == ([], [None, None, ACCEPT])
    undo_adoption(session, actor, proposal)
    assert decisions(scarce) == [ACCEPT, None, None]


def test_whoever_stands_aside_leaves_it_to_a_colleague(play: Play, session: Session, scarce: Screening) -> None:
    play(adopted_by_turn, scarce)
    proposal = play(by_points, scarce)
    adoption = adopt_proposal(session, near_to_first(session, scarce, "said so"), proposal)
    assert (booths(session, scarce), decisions(scarce)) == ([0, 0, 1], [ACCEPT, None, ACCEPT])
    left = [(one.application, one.refusal.reason) for one in adoption.impossible]
    assert left == [(scarce.applications[0], "acceptance_left_to_colleague")]


def test_whoever_stands_aside_does_not_note_it_again(play: Play, session: Session, scarce: Screening) -> None:
    play(adopted_by_turn, scarce)
    proposal = play(by_points, scarce)
    adopt_proposal(session, scarce.organiser.actor, proposal)
    actor = near_to_first(session, scarce, "said so")
    with pytest.raises(Refused, match="undo_left_to_colleague"):
        undo_adoption(session, actor, proposal)
