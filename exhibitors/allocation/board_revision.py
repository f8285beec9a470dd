"""The latest change of who stands where at a fair: so that a board that is open elsewhere can follow it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.user import User
from events.fairs.fair import Fair
from foundation.audit_trail import AuditEntry


@dataclass(frozen=True, slots=True)
class BoardRevision:
    """`number` grows with every change, 0 before the first; `person` is empty for the program itself."""

    number: int
    person: str = ""
    booth: str = ""


def board_revision(session: Session, fair: Fair) -> BoardRevision:
    """What was done last to an assignment of the fair; one query."""
    query = (
        select(AuditEntry.id, User.name, AuditEntry.new)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.fair_id == fair.id, AuditEntry.what.like("assignment.%"))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        return BoardRevision(0)
    return BoardRevision(row[0], row[1] or "", str((row[2] or {}).get("booth", "")))
