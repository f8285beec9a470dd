"""Whoever stands aside from a unit puts a whole proposal on the board, as computed: it is told, and decides nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import actor_for, enrol
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.proposals.adopt_proposal import adopt_proposal, adopter_of
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, Candidates
from exhibitors.allocation.proposals.undo_adoption import undo_adoption
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.review.score_applications import stand_aside
from exhibitors.applications.screen_applications import take_up
from foundation.actor import Actor, Role
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.cast import a_member
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.exhibitors.conftest import Visitor
from tests.scenes import Play


def told_aside(session: Session) -> list[tuple[str, int | None]]:
    """The acts of the trail that speak of somebody standing aside from what moved."""
    rows = session.execute(
        sa.select(AuditEntry.what, AuditEntry.thing_id)
        .where(AuditEntry.what.in_(["proposal.seat_aside", "proposal.unseat_aside"]))
        .order_by(AuditEntry.id)
    )
    return [(what, thing) for what, thing in rows]


def booths(session: Session, screening: Screening) -> list[int]:
    """How many booths each of the three holds."""
    return [len(assignments_of(session, each.id)) for each in screening.applications]


def near_to_first(session: Session, screening: Screening, how: str) -> Actor:
    """The organiser stands aside from the first unit: as said, or as its member."""
    user, first = screening.organiser.user, screening.applications[0]
    if how == "said so":
        stand_aside(session, screening.organiser.actor, first, "Người nhà")
    else:
        enrol(session, user, first.producer.organisation, Role.OWNER)
    session.commit()
    return actor_for(session, user)


@pytest.mark.parametrize("how", ["said so", "belongs to the unit"])
def test_decided_units_sit_as_computed_and_the_history_says_who_did_it(
    session: Session, accepted: Screening, how: str
) -> None:
    actor = near_to_first(session, accepted, how)
    proposal = a_proposal(session, accepted)
    adoption = adopt_proposal(session, actor, proposal)
    assert (booths(session, accepted), adoption.impossible) == ([1, 1, 1], [])
    first = accepted.applications[0].id
    assert told_aside(session) == [("proposal.seat_aside", first)]
    adopter = adopter_of(session, proposal)
    assert adopter is not None
    assert (adopter.name, adopter.aside) == (accepted.organiser.user.name, 1)
    undo_adoption(session, actor, proposal)
    assert booths(session, accepted) == [0, 0, 0]
    assert told_aside(session) == [("proposal.seat_aside", first), ("proposal.unseat_aside", first)]


def test_nobody_near_is_told_of_nobody(play: Play, session: Session, accepted: Screening) -> None:
    proposal = play(a_proposal, accepted)
    adopt_proposal(session, accepted.organiser.actor, proposal)
    adopter = adopter_of(session, proposal)
    assert adopter is not None
    assert (adopter.aside, told_aside(session)) == (0, [])


def reviewed(session: Session, screening: Screening) -> AllocationProposal:
    """All three are in review, undecided, and have seats in a proposal."""
    for application in screening.applications:
        take_up(session, screening.organiser.actor, application)
    session.commit()
    return a_proposal(session, screening, candidates=Candidates.REVIEWED)


def test_undecided_unit_waits_for_a_colleague(play: Play, session: Session, screening: Screening) -> None:
    proposal = play(reviewed, screening)
    actor = near_to_first(session, screening, "belongs to the unit")
    adoption = adopt_proposal(session, actor, proposal)
    assert booths(session, screening) == [0, 1, 1]
    assert [one.decision for one in screening.applications] == [None, Decision.ACCEPT, Decision.ACCEPT]
    left = [(one.application.id, one.refusal.reason) for one in adoption.impossible]
    assert left == [(screening.applications[0].id, "left_to_colleague")]
    assert told_aside(session) == []


def test_acceptance_noted_by_a_colleague_is_not_undone(play: Play, session: Session, screening: Screening) -> None:
    proposal = play(reviewed, screening)
    adopt_proposal(session, screening.organiser.actor, proposal)
    actor = near_to_first(session, screening, "said so")
    with pytest.raises(Refused, match="undo_left_to_colleague"):
        undo_adoption(session, actor, proposal)
    session.rollback()
    assert booths(session, screening) == [1, 1, 1]
    colleague = actor_for(session, a_member(session, screening.organiser, Role.MANAGER, "khac@halong.example").user)
    assert undo_adoption(session, colleague, proposal) == 3
    assert booths(session, screening) == [0, 0, 0]


def test_page_says_so_before_and_afterwards(
    visit: Callable[..., Visitor], session: Session, accepted: Screening
) -> None:
    near_to_first(session, accepted, "belongs to the unit")
    number, slug = a_proposal(session, accepted).number, accepted.fair.slug
    name, unit = accepted.organiser.user.name, accepted.producers[0].producer.name_vi
    colleague = a_member(session, accepted.organiser, Role.MANAGER, "khac@halong.example").user.email
    session.commit()
    near, other = visit(accepted.organiser.user.email), visit(colleague)
    here = f"/organise/fairs/{slug}/proposals/{number}"
    page = near.get(here).text
    assert (unit in page, "Bạn không tham gia xét 1 đơn vị" in page) == (False, True)
    assert "Bạn không tham gia xét 1 đơn vị" not in other.get(here).text
    assert near.post(f"{here}/adopt").status_code == 303
    said = f"{name}, người đưa lên bảng, không tham gia xét 1 đơn vị đổi chỗ theo phương án"
    assert [said in browser.get(here).text for browser in (near, other)] == [True, True]
