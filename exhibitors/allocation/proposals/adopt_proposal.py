"""Put a proposal's seats on the board, all in one transaction and only while the fair is as it was asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.user import User
from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.booth_assignment import KNOWN_TO_HOLDER, AssignmentState, BoothAssignment, assignments_of
from exhibitors.allocation.place_on_booth import place_on_booth, vacate_booth
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, ProposalState, ProposedSeat
from exhibitors.allocation.proposals.fair_facts import FIRM
from exhibitors.allocation.proposals.since_asked import changed_since
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.applications.review.who_reviews import tied_at
from exhibitors.applications.screen_applications import stage_decision
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import AuditEntry, record
from foundation.refusal import Refused


@dataclass(slots=True)
class Seat:
    """The booths an application is to have, what it held before, and what the adoption noted.

    `noted_at` tells when an adoption before noted it as accepted, `taken_back` of when the acceptance was that this one
    took back.
    """

    application: BoothApplication
    wanted: Sequence[Booth]
    held: Sequence[BoothAssignment]
    noted_at: datetime | None
    before: list[Booth] = field(default_factory=list)
    was_noted: bool = False
    taken_back: datetime | None = None

    @property
    def was_told(self) -> bool:
        """Whether the unit knows the booths it stands on."""
        return any(one.state in KNOWN_TO_HOLDER for one in self.held)

    @property
    def loses_acceptance(self) -> bool:
        """Whether it is left out and stands as accepted only because an adoption before noted it; a later word of a
        person makes the acceptance that person's.
        """
        staged_at = self.application.staged_at
        if self.wanted or self.noted_at is None or staged_at is None or staged_at > self.noted_at:
            return False
        in_review = self.application.current is ApplicationState.IN_REVIEW
        return in_review and self.application.decision is Decision.ACCEPT

    @property
    def changes(self) -> bool:
        """Whether board or acceptance would change; pinned, confirmed and told places without another one stay."""
        if any(one.is_locked or one.current in FIRM for one in self.held):
            return False
        if not self.wanted and any(one.current is not AssignmentState.PROPOSED for one in self.held):
            return False  # nobody published is put out by a computation
        return self.loses_acceptance or {one.booth_id for one in self.held} != {booth.id for booth in self.wanted}


@dataclass(frozen=True, slots=True)
class Impossible:
    """A seat that cannot be taken, and the rule that says so; the application keeps what it had."""

    application: BoothApplication
    booths: Sequence[Booth]
    refusal: Refused


@dataclass(slots=True)
class Adoption:
    """What was done: applications placed or moved, those taken off, and seats that a rule of the house forbids.

    `tied` are the applications that whoever adopts may not decide.
    """

    tied: frozenset[int] = frozenset()
    placed: list[BoothApplication] = field(default_factory=list)
    vacated: list[BoothApplication] = field(default_factory=list)
    impossible: list[Impossible] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Adopter:
    """Who put a proposal on the board, and from how many of the units it moved they stand aside."""

    name: str
    aside: int


def adopt_proposal(session: Session, actor: Actor, proposal: AllocationProposal, *, reason: str = "") -> Adoption:
    """Let the board stand as the proposal says, through the verbs that place by hand.

    Pinned and confirmed places stay; whoever is placed from review is noted as accepted, within the quotas; an
    acceptance that only an adoption before noted is taken back where this one gives no seat. One that is on the board
    already changes nothing. Whoever stands aside from a unit may adopt all the same, as the rules made
    the seats and no hand changed them: the unit's history says so, and what is undecided there is left to a colleague
    (decision 0013). Refuses `proposal_not_ready`, `fair_changed` (facts `number`, `parts`) and `reason_missing` when a
    place that was published would move.
    """
    lock_proposal(session, proposal)
    if proposal.current is not ProposalState.DONE:
        raise Refused("proposal_not_ready", number=proposal.number)
    if proposal.is_on_board:
        return Adoption()
    if parts := changed_since(session, proposal):
        raise Refused("fair_changed", number=proposal.number, parts=tuple(parts))
    seats = [seat for seat in _seats(session, proposal) if seat.changes]
    if not reason.strip() and any(seat.was_told for seat in seats):
        raise Refused("reason_missing", move="vacate")
    adoption = Adoption(tied=tied_at(session, actor, proposal.fair_id))
    proposal.steps = _take_seats(session, actor, adoption, seats, reason)
    proposal.adopted_at, proposal.undone_at = clock.now(), None
    aside = _note_tied(session, actor, proposal, adoption)
    counts = {"placed": len(adoption.placed), "vacated": len(adoption.vacated), "number": proposal.number}
    counts |= {"aside": aside} if aside else {}
    record(session, actor, "proposal.adopt", proposal, fair_id=proposal.fair_id, new=counts, reason=reason.strip())
    session.flush()
    return adoption


def adopter_of(session: Session, proposal: AllocationProposal) -> Adopter | None:
    """Who put it on the board last, as the trail keeps it; one query."""
    row = session.execute(
        select(User.name, AuditEntry.new)
        .join(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.fair_id == proposal.fair_id, AuditEntry.what == "proposal.adopt")
        .where(AuditEntry.thing_id == proposal.id)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    return Adopter(row[0], int((row[1] or {}).get("aside", 0))) if row else None


def _note_tied(session: Session, actor: Actor, proposal: AllocationProposal, adoption: Adoption) -> int:
    """The history of each unit concerned says that the seat came with a whole proposal; answers how many there are."""
    moved = [one for one in adoption.placed + adoption.vacated if one.id in adoption.tied]
    for application in moved:
        new = {"number": proposal.number}
        record(session, actor, "proposal.seat_aside", application, fair_id=proposal.fair_id, new=new)
    return len(moved)


def lock_proposal(session: Session, proposal: AllocationProposal) -> None:
    """The fair first, as publishing does: of two who adopt or publish at once one waits for the other."""
    session.flush()
    session.refresh(proposal.fair, with_for_update={"of": Fair})
    session.refresh(proposal, with_for_update={"of": AllocationProposal})


def _seats(session: Session, proposal: AllocationProposal) -> list[Seat]:
    """Every application of the proposal with the booths it is to have, none for those left out; in order of ids."""
    ids = [outcome.application_id for outcome in proposal.outcomes]
    applications = session.scalars(
        select(BoothApplication)
        .where(BoothApplication.id.in_(ids))
        .options(joinedload(BoothApplication.producer))
        .order_by(BoothApplication.id)
    ).all()
    wanted: dict[int, list[Booth]] = {application.id: [] for application in applications}
    rows = session.scalars(
        select(ProposedSeat)
        .where(ProposedSeat.proposal_id == proposal.id)
        .options(joinedload(ProposedSeat.booth).joinedload(Booth.zone))
        .order_by(ProposedSeat.booth_id)
    )
    for seat in rows:
        wanted[seat.application_id].append(seat.booth)
    held: dict[int, list[BoothAssignment]] = {application.id: [] for application in applications}
    live = select(BoothAssignment).where(
        BoothAssignment.application_id.in_(ids), BoothAssignment.state != AssignmentState.RELEASED
    )
    for assignment in session.scalars(live.options(joinedload(BoothAssignment.booth))):
        held[assignment.application_id].append(assignment)
    noted = _noted_before(session, proposal)
    return [Seat(one, wanted[one.id], held[one.id], noted.get(one.id)) for one in applications]


def _noted_before(session: Session, proposal: AllocationProposal) -> dict[int, datetime]:
    """By application, when a proposal that was not taken back last noted its acceptance."""
    rows = session.execute(
        select(AllocationProposal.adopted_at, AllocationProposal.steps)
        .where(AllocationProposal.fair_id == proposal.fair_id, AllocationProposal.undone_at.is_(None))
        .where(AllocationProposal.adopted_at.is_not(None))
        .order_by(AllocationProposal.adopted_at)
    )
    return {step["application"]: adopted_at for adopted_at, steps in rows for step in steps if step["was_noted"]}


def _take_seats(
    session: Session, actor: Actor, adoption: Adoption, seats: Sequence[Seat], reason: str
) -> list[dict[str, Any]]:
    """Everybody leaves before anybody sits down, so that places can go round; answers the steps to be kept."""
    told = {seat.application.id: seat.was_told for seat in seats}
    for seat in seats:
        lock_application(session, seat.application)
        for assignment in seat.held:
            seat.before.append(assignment.booth)
            vacate_booth(session, actor, assignment, reason=reason)
        _take_acceptance_back(session, actor, adoption, seat)  # first, or it would fill a quota for those who come in
    for seat in seats:
        _sit_down(session, actor, adoption, seat)
    return [
        {
            "application": seat.application.id,
            "before": [booth.id for booth in seat.before],
            "after": [one.booth_id for one in assignments_of(session, seat.application.id)],
            "was_told": told[seat.application.id],
            "was_noted": seat.was_noted,
            "taken_back": seat.taken_back.isoformat() if seat.taken_back else None,
        }
        for seat in seats
    ]


def _sit_down(session: Session, actor: Actor, adoption: Adoption, seat: Seat) -> None:
    """All booths wanted, else all that were left: each step whole or not at all."""
    application = seat.application
    if not seat.wanted:
        if seat.before:
            adoption.vacated.append(application)
        return
    try:
        with session.begin_nested():
            noted = application.current is ApplicationState.IN_REVIEW and application.decision is None
            if noted:
                _note_acceptance(session, actor, adoption, application)
            for booth in seat.wanted:
                place_on_booth(session, actor, application, booth)
    except Refused as refusal:
        adoption.impossible.append(Impossible(application, seat.wanted, refusal))
        _sit_back(session, actor, adoption, seat)
    else:
        seat.was_noted = noted
        adoption.placed.append(application)


def _note_acceptance(session: Session, actor: Actor, adoption: Adoption, application: BoothApplication) -> None:
    if application.id in adoption.tied:
        raise Refused("left_to_colleague", code=application.code)
    stage_decision(session, actor, application, Decision.ACCEPT)


def _take_acceptance_back(session: Session, actor: Actor, adoption: Adoption, seat: Seat) -> None:
    application = seat.application
    if not seat.loses_acceptance:
        return
    if application.id in adoption.tied:
        refusal = Refused("acceptance_left_to_colleague", code=application.code)
        adoption.impossible.append(Impossible(application, seat.wanted, refusal))
        return
    seat.taken_back = application.staged_at
    stage_decision(session, actor, application, None)


def _sit_back(session: Session, actor: Actor, adoption: Adoption, seat: Seat) -> None:
    try:
        with session.begin_nested():
            for booth in seat.before:
                place_on_booth(session, actor, seat.application, booth)
    except Refused as refusal:
        adoption.impossible.append(Impossible(seat.application, seat.before, refusal))
