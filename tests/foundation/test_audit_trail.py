"""The audit trail grows and never changes, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from accounts.user import User
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import AuditEntry, record, request_id

ACTOR = Actor(user_id=7, name="Hà")


def test_entry_tells_who_did_what_for_whom_and_why(session: Session) -> None:
    token = request_id.set("abc123")
    thing = User(id=5)
    entry = record(session, ACTOR, "changed", thing, fair_id=3, old={"a": 1}, new={"a": 2}, reason="vì", on_behalf_of=9)
    request_id.reset(token)
    session.commit()
    session.expire_all()
    told = (entry.actor_id, entry.what, entry.thing_kind, entry.thing_id, entry.fair_id, entry.old, entry.new)
    assert told == (7, "changed", "user", 5, 3, {"a": 1}, {"a": 2})
    assert (entry.reason, entry.on_behalf_of, entry.request_id) == ("vì", 9, "abc123")


@pytest.mark.parametrize(
    "change",
    [sa.update(AuditEntry).values(what="nothing happened"), sa.delete(AuditEntry), sa.text("DELETE FROM audit_entry")],
)
def test_entry_cannot_be_changed_or_deleted(session: Session, change: sa.Executable) -> None:
    record(session, ACTOR, "allocated")
    session.commit()
    with pytest.raises(DBAPIError, match=r"the audit trail is append-only"):
        session.execute(change)
    session.rollback()
    assert session.scalars(sa.select(AuditEntry.what)).all() == ["allocated"]


def test_trail_cannot_be_emptied_or_overwritten_by_the_back_door(session: Session) -> None:
    """TRUNCATE and REPLACE ask no trigger on rows."""
    entry = record(session, ACTOR, "allocated")
    session.commit()
    entry_id = entry.id
    change: sa.Executable = sa.text("TRUNCATE audit_entry")
    if session.get_bind().dialect.name == "sqlite":
        facts = {"id": entry_id, "at": clock.now(), "what": "nothing", "thing_kind": "", "reason": "", "request_id": ""}
        change = sa.insert(AuditEntry).prefix_with("OR REPLACE").values(facts)
    with pytest.raises(DBAPIError, match=r"the audit trail is append-only"):
        session.execute(change)
    session.rollback()
    assert session.scalars(sa.select(AuditEntry.what)).all() == ["allocated"]


def test_entry_changed_through_the_session_is_refused(session: Session) -> None:
    entry = record(session, ACTOR, "allocated")
    session.commit()
    entry.reason = "another one"
    with pytest.raises(DBAPIError, match=r"the audit trail is append-only"):
        session.commit()


def test_entry_leaves_with_the_change_it_tells_of(session: Session) -> None:
    record(session, ACTOR, "allocated")
    session.rollback()
    assert session.scalars(sa.select(AuditEntry.what)).all() == []
