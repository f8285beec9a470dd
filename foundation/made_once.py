"""A form that makes something makes it once, however often it is sent: double presses, reloads, "back" and save."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from sqlalchemy import Index, String, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation import clock
from foundation.actor import Actor
from foundation.database import Base

LONGEST_TOKEN = 43
REMEMBERED = timedelta(days=30)
"""How long a page that was left open may still be sent without making a second thing."""


class MadeThing(Base):
    """What one sending of a form has made; the key has the last word when it is sent twice at once."""

    __tablename__ = "made_thing"
    __table_args__ = (Index("ix_made_thing_made_at", "made_at"),)

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(LONGEST_TOKEN), primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    thing_id: Mapped[int | None]
    made_at: Mapped[datetime]


class Numbered(Protocol):
    """A row with a number of its own."""

    @property
    def id(self) -> int | Mapped[int]:
        """Its number."""


Thing = TypeVar("Thing", bound=Numbered)


def new_form_token() -> str:
    """A token for one copy of a form."""
    return secrets.token_urlsafe(24)


def make_once(
    session: Session, actor: Actor, token: str, kind: type[Thing], make: Callable[[], Thing]
) -> tuple[Thing, bool]:
    """What `make` makes and True, or what the actor made with this token before and False.

    Without a token (or one that no page of ours gave) it is simply made. What has been removed since is made anew.
    """
    if not token or len(token) > LONGEST_TOKEN:
        return make(), True
    note = session.get(MadeThing, (actor.user_id, token)) or _claim(session, actor, token, kind)
    known = made_before(session, actor, token, kind)
    if known is not None:
        return known, False
    made = make()
    session.flush()
    note.thing_id = made.id
    return made, True


def made_before(session: Session, actor: Actor, token: str, kind: type[Thing]) -> Thing | None:
    """What the actor has made with this copy of the form, if it is still there."""
    note = session.get(MadeThing, (actor.user_id, token))
    return session.get(kind, note.thing_id) if note and note.thing_id and note.kind == kind.__name__ else None


def _claim(session: Session, actor: Actor, token: str, kind: type[Thing]) -> MadeThing:
    """Note the token; while another sending of the same form is at work, this waits for it and reads what it made."""
    session.execute(delete(MadeThing).where(MadeThing.made_at < clock.now() - REMEMBERED))
    note = MadeThing(user_id=actor.user_id, token=token, kind=kind.__name__, made_at=clock.now())
    try:
        with session.begin_nested():
            session.add(note)
    except IntegrityError:
        known = session.get(MadeThing, (actor.user_id, token), populate_existing=True)
        if known is None:
            raise
        return known
    return note
