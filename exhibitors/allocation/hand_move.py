"""What a person did on the board by hand, kept so that it can be taken back and done again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import Fair
from exhibitors.allocation.booth_assignment import AssignmentState, BoothAssignment
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.applications.review.who_reviews import refuse_tied
from foundation import clock
from foundation.actor import Actor
from foundation.database import Base


class HandMove(Base):
    """One act of one person; `before` and `after` are ids of booths by id of the application, as text.

    `beside` says who else stood on which booth, before or after: id of the application by id of the booth, as text. It
    is shared again with that one when the act is turned, and with nobody else.

    `pinned_before` and `pinned_after` are those of the booths to which somebody was pinned: pins go and come with them.

    Acts on places that their holders had been told are not kept: those are not taken back in silence.
    """

    __tablename__ = "hand_move"
    __table_args__ = (Index("ix_hand_move_fair_id_made_by", "fair_id", "made_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    made_by: Mapped[int]
    made_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    before: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    after: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    beside: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    pinned_before: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict)
    pinned_after: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict)

    fair: Mapped[Fair] = relationship()


Places = Mapping[int, Collection[BoothAssignment]]


def keep_hand_move(
    session: Session, actor: Actor, fair: Fair, applications: Collection[BoothApplication], act: Callable[[], object]
) -> None:
    """Do something to the places of these applications and keep what it changed.

    Refuses what `refuse_tied` refuses for any of them, and what the act refuses.
    """
    for application in sorted(applications, key=lambda one: one.id):
        lock_application(session, application)
        refuse_tied(session, actor, application)
    ids = [application.id for application in applications]
    before = held_now(session, ids)
    was_told = any(one.current is not AssignmentState.PROPOSED for held in before.values() for one in held)
    was, was_pinned, beside = _booths(before), _pinned(before), _others_on(session, before)
    act()
    session.flush()
    after = held_now(session, ids)
    now, beside = _booths(after), beside | _others_on(session, after)
    if was != now and not was_told:
        facts = {"before": was, "after": now, "pinned_before": was_pinned, "pinned_after": _pinned(after)}
        session.add(HandMove(fair=fair, made_by=actor.user_id, made_at=clock.now(), beside=beside, **facts))
        session.flush()


def held_now(session: Session, application_ids: Collection[int]) -> dict[int, list[BoothAssignment]]:
    """The live assignments of some applications, in order of booths; those without any have an empty list."""
    query = (
        select(BoothAssignment)
        .where(BoothAssignment.application_id.in_(application_ids), BoothAssignment.state != AssignmentState.RELEASED)
        .order_by(BoothAssignment.booth_id)
    )
    held: dict[int, list[BoothAssignment]] = {id_: [] for id_ in sorted(application_ids)}
    for assignment in session.scalars(query):
        held[assignment.application_id].append(assignment)
    return held


def last_done(session: Session, actor: Actor, fair: Fair) -> HandMove | None:
    """What the person would take back."""
    return session.scalar(
        select(HandMove).where(*_own(actor, fair), HandMove.undone_at.is_(None)).order_by(HandMove.id.desc()).limit(1)
    )


def last_undone(session: Session, actor: Actor, fair: Fair) -> HandMove | None:
    """What the person would do again: nothing once something else was done instead."""
    done = last_done(session, actor, fair)
    query = select(HandMove).where(*_own(actor, fair), HandMove.undone_at.is_not(None))
    return session.scalar(query.where(HandMove.id > (done.id if done else 0)).order_by(HandMove.id).limit(1))


def can_be_done_again(session: Session, actor: Actor, fair: Fair) -> bool:
    """Whether something was taken back, and whoever it concerned still stands as before it."""
    move = last_undone(session, actor, fair)
    return move is not None and _booths(held_now(session, [int(id_) for id_ in move.before])) == move.before


def _own(actor: Actor, fair: Fair) -> tuple[ColumnElement[bool], ...]:
    return HandMove.fair_id == fair.id, HandMove.made_by == actor.user_id


def _booths(held: Places) -> dict[str, list[int]]:
    return {str(id_): [one.booth_id for one in assignments] for id_, assignments in held.items()}


def _pinned(held: Places) -> dict[str, list[int]]:
    return _booths({id_: [one for one in assignments if one.is_locked] for id_, assignments in held.items()})


def _others_on(session: Session, held: Places) -> dict[str, int]:
    """Who else stands on the booths of these applications."""
    booths = [one.booth_id for assignments in held.values() for one in assignments]
    rows = session.execute(
        select(BoothAssignment.booth_id, BoothAssignment.application_id).where(
            BoothAssignment.booth_id.in_(booths),
            BoothAssignment.application_id.not_in(held),
            BoothAssignment.state != AssignmentState.RELEASED,
        )
    )
    return {str(booth): application for booth, application in rows}
