"""Questions about who changed a fair, or a thing of its set-up, last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.user import User
from events.fairs.fair import Fair
from foundation.audit_trail import AuditEntry
from foundation.database import Base


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed it last, and when; the name is empty for the program itself."""

    name: str
    at: datetime


def last_change(session: Session, fair: Fair, thing: Base | None = None) -> LastChange | None:
    """The newest entry of the trail about the fair itself, or about one thing of it."""
    about = thing or fair
    row = session.execute(
        select(User.name, AuditEntry.at)
        .select_from(AuditEntry)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.fair_id == fair.id, AuditEntry.thing_kind == about.__tablename__)
        .where(AuditEntry.thing_id == getattr(about, "id", None))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    return LastChange(row[0] or "", row[1]) if row else None
