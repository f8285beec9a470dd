"""One number that grows whenever something visitors can see has changed; caches and feeds hang on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import CheckConstraint, event, inspect, select, update
from sqlalchemy.orm import Mapped, Session, SessionTransaction, UOWTransaction, mapped_column

from foundation import clock
from foundation.database import Base

Follower = Callable[[Session, list[Base]], None]
_followers: list[Follower] = []


class PublicRevision(Base):
    """The single row that counts public changes."""

    __tablename__ = "public_revision"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    number: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]


def follow_public_changes(follower: Follower) -> Follower:
    """Register what must be brought up to date inside the same transaction, before it is committed."""
    _followers.append(follower)
    return follower


def public_revision(session: Session) -> int:
    """The present number, 0 before the first public change."""
    return session.scalar(select(PublicRevision.number)) or 0


def note_public_changes(session: Session, touched: Iterable[object]) -> None:
    """Say what was changed past the session, by one statement for many rows."""
    changed: list[Base] = session.info.setdefault("public_changes", [])
    known = {id(thing) for thing in changed}
    changed += [thing for thing in touched if isinstance(thing, Base) and thing.__public__ and id(thing) not in known]


@event.listens_for(Session, "before_flush")
def _note_what_is_flushed(session: Session, context: UOWTransaction, instances: object) -> None:
    modified = (thing for thing in session.dirty if session.is_modified(thing))
    note_public_changes(session, [*session.new, *session.deleted, *modified])


@event.listens_for(Session, "before_commit")
def _count_public_changes(session: Session) -> None:
    if session.in_nested_transaction():  # a savepoint is kept or not by the transaction around it
        return
    session.flush()
    noted: list[Base] = session.info.get("public_changes", [])
    changed = [thing for thing in noted if not inspect(thing).transient]  # what a savepoint took back never was
    if not changed:
        return
    for follower in _followers:
        follower(session, list(changed))
    session.flush()
    stamp = {"number": PublicRevision.number + 1, "changed_at": clock.now()}
    rows = session.execute(update(PublicRevision).values(stamp).execution_options(synchronize_session=False))
    if rows.rowcount == 0:  # type: ignore[attr-defined]  # CursorResult at run time
        session.add(PublicRevision(id=1, number=1, changed_at=clock.now()))
        session.flush()


@event.listens_for(Session, "after_transaction_end")
def _forget_public_changes(session: Session, transaction: SessionTransaction) -> None:
    # A savepoint taken back must not forget what changed before it.
    if transaction.parent is None:
        session.info.pop("public_changes", None)
