"""Questions about who changed a fair, or a thing of its set-up, last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, true
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


def last_change(session: Session, fair: Fair, thing: Base | None = None, acts: Sequence[str] = ()) -> LastChange | None:
    """The newest entry of the trail about the fair itself, or about one thing of it; only of these acts, if any."""
    about = thing or fair
    row = session.execute(
        select(User.name, AuditEntry.at)
        .select_from(AuditEntry)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.fair_id == fair.id, AuditEntry.thing_kind == about.__tablename__)
        .where(AuditEntry.thing_id == getattr(about, "id", None))
        .where(AuditEntry.what.in_(acts) if acts else true())
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    return LastChange(row[0] or "", row[1]) if row else None
