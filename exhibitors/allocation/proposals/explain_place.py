"""Why an application stands where it stands, as long as the computation that put it there still holds for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exhibitors.allocation.booth_assignment import KNOWN_TO_HOLDER, AssignmentState, BoothAssignment
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, ProposedOutcome, ProposedSeat
from exhibitors.allocation.proposals.verify_draw import adopted_proposal
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.booth_application import BoothApplication

TOLD = frozenset({S.ACCEPTED, S.CONFIRMED, S.WAITLISTED})


@dataclass(frozen=True, slots=True)
class PlaceExplained:
    """What the proposal on the board says of one application; `left_out` counts those without a place."""

    outcome: ProposedOutcome
    policy: str
    is_placed: bool
    left_out: int


def explained_place(session: Session, application: BoothApplication) -> PlaceExplained | None:
    """For organisers; None when nothing was computed, or the application was placed otherwise by hand since."""
    proposal = adopted_proposal(session, application.fair)
    held = _held(session, application)
    return None if proposal is None else _explained(session, proposal, application, {booth for booth, _ in held})


def explained_to_applicant(session: Session, application: BoothApplication) -> PlaceExplained | None:
    """The same for the applicant: only what was published, never what is noted or proposed."""
    held = _held(session, application)
    if application.current not in TOLD or any(state not in KNOWN_TO_HOLDER for _, state in held):
        return None
    if application.current is S.WAITLISTED and application.is_late:
        return None
    return explained_place(session, application)


def _explained(
    session: Session, proposal: AllocationProposal, application: BoothApplication, held: set[int]
) -> PlaceExplained | None:
    own = session.scalar(
        select(ProposedOutcome).where(
            ProposedOutcome.proposal_id == proposal.id, ProposedOutcome.application_id == application.id
        )
    )
    seats = set(
        session.scalars(
            select(ProposedSeat.booth_id).where(
                ProposedSeat.proposal_id == proposal.id, ProposedSeat.application_id == application.id
            )
        )
    )
    if own is None or seats != held:
        return None
    left_out = select(func.count()).where(
        ProposedOutcome.proposal_id == proposal.id, ProposedOutcome.waiting.is_not(None)
    )
    return PlaceExplained(own, proposal.policy, bool(seats), session.scalar(left_out) or 0)


def _held(session: Session, application: BoothApplication) -> list[tuple[int, str]]:
    query = select(BoothAssignment.booth_id, BoothAssignment.state).where(
        BoothAssignment.application_id == application.id, BoothAssignment.state != AssignmentState.RELEASED
    )
    return [(booth, state) for booth, state in session.execute(query)]
