"""A proposal of who stands where: its question, its life as a job, its answer level by level, its seats and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth
from exhibitors.applications.booth_application import BoothApplication
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.database import Base
from foundation.partial_index import partial_index
from foundation.refusal import Refused


class ProposalState(StrEnum):
    """The life of the job."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Candidates(StrEnum):
    """Who is to be placed: those noted as accepted, or everybody in review beside them."""

    ACCEPTED = "accepted"
    REVIEWED = "reviewed"


P = ProposalState
MOVES: dict[tuple[ProposalState, str], ProposalState] = {
    (P.QUEUED, "start"): P.RUNNING,
    (P.QUEUED, "cancel"): P.CANCELLED,
    (P.QUEUED, "fail"): P.FAILED,
    (P.RUNNING, "cancel"): P.CANCELLED,
    (P.RUNNING, "fail"): P.FAILED,
    (P.RUNNING, "finish"): P.DONE,
}
UNFINISHED = (P.QUEUED, P.RUNNING)
_UNFINISHED_SQL = "state in ('queued', 'running')"


class AllocationProposal(Base):
    """One run of the optimiser; `question` and `answer` are its files word for word, so that anyone can replay them.

    `board` tells who stood where when it was asked for, by number in the draw. `steps` is what its adoption changed:
    one {application, before, after, was_told, was_noted, taken_back} each, with ids of booths, so that it can be
    undone; `taken_back` is the moment of the acceptance that it ended, None where it ended none.
    """

    __tablename__ = "allocation_proposal"
    __table_args__ = (
        UniqueConstraint("fair_id", "number"),
        partial_index(
            "uq_allocation_proposal_at_work",
            "fair_id",
            where=_UNFINISHED_SQL,
        ),
        CheckConstraint("state in ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
        CheckConstraint("candidates in ('accepted', 'reviewed')", name="candidates"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    number: Mapped[int]
    policy: Mapped[str] = mapped_column(String(20))
    candidates: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default=ProposalState.QUEUED.value)
    has_draft: Mapped[bool] = mapped_column(default=False)
    is_proved: Mapped[bool] = mapped_column(default=False)
    question: Mapped[str] = mapped_column(Text, deferred=True)
    board: Mapped[dict[str, list[str]]] = mapped_column(JSON, deferred=True)
    answer: Mapped[str] = mapped_column(Text, default="", deferred=True)
    levels: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    made_by: Mapped[int]
    made_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    adopted_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, deferred=True)

    fair: Mapped[Fair] = relationship()
    seats: Mapped[list[ProposedSeat]] = relationship(cascade="all, delete-orphan")
    outcomes: Mapped[list[ProposedOutcome]] = relationship(
        cascade="all, delete-orphan", order_by="ProposedOutcome.number"
    )

    @property
    def current(self) -> ProposalState:
        """The state as an enum."""
        return ProposalState(self.state)

    @property
    def is_at_work(self) -> bool:
        """Whether the job has not ended."""
        return self.current in UNFINISHED

    @property
    def is_on_board(self) -> bool:
        """Whether it was put on the board and not taken back."""
        return self.adopted_at is not None and self.undone_at is None

    def value_of(self, level: str) -> int | None:
        """What was reached at a level of the aim; None where the proposal has no such level."""
        return next((one["value"] for one in self.levels if one["name"] == level), None)


class ProposedSeat(Base):
    """One application on one booth in one proposal; nobody shares a booth."""

    __tablename__ = "proposed_seat"
    __table_args__ = (UniqueConstraint("proposal_id", "booth_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("allocation_proposal.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id"), index=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id", ondelete="CASCADE"), index=True)

    booth: Mapped[Booth] = relationship()


class ProposedOutcome(Base):
    """What a proposal means for one application: its number in the draw, the wish that was met, the reasons.

    `rank` is the wish fulfilled, None for a place off the list or no place; `waiting` the place among those left out;
    `next_best` and `reasons` as `explained_outcome.Explained` says.
    """

    __tablename__ = "proposed_outcome"
    __table_args__ = (UniqueConstraint("proposal_id", "application_id"), UniqueConstraint("proposal_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("allocation_proposal.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id"), index=True)
    number: Mapped[str] = mapped_column(String(10))
    score: Mapped[int] = mapped_column(default=0)
    rank: Mapped[int | None]
    waiting: Mapped[int | None]
    next_best: Mapped[str | None] = mapped_column(String(40))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    application: Mapped[BoothApplication] = relationship()


def move_proposal(session: Session, actor: Actor, proposal: AllocationProposal, name: str) -> None:
    """The one door through which a proposal changes its state. Refuses `proposal_move_impossible`."""
    old = proposal.current
    new = MOVES.get((old, name))
    if new is None:
        raise Refused("proposal_move_impossible", move=name, state=old.value)
    proposal.state = new.value
    if new is ProposalState.RUNNING:
        proposal.started_at = clock.now()
    elif new not in UNFINISHED:
        proposal.ended_at = clock.now()
    record(
        session,
        actor,
        f"proposal.{name}",
        proposal,
        fair_id=proposal.fair_id,
        old={"state": old.value},
        new={"state": new.value, "number": proposal.number},
    )


def proposals_of(session: Session, fair: Fair) -> Sequence[AllocationProposal]:
    """All proposals of a fair, the newest first."""
    query = select(AllocationProposal).where(AllocationProposal.fair_id == fair.id)
    return session.scalars(query.order_by(AllocationProposal.number.desc())).all()


def find_proposal(session: Session, fair: Fair, number: int) -> AllocationProposal | None:
    """The proposal with this number at this very fair."""
    return session.scalar(
        select(AllocationProposal).where(AllocationProposal.fair_id == fair.id, AllocationProposal.number == number)
    )
