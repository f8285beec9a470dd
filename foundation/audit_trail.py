"""Who did what to which thing, for whom and why: an append-only trail."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy import DDL, JSON, Index, String, Text, event
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.schema import DDLElement

from foundation import clock
from foundation.actor import Actor
from foundation.database import Base

request_id: ContextVar[str] = ContextVar("request_id", default="")


class AuditEntry(Base):
    """One act; the database refuses to change or delete it."""

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


SQLITE_GUARDS = [
    f"CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb.upper()} ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
    for verb in ("update", "delete")
]
# INSERT OR REPLACE deletes without asking the trigger above.
SQLITE_GUARDS.append(
    "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry "
    "WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
)
POSTGRESQL_GUARDS = [
    (
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
    ),
    (
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
    ),
    (
        "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    ),
]


def _listen_for_guards() -> None:
    for dialect, statements in (("sqlite", SQLITE_GUARDS), ("postgresql", POSTGRESQL_GUARDS)):
        for statement in statements:
            guard: DDLElement = DDL(statement)  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
            event.listen(AuditEntry.__table__, "after_create", guard.execute_if(dialect=dialect))


_listen_for_guards()
