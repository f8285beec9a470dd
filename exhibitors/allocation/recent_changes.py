"""What was done lately at some fairs, from the audit trail: who, what, to whom, when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.user import User
from exhibitors.applications.booth_application import BoothApplication
from foundation.audit_trail import AuditEntry

NOT_TOLD = frozenset({"application.start", "application.change", "file.keep", "file.drop", "proposal.start"})
"""Drafts are their producers' own; files are told of with what they belong to, a job with its end."""


@dataclass(frozen=True, slots=True)
class RecentChange:
    """One act; `person` is empty for the program itself, `code` and `producer` where an application is concerned."""

    at: datetime
    what: str
    person: str
    fair_id: int
    code: str
    producer: str
    place: str
    reason: str


def recent_changes(session: Session, fair_ids: Collection[int], most: int = 10) -> Sequence[RecentChange]:
    """The newest acts at these fairs, latest first; two queries however many fairs."""
    rows = session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.fair_id.in_(fair_ids), AuditEntry.what.not_in(NOT_TOLD))
        .order_by(AuditEntry.id.desc())
        .limit(most)
    ).all()
    about = _applications(session, [entry for entry, _ in rows])
    return [_told(entry, name or "", about.get(_about(entry))) for entry, name in rows]


def _about(entry: AuditEntry) -> int | str | None:
    """The application's number or code, as the entry has it."""
    if entry.thing_kind == BoothApplication.__tablename__:
        return entry.thing_id
    code = (entry.new or {}).get("application")
    return code if isinstance(code, str) else None


def _applications(session: Session, entries: Sequence[AuditEntry]) -> dict[int | str | None, BoothApplication]:
    keys = {_about(entry) for entry in entries}
    numbers = [key for key in keys if isinstance(key, int)]
    codes = [key for key in keys if isinstance(key, str)]
    found = session.scalars(
        select(BoothApplication)
        .options(joinedload(BoothApplication.producer))
        .where(or_(BoothApplication.id.in_(numbers), BoothApplication.code.in_(codes)))
    )
    known: dict[int | str | None, BoothApplication] = {}
    for application in found:
        known[application.id] = known[application.code or ""] = application
    return known


def _told(entry: AuditEntry, name: str, application: BoothApplication | None) -> RecentChange:
    facts = (entry.old or {}) | (entry.new or {})
    return RecentChange(
        at=entry.at,
        what=entry.what,
        person=name,
        fair_id=entry.fair_id or 0,
        code=(application.code or "") if application else "",
        producer=application.producer.name_vi if application else "",
        place=str(facts.get("booth") or facts.get("zone") or ""),
        reason=entry.reason,
    )
