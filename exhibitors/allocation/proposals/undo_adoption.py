"""Take a proposal off the board again: everybody goes back to where the adoption found them, or nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.booth_assignment import (
    AssignmentState,
    BoothAssignment,
    assignments_of,
    move_assignment,
)
from exhibitors.allocation.place_on_booth import place_on_booth, vacate_booth
from exhibitors.allocation.proposals.adopt_proposal import lock_proposal
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.applications.review.who_reviews import tied_at
from exhibitors.applications.screen_applications import stage_decision
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class Step:
    """What the adoption changed for one application."""

    application: BoothApplication
    before: Sequence[Booth]
    after: frozenset[int]
    was_told: bool
    was_noted: bool
    taken_back: datetime | None

    @property
    def takes_acceptance_back(self) -> bool:
        """Whether undoing this step takes back what the adoption noted."""
        in_review = self.application.current is ApplicationState.IN_REVIEW
        return self.was_noted and in_review and self.application.decision is Decision.ACCEPT

    @property
    def gives_acceptance_again(self) -> bool:
        """Whether undoing this step notes the acceptance again that the adoption took back."""
        in_review = self.application.current is ApplicationState.IN_REVIEW
        return self.taken_back is not None and in_review and self.application.decision is None


def undo_adoption(session: Session, actor: Actor, proposal: AllocationProposal) -> int:
    """Let the board stand as before the adoption; answers how many applications went back.

    Acceptances that the adoption noted are taken back, those that it took back are noted again, and a place that its
    holder had been told is told again without another letter. Refuses `nothing_to_undo`, and `board_changed` (facts
    `number`, `who`) when somebody of the adoption was moved, told or answered since; a booth given to somebody else
    meanwhile refuses as placing does.
    Whoever stands aside from a unit may undo as they may adopt; `undo_left_to_colleague` where that would change an
    acceptance which they may not decide.
    """
    lock_proposal(session, proposal)
    if not proposal.is_on_board:
        raise Refused("nothing_to_undo", number=proposal.number)
    steps = _steps(session, proposal)
    held = {step.application.id: _held_as_adopted(session, proposal, step) for step in steps}
    tied = tied_at(session, actor, proposal.fair_id)
    decided = {step.application.id for step in steps if step.takes_acceptance_back or step.gives_acceptance_again}
    if decided & tied:
        raise Refused("undo_left_to_colleague", number=proposal.number)
    with session.begin_nested():
        for step in steps:
            for assignment in held[step.application.id]:
                vacate_booth(session, actor, assignment)
            if step.takes_acceptance_back:
                stage_decision(session, actor, step.application, None)
        for step in steps:
            _put_back(session, actor, step)
    proposal.undone_at = clock.now()
    for step in steps:
        if step.application.id in tied:
            new = {"number": proposal.number}
            record(session, actor, "proposal.unseat_aside", step.application, fair_id=proposal.fair_id, new=new)
    facts = {"number": proposal.number, "applications": len(steps)}
    record(session, actor, "proposal.undo", proposal, fair_id=proposal.fair_id, new=facts)
    session.flush()
    return len(steps)


def _held_as_adopted(session: Session, proposal: AllocationProposal, step: Step) -> list[BoothAssignment]:
    lock_application(session, step.application)
    held = assignments_of(session, step.application.id)
    untouched = all(one.current is AssignmentState.PROPOSED and not one.is_locked for one in held)
    if not untouched or {one.booth_id for one in held} != step.after:
        raise Refused("board_changed", number=proposal.number, who=step.application.producer.name_vi)
    return held


def _put_back(session: Session, actor: Actor, step: Step) -> None:
    application = step.application
    if step.gives_acceptance_again:
        stage_decision(session, actor, application, Decision.ACCEPT)
        application.staged_at = step.taken_back  # still the acceptance of the adoption before, not a person's
    for booth in step.before:
        assignment = place_on_booth(session, actor, application, booth)
        if step.was_told:
            move_assignment(session, actor, assignment, "publish")


def _steps(session: Session, proposal: AllocationProposal) -> list[Step]:
    kept = {one["application"]: one for one in proposal.steps}
    applications = session.scalars(
        select(BoothApplication)
        .where(BoothApplication.id.in_(kept))
        .options(joinedload(BoothApplication.producer))
        .order_by(BoothApplication.id)
    ).all()
    ids = {booth for one in kept.values() for booth in one["before"]}
    query = select(Booth).where(Booth.id.in_(ids)).options(joinedload(Booth.zone))
    booths = {booth.id: booth for booth in session.scalars(query)}
    return [
        Step(
            application,
            [booths[booth] for booth in kept[application.id]["before"] if booth in booths],
            frozenset(kept[application.id]["after"]),
            kept[application.id]["was_told"],
            kept[application.id]["was_noted"],
            _moment(kept[application.id].get("taken_back")),
        )
        for application in applications
    ]


def _moment(words: str | None) -> datetime | None:
    """None also for adoptions from before acceptances were taken back."""
    return datetime.fromisoformat(words) if words else None
