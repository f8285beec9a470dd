"""The job that answers a proposal: a quick draft first, then the proved answer, checked before anything is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NoReturn

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from exhibitors.allocation.optimiser.applicants import ask
from exhibitors.allocation.optimiser.independent_check import violations
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.optimiser.reading import read_instance
from exhibitors.allocation.proposals.allocation_proposal import (
    UNFINISHED,
    AllocationProposal,
    Candidates,
    ProposalState,
    ProposedSeat,
    move_proposal,
)
from exhibitors.allocation.proposals.explained_outcome import explain_outcomes
from exhibitors.allocation.proposals.fair_facts import fair_facts
from exhibitors.allocation.proposals.quotas_in_heads import missed_quotas
from exhibitors.allocation.proposals.solver_process import (
    Impossible,
    RunningSolver,
    SolverEnded,
    SolverUnwanted,
    solving,
)
from foundation import clock
from foundation.actor import SYSTEM
from foundation.database import reading_only

MAKE_PROPOSAL = "make_proposal"
DRAFT, PROOF_SECONDS = 0, 30
PROVED_UP_TO = 600
GIVEN_UP_AFTER = timedelta(minutes=15)


class StoppedWork(Exception):
    """The organiser called it off, or it cannot be answered; what is to be said about it is stored already."""


def work_on_proposal(session: Session, proposal_id: int) -> AllocationProposal | None:
    """Answer it and commit each step; None when somebody else has it or it was called off before."""
    proposal = session.scalar(
        select(AllocationProposal)
        .where(AllocationProposal.id == proposal_id, AllocationProposal.state == ProposalState.QUEUED)
        .with_for_update(skip_locked=True)
    )
    if proposal is None:
        session.rollback()
        return None
    move_proposal(session, SYSTEM, proposal, "start")
    question, policy = proposal.question, proposal.policy
    session.commit()
    asked = json.loads(question)
    changes_only = asked["published"] is not None  # the least change is proved at once
    is_proved = len(asked["applications"]) <= PROVED_UP_TO and not changes_only
    efforts = [DRAFT, PROOF_SECONDS] if is_proved else [DRAFT]
    try:
        with solving(question, policy, efforts) as solver:
            for _ in efforts:
                _keep(session, proposal, _answer(session, proposal, solver))
    except StoppedWork:
        return proposal
    _finish(session, proposal, "finish")
    return proposal


def work_on_waiting(session: Session) -> int:
    """Answer what nobody has begun, and give up what a process that died had begun; answers how many were answered."""
    lost = session.scalars(
        select(AllocationProposal).where(
            AllocationProposal.state == ProposalState.RUNNING,
            AllocationProposal.started_at < clock.now() - GIVEN_UP_AFTER,
        )
    ).all()
    for proposal in lost:
        proposal.findings = [*proposal.findings, {"code": "interrupted"}]
        move_proposal(session, SYSTEM, proposal, "fail")
    waiting = session.scalars(
        select(AllocationProposal.id)
        .where(AllocationProposal.state == ProposalState.QUEUED)
        .order_by(AllocationProposal.id)
    ).all()
    session.commit()
    return sum(work_on_proposal(session, proposal_id) is not None for proposal_id in waiting)


def _answer(session: Session, proposal: AllocationProposal, solver: RunningSolver) -> str:
    """What the optimiser says next; nothing of the database is held meanwhile."""
    try:
        return solver.next_answer(lambda: _still_wanted(session, proposal))
    except SolverUnwanted:
        raise StoppedWork from None
    except Impossible as impossible:
        no = impossible.no
        clashes = [{"code": f"clash {one['code']}"} | _subject(one) for one in no["clashes"]]
        _give_up(session, proposal, clashes or [{"code": no["reason"], "sentence": no["sentence"]}])
    except SolverEnded as ended:
        _give_up(session, proposal, [{"code": "crashed", "sentence": str(ended)[-200:]}])


def _keep(session: Session, proposal: AllocationProposal, answer: str) -> None:
    """Store an answer that the independent check finds whole; one that is not ends the proposal with what was found."""
    solution = json.loads(answer)
    instance = read_instance(proposal.question)
    assignments: dict[str, list[str]] = solution["assignments"]
    broken = violations(instance, assignments)
    if broken:
        _give_up(session, proposal, [{"code": f"broken {one.code}", "subject": one.subject} for one in broken])
    _lock(session, proposal)
    if not proposal.is_at_work:
        session.rollback()
        raise StoppedWork
    proposal.answer = answer
    proposal.levels = solution["meta"]["levels"]
    proposal.is_proved = bool(solution["meta"]["proved"])
    proposal.has_draft = True
    explained = explain_outcomes(ask(instance), assignments, Policy(proposal.policy))
    for outcome in proposal.outcomes:
        why = explained[outcome.number]
        outcome.score, outcome.rank, outcome.waiting = why.score, why.rank, why.waiting
        outcome.next_best, outcome.reasons = why.next_best, list(why.reasons)
    kept = [one for one in proposal.findings if one["code"] == "kept_back"]
    offers = [
        {"code": "better_booth", "subject": one["application"], "booths": one["booths"]}
        for one in solution["meta"].get("offers", ())
    ]
    proposal.findings = kept + offers + _seat(session, proposal, assignments)
    session.commit()


def _seat(
    session: Session, proposal: AllocationProposal, assignments: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Replace the seats of an earlier answer; answers the quotas that these seats do not keep, one by one."""
    facts = fair_facts(session, proposal.fair, Candidates(proposal.candidates))
    booth_of = {facts.booth_names[booth.id]: booth for booth in facts.booths}
    applications = {outcome.number: outcome.application_id for outcome in proposal.outcomes}
    session.execute(delete(ProposedSeat).where(ProposedSeat.proposal_id == proposal.id))
    seats = {
        applications[number]: [booth_of[name] for name in names if name in booth_of]
        for number, names in assignments.items()
    }
    session.add_all(
        ProposedSeat(proposal_id=proposal.id, application_id=application_id, booth_id=booth.id)
        for application_id, booths in seats.items()
        for booth in booths
    )
    return [
        {"code": "quota", "quota": one.quota.id, "given": one.given, "least": one.least, "most": one.most}
        for one in missed_quotas(facts, seats)
    ]


def _still_wanted(session: Session, proposal: AllocationProposal) -> bool:
    with reading_only():
        session.refresh(proposal, ["state"])
        session.rollback()
    return proposal.is_at_work


def _give_up(session: Session, proposal: AllocationProposal, findings: list[dict[str, Any]]) -> NoReturn:
    _lock(session, proposal)
    proposal.findings = [*proposal.findings, *findings]
    _finish(session, proposal, "fail")
    raise StoppedWork


def _finish(session: Session, proposal: AllocationProposal, move: str) -> None:
    _lock(session, proposal)
    if proposal.state in UNFINISHED:
        move_proposal(session, SYSTEM, proposal, move)
    session.commit()


def _lock(session: Session, proposal: AllocationProposal) -> None:
    session.refresh(proposal, ["state"], with_for_update={"of": AllocationProposal})


def _subject(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"subject": one["subject"], "detail": one["detail"]}
