"""Who did what to which thing, for whom and why: an append-only trail."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, event, inspect
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column, object_session

from foundation import (
    clock,
    revisions,  # noqa: F401 - what follows public changes is written down too: it comes before the seals
)
from foundation.actor import Actor
from foundation.audit_seals import Sealable, scope_of, seal
from foundation.database import Base

request_id: ContextVar[str] = ContextVar("request_id", default="")


class AuditEntry(Base):
    """One act; the database refuses to change or delete it (triggers of the migrations)."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_fair_id_at", "fair_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(index=True)
    on_behalf_of: Mapped[int | None]
    what: Mapped[str] = mapped_column(String(60), index=True)
    thing_kind: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int | None]
    fair_id: Mapped[int | None]
    old: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    new: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="")
    request_id: Mapped[str] = mapped_column(String(40), default="")


SEALED = ("id", "at", "actor_id", "on_behalf_of", "what", "thing_kind", "thing_id", "fair_id", "old", "new", "reason")
"""What is sealed of an entry; a column that is added later stays out, or older seals would no longer fit."""
UNSEALED = "entries_to_seal"


def record(
    session: Session,
    actor: Actor | None,
    what: str,
    thing: Base | None = None,
    *,
    fair_id: int | None = None,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
    reason: str = "",
    on_behalf_of: int | None = None,
) -> AuditEntry:
    """Add an entry to the session's transaction, with the unit for which the actor acts.

    Never put secrets or contact details into old and new.
    """
    entry = AuditEntry(
        at=clock.now(),
        actor_id=actor.user_id if actor else None,
        on_behalf_of=on_behalf_of or _behalf_of(actor),
        what=what,
        thing_kind=thing.__tablename__ if thing is not None else "",
        thing_id=getattr(thing, "id", None),
        fair_id=fair_id,
        old=old,
        new=new,
        reason=reason,
        request_id=request_id.get(),
    )
    session.add(entry)
    return entry


def _behalf_of(actor: Actor | None) -> int | None:
    """The organisation for which somebody who was lent its unit acts; nobody has to remember to say so."""
    return actor.acts_for.organisation_id if actor is not None and actor.acts_for is not None else None


def content_of(facts: Mapping[str, Any]) -> str:
    """The canonical text of an entry's columns, the same from either database: this is what is sealed."""
    plain = {name: facts[name] for name in SEALED}
    plain["at"] = facts["at"].astimezone(UTC).isoformat(timespec="microseconds")
    for name in ("old", "new"):
        plain[name] = json.loads(json.dumps(facts[name]))  # as the database gives it back: numbers as keys are words
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealable(facts: Mapping[str, Any]) -> Sealable:
    """An entry, by the names of its columns, as it is sealed."""
    return Sealable(facts["id"], scope_of(facts["fair_id"]), content_of(facts))


@event.listens_for(AuditEntry, "after_insert")
def _wait_for_seal(mapper: object, connection: object, entry: AuditEntry) -> None:
    session = object_session(entry)
    if session is not None:
        session.info.setdefault(UNSEALED, []).append(entry)


@event.listens_for(Session, "before_commit")
def _seal_what_is_new(session: Session) -> None:
    """Last of all before the commit: whoever waits for the end of the chain waits for a commit and nothing else."""
    if session.in_nested_transaction():
        return
    session.flush()
    waiting: list[AuditEntry] = session.info.pop(UNSEALED, [])
    entries = [entry for entry in waiting if not inspect(entry).transient]  # what a savepoint took back never was
    if entries:
        seal(session, [sealable({name: getattr(entry, name) for name in SEALED}) for entry in entries])


@event.listens_for(Session, "after_transaction_end")
def _forget_what_was_taken_back(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(UNSEALED, None)
