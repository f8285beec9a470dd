"""Put a proposal's seats on the board: all that still can be, in one transaction; what became impossible is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.booth_assignment import AssignmentState, BoothAssignment, assignments_of
from exhibitors.allocation.place_on_booth import KNOWN_TO_HOLDER, place_on_booth, vacate_booth
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, ProposalState, ProposedSeat
from exhibitors.allocation.proposals.fair_facts import FIRM
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import stage_decision
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class Seat:
    """The booths an application is to have, and those it left for them."""

    application: BoothApplication
    wanted: Sequence[Booth]
    before: Sequence[Booth]


@dataclass(frozen=True, slots=True)
class Impossible:
    """A seat that cannot be taken any more, and the rule that says so."""

    application: BoothApplication
    booths: Sequence[Booth]
    refusal: Refused


@dataclass(slots=True)
class Adoption:
    """What was done: applications newly placed or moved, those left as they stand, and what is impossible by now."""

    placed: list[BoothApplication] = field(default_factory=list)
    vacated: list[BoothApplication] = field(default_factory=list)
    impossible: list[Impossible] = field(default_factory=list)


def adopt_proposal(session: Session, actor: Actor, proposal: AllocationProposal, *, reason: str = "") -> Adoption:
    """Let the board stand as the proposal says, through the verbs that place by hand.

    Pinned and confirmed places stay; whoever is placed from review is noted as accepted, within the quotas. An
    application whose seat was taken meanwhile keeps or gets back what it had.
    Refuses `proposal_not_ready`, and `reason_missing` when a place that was published would move.
    """
    session.refresh(proposal, ["state"], with_for_update={"of": AllocationProposal})
    if proposal.current is not ProposalState.DONE:
        raise Refused("proposal_not_ready", number=proposal.number)
    seats = _seats(session, proposal)
    changes = [(one, wanted) for one, wanted in seats.items() if _differs(session, one, wanted)]
    if not reason.strip() and any(_was_told(session, application) for application, _ in changes):
        raise Refused("reason_missing", move="vacate")
    adoption = Adoption()
    left = [Seat(application, wanted, _leave(session, actor, application, reason)) for application, wanted in changes]
    for seat in left:
        _take(session, actor, adoption, seat)
    proposal.adopted_at = clock.now()
    counts = {"placed": len(adoption.placed), "impossible": len(adoption.impossible), "number": proposal.number}
    record(session, actor, "proposal.adopt", proposal, fair_id=proposal.fair_id, new=counts, reason=reason.strip())
    session.flush()
    return adoption


def pin_booths(session: Session, actor: Actor, application: BoothApplication, *, pinned: bool) -> list[BoothAssignment]:
    """Keep the application where it stands whatever is computed, or let it go again. Refuses `nothing_to_pin`."""
    held = assignments_of(session, application.id)
    if not held:
        raise Refused("nothing_to_pin", code=application.code)
    for assignment in held:
        if assignment.is_locked is not pinned:
            assignment.is_locked = pinned
            record(
                session,
                actor,
                "assignment.pin" if pinned else "assignment.unpin",
                assignment,
                fair_id=application.fair_id,
                new={"booth": assignment.booth.code, "application": application.code},
            )
    session.flush()
    return held


def _seats(session: Session, proposal: AllocationProposal) -> dict[BoothApplication, list[Booth]]:
    """Every application of the proposal with the booths it is to have, none for those left out; in order of ids."""
    ids = [outcome.application_id for outcome in proposal.outcomes]
    applications = session.scalars(
        select(BoothApplication)
        .where(BoothApplication.id.in_(ids))
        .options(joinedload(BoothApplication.producer))
        .order_by(BoothApplication.id)
    ).all()
    seats: dict[int, list[Booth]] = {application.id: [] for application in applications}
    rows = session.scalars(
        select(ProposedSeat)
        .where(ProposedSeat.proposal_id == proposal.id)
        .options(joinedload(ProposedSeat.booth).joinedload(Booth.zone))
        .order_by(ProposedSeat.booth_id)
    )
    for seat in rows:
        seats[seat.application_id].append(seat.booth)
    return {application: seats[application.id] for application in applications}


def _free_to_move(session: Session, application: BoothApplication) -> list[BoothAssignment]:
    held = assignments_of(session, application.id)
    return [] if any(one.is_locked or one.current in FIRM for one in held) else held


def _differs(session: Session, application: BoothApplication, wanted: Sequence[Booth]) -> bool:
    held = assignments_of(session, application.id)
    if held and not _free_to_move(session, application):
        return False
    if not wanted and any(one.current is not AssignmentState.PROPOSED for one in held):
        return False  # nobody published is put out by a computation
    return {one.booth_id for one in held} != {booth.id for booth in wanted}


def _was_told(session: Session, application: BoothApplication) -> bool:
    return any(one.current in KNOWN_TO_HOLDER for one in assignments_of(session, application.id))


def _leave(session: Session, actor: Actor, application: BoothApplication, reason: str) -> list[Booth]:
    left = []
    for assignment in _free_to_move(session, application):
        left.append(assignment.booth)
        vacate_booth(session, actor, assignment, reason=reason)
    return left


def _take(session: Session, actor: Actor, adoption: Adoption, seat: Seat) -> None:
    """All booths wanted, else all that were left, else none: each step whole or not at all."""
    application = seat.application
    if not seat.wanted:
        adoption.vacated.append(application)
        return
    try:
        with session.begin_nested():
            if application.current is ApplicationState.IN_REVIEW and application.decision is None:
                stage_decision(session, actor, application, Decision.ACCEPT)
            for booth in seat.wanted:
                place_on_booth(session, actor, application, booth)
    except Refused as refusal:
        adoption.impossible.append(Impossible(application, seat.wanted, refusal))
    else:
        adoption.placed.append(application)
        return
    try:
        with session.begin_nested():
            for booth in seat.before:
                place_on_booth(session, actor, application, booth)
    except Refused as refusal:
        adoption.impossible.append(Impossible(application, seat.before, refusal))
