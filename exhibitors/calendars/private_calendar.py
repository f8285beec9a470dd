"""A person's own calendar of deadlines and fair days, read with a secret address; only its hash is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from accounts.user import User, hash_token, new_token
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.database import Base


class PrivateCalendar(Base):
    """One for each person who asked for it."""

    __tablename__ = "private_calendar"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]

    user: Mapped[User] = relationship()


def calendar_of(session: Session, actor: Actor) -> PrivateCalendar | None:
    """The person's calendar, if there is one."""
    return session.scalar(select(PrivateCalendar).where(PrivateCalendar.user_id == actor.user_id))


def make_private_calendar(session: Session, actor: Actor) -> str:
    """A new secret for the person's calendar, shown this once; the address before it is worth nothing from now on."""
    token = new_token()
    calendar = session.scalar(select(PrivateCalendar).where(PrivateCalendar.user_id == actor.user_id).with_for_update())
    if calendar is None:
        calendar = PrivateCalendar(user_id=actor.user_id)
        session.add(calendar)
    calendar.token_hash, calendar.made_at = hash_token(token), clock.now()
    session.flush()
    record(session, actor, "private_calendar.make", calendar)
    return token


def end_private_calendar(session: Session, actor: Actor) -> None:
    """Let the address lead nowhere; nothing to do where there is none."""
    calendar = calendar_of(session, actor)
    if calendar is not None:
        record(session, actor, "private_calendar.end", calendar)
        session.delete(calendar)
        session.flush()


def person_of_calendar(session: Session, token: str) -> User | None:
    """Whose calendar this secret opens; nobody's once the person may no longer act."""
    calendar = session.scalar(select(PrivateCalendar).where(PrivateCalendar.token_hash == hash_token(token)))
    return calendar.user if calendar and calendar.user.disabled_at is None else None
