"""Who stands on which booth; an index, not an `if`, has the last word: one holder, or two where a person said so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.floor_plans.floor_plan import Booth
from exhibitors.applications.application_endings import when_application_ends
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.folding import nfc
from foundation.partial_index import partial_index
from foundation.refusal import Refused

LONGEST_REASON = 200


class AssignmentState(StrEnum):
    """The life of an assignment; `released` keeps the history."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    CONFIRMED = "confirmed"
    OCCUPIED = "occupied"
    RELEASED = "released"


A = AssignmentState
STANDING = (A.CONFIRMED.value, A.OCCUPIED.value)
"""States in which the booth is public: the unit stands there for sure."""
MOVES: dict[tuple[AssignmentState, str], AssignmentState] = {
    (A.PROPOSED, "publish"): A.PUBLISHED,
    (A.PUBLISHED, "confirm"): A.CONFIRMED,
    (A.CONFIRMED, "hand_over"): A.OCCUPIED,
    (A.PROPOSED, "release"): A.RELEASED,
    (A.PUBLISHED, "release"): A.RELEASED,
    (A.CONFIRMED, "release"): A.RELEASED,
    (A.OCCUPIED, "release"): A.RELEASED,
}


KNOWN_TO_HOLDER = frozenset({A.PUBLISHED, A.CONFIRMED, A.OCCUPIED})
"""States in which the producer has been told the booth: taking it away needs a reason."""


class BoothAssignment(Base):
    """One application on one booth for the whole fair; `share_position` is 2 for whoever was put beside a holder."""

    __tablename__ = "booth_assignment"
    __table_args__ = (
        partial_index(
            "uq_booth_assignment_holder",
            "booth_id",
            "share_position",
            where="state != 'released'",
        ),
        CheckConstraint("state in ('proposed', 'published', 'confirmed', 'occupied', 'released')", name="state"),
        CheckConstraint("share_position in (1, 2)", name="share_position"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id"), index=True)
    share_position: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10), default=AssignmentState.PROPOSED.value)
    is_locked: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    assigned_by: Mapped[int]
    assigned_at: Mapped[datetime]
    released_at: Mapped[datetime | None]

    booth: Mapped[Booth] = relationship()
    application: Mapped[BoothApplication] = relationship()

    @property
    def current(self) -> AssignmentState:
        """The state as an enum."""
        return AssignmentState(self.state)

    @property
    def is_live(self) -> bool:
        """Whether it still holds the booth."""
        return self.state != AssignmentState.RELEASED


def move_assignment(
    session: Session, actor: Actor, assignment: BoothAssignment, name: str, *, reason: str = ""
) -> None:
    """The one door through which an assignment changes its state; whoever is left of two has the booth as its own."""
    old = AssignmentState(assignment.state)
    new = MOVES.get((old, name))
    if new is None:
        raise Refused("assignment_move_impossible", move=name, state=old.value)
    assignment.state = new.value
    if new is AssignmentState.RELEASED:
        assignment.released_at = clock.now()
        assignment.reason = reason
    record(
        session,
        actor,
        f"assignment.{name}",
        assignment,
        fair_id=assignment.application.fair_id,
        old={"state": old.value},
        new={"state": new.value, "booth": assignment.booth.code, "application": assignment.application.code},
        reason=reason,
    )
    if new is AssignmentState.RELEASED and assignment.share_position == 1:
        session.flush()  # the position is free before it is given on
        for left in holders_of(session, assignment.booth_id):
            left.share_position = 1


def pin(session: Session, actor: Actor, assignment: BoothAssignment, *, pinned: bool = True) -> None:
    """No computation moves it, or any may again; doing it twice changes nothing."""
    if assignment.is_locked is pinned:
        return
    assignment.is_locked = pinned
    what = "assignment.pin" if pinned else "assignment.unpin"
    new = {"booth": assignment.booth.code, "application": assignment.application.code}
    record(session, actor, what, assignment, fair_id=assignment.application.fair_id, new=new)


def holders_of(session: Session, booth_id: int) -> list[BoothAssignment]:
    """The live assignments on a booth: nobody, one, or two who share it."""
    return list(
        session.scalars(
            select(BoothAssignment)
            .where(BoothAssignment.booth_id == booth_id, BoothAssignment.state != AssignmentState.RELEASED)
            .order_by(BoothAssignment.share_position)
        )
    )


def holder_of(session: Session, booth_id: int) -> BoothAssignment | None:
    """The live assignment on a booth; of two who share it the one who stood there first."""
    return next(iter(holders_of(session, booth_id)), None)


def assignments_of(session: Session, application_id: int) -> list[BoothAssignment]:
    """The live assignments of an application, in order of booth codes."""
    return list(
        session.scalars(
            select(BoothAssignment)
            .join(Booth)
            .where(BoothAssignment.application_id == application_id, BoothAssignment.state != AssignmentState.RELEASED)
            .order_by(Booth.code)
        )
    )


@when_application_ends
def release_booths(session: Session, actor: Actor, application: BoothApplication, reason: str) -> None:
    """An application that has ended lets go of its booths."""
    for assignment in assignments_of(session, application.id):
        release(session, actor, assignment, reason or application.state)


def release(session: Session, actor: Actor, assignment: BoothAssignment, reason: str) -> None:
    """Free the booth; the row stays as history with as much of the reason as it has room for."""
    move_assignment(session, actor, assignment, "release", reason=nfc(reason.strip())[:LONGEST_REASON])


def names_beside(session: Session, application_id: int, booth_ids: Sequence[int]) -> dict[int, Bilingual]:
    """Booth → who shares it with the application and has been told that it stands there; one query."""
    rows = session.execute(
        select(BoothAssignment.booth_id, Producer.name_vi, Producer.name_en)
        .join(BoothApplication, BoothApplication.id == BoothAssignment.application_id)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(BoothAssignment.booth_id.in_(booth_ids), BoothAssignment.application_id != application_id)
        .where(BoothAssignment.state.in_(KNOWN_TO_HOLDER))
    )
    return {booth_id: Bilingual(vi, en) for booth_id, vi, en in rows}
