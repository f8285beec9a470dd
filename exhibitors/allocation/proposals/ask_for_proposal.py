"""Ask the optimiser for a proposal, or call one off; the work itself is a job beside the page."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.proposals.allocation_proposal import (
    UNFINISHED,
    AllocationProposal,
    Candidates,
    ProposedOutcome,
    move_proposal,
)
from exhibitors.allocation.proposals.fair_facts import fair_facts
from exhibitors.allocation.proposals.fair_instance import fair_instance
from exhibitors.allocation.proposals.lottery_draw import commit_draw
from exhibitors.allocation.proposals.since_asked import board_of, written
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.refusal import Refused


def ask_for_proposal(
    session: Session, actor: Actor, fair: Fair, *, policy: Policy, candidates: Candidates
) -> AllocationProposal:
    """Write down the question as the board stands now; a job answers it.

    A fair without a draw gets one first. Refuses `proposal_at_work` while another one is being made,
    `nothing_to_allocate` (no booth on any plan) and `nobody_to_place`.
    """
    draw = commit_draw(session, actor, fair)  # locks the fair
    _refuse_second(session, fair)
    facts = fair_facts(session, fair, candidates)
    if not facts.booths:
        raise Refused("nothing_to_allocate")
    if not facts.applications:
        raise Refused("nobody_to_place")
    made = fair_instance(facts, draw)
    last = session.scalar(select(func.max(AllocationProposal.number)).where(AllocationProposal.fair_id == fair.id))
    proposal = AllocationProposal(
        fair=fair,
        number=(last or 0) + 1,
        policy=policy.value,
        candidates=candidates.value,
        question=written(made),
        board=board_of(facts),
        made_by=actor.user_id,
        made_at=clock.now(),
        findings=[
            {"code": "kept_back", "quota": one.quota.id, "booths": [booth.code for booth in one.booths]}
            for one in made.kept_back
        ],
        outcomes=[
            ProposedOutcome(application_id=application_id, number=number)
            for number, application_id in made.application_ids.items()
        ],
    )
    session.add(proposal)
    session.flush()
    facts_of_run = {"number": proposal.number, "policy": policy.value, "candidates": candidates.value}
    record(session, actor, "proposal.ask", proposal, fair_id=fair.id, new=facts_of_run)
    return proposal


def cancel_proposal(session: Session, actor: Actor, proposal: AllocationProposal) -> AllocationProposal:
    """Call the job off; one that has ended is returned as it stands."""
    session.refresh(proposal, with_for_update={"of": AllocationProposal})
    if proposal.is_at_work:
        move_proposal(session, actor, proposal, "cancel")
    return proposal


def _refuse_second(session: Session, fair: Fair) -> None:
    at_work = session.scalar(
        select(AllocationProposal.number).where(
            AllocationProposal.fair_id == fair.id, AllocationProposal.state.in_([state.value for state in UNFINISHED])
        )
    )
    if at_work is not None:
        raise Refused("proposal_at_work", number=at_work)
