"""A fair with three units noted as accepted, and a proposal that was answered for them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, Candidates
from exhibitors.allocation.proposals.ask_for_proposal import ask_for_proposal
from exhibitors.allocation.proposals.work_on_proposal import work_on_proposal
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.screen_applications import stage_decision, take_up
from tests.exhibitors.allocation.conftest import Screening
from tests.scenes import Play


def all_are_accepted(session: Session, screening: Screening) -> Screening:
    """All three are noted as accepted and stand nowhere."""
    for application in screening.applications:
        take_up(session, screening.organiser.actor, application)
        stage_decision(session, screening.organiser.actor, application, Decision.ACCEPT)
    return screening


@pytest.fixture
def accepted(play: Play, screening: Screening) -> Screening:
    """All three are noted as accepted and stand nowhere."""
    return play(all_are_accepted, screening)


def a_proposal(
    session: Session,
    screening: Screening,
    *,
    policy: Policy = Policy.BANDED_MERIT,
    candidates: Candidates = Candidates.ACCEPTED,
) -> AllocationProposal:
    """Asked for and answered, as the job answers it."""
    proposal = ask_for_proposal(
        session, screening.organiser.actor, screening.fair, policy=policy, candidates=candidates
    )
    session.commit()
    answered = work_on_proposal(session, proposal.id)
    assert answered is proposal
    return proposal
