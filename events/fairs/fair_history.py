"""Questions about who changed a fair, or a thing of its set-up, last, and who removed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, true
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


@dataclass(frozen=True, slots=True)
class Removal:
    """What a thing was called, who removed it, and when; the name is empty for the program itself."""

    called: str
    name: str
    at: datetime


CALLED = ("text_vi", "title_vi", "name_vi", "name", "zone", "alt")
"""What a removed thing is called by what its entry in the trail holds: the first of these."""
REMOVING = (".remove", ".end_fair_role")
"""The acts that take a thing away for good begin so."""


def last_change(
    session: Session,
    fair: Fair,
    thing: Base | None = None,
    acts: Sequence[str] = (),
    *,
    revision: int | None = None,
) -> LastChange | None:
    """The newest entry of the trail about the fair itself, or about one thing of it.

    Only of these acts, if any; only the one that made this `revision` of the thing, if asked for.
    """
    about = thing or fair
    row = session.execute(
        select(User.name, AuditEntry.at)
        .select_from(AuditEntry)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.fair_id == fair.id, AuditEntry.thing_kind == about.__tablename__)
        .where(AuditEntry.thing_id == getattr(about, "id", None))
        .where(AuditEntry.what.in_(acts) if acts else true())
        .where(true() if revision is None else AuditEntry.new["revision"].as_integer() == revision)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    return LastChange(row[0] or "", row[1]) if row else None


def removal_of(session: Session, fair: Fair, kind: type[Base], thing_id: int) -> Removal | None:
    """Who removed the thing that bore this number; None when the trail of the fair knows of no such removal."""
    row = session.execute(
        select(User.name, AuditEntry.at, AuditEntry.old, AuditEntry.new)
        .select_from(AuditEntry)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.fair_id == fair.id, AuditEntry.thing_kind == kind.__tablename__)
        .where(AuditEntry.thing_id == thing_id)
        .where(or_(*(AuditEntry.what.contains(act, autoescape=True) for act in REMOVING)))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    facts = row[2] or row[3] or {}
    return Removal(str(next((facts[each] for each in CALLED if facts.get(each)), "")), row[0] or "", row[1])
