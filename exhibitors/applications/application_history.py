"""The trail of one application: who did what to it and to its booths, newest first; and when it moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from accounts.user import User
from exhibitors.applications.booth_application import BoothApplication
from foundation.audit_trail import AuditEntry


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act; `name` is empty for the program itself, `booth` a code where the act concerns one."""

    at: datetime
    what: str
    name: str
    reason: str
    booth: str
    decision: str
    for_unit: bool


def history_of(session: Session, application: BoothApplication, most: int = 30) -> list[HistoryLine]:
    """The newest lines; acts on its booths name it in their facts. For organisers' eyes alone."""
    about = and_(AuditEntry.thing_kind == BoothApplication.__tablename__, AuditEntry.thing_id == application.id)
    about_booths = AuditEntry.new["application"].as_string() == application.code
    rows = session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.fair_id == application.fair_id, or_(about, about_booths))
        .order_by(AuditEntry.id.desc())
        .limit(most)
    )
    return [_line(entry, name or "") for entry, name in rows]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn in the course of an application, by the name of its move; both sides know of it."""

    move: str
    at: datetime


TURNS = (
    "ask_for_changes",
    "resubmit",
    "reject",
    "decline",
    "expire",
    "withdraw",
    "lapse",
    "cancel",
    "close_waitlist",
    "reinstate",
)
"""Moves that the unit hears of at once, beside those that have a column of their own."""


def turns_of(session: Session, application: BoothApplication) -> list[Turn]:
    """Its turns in their order, with nothing in them that the unit may not know: no names, no reasons."""
    moves = [f"application.{name}" for name in TURNS]
    query = (
        select(AuditEntry.what, AuditEntry.at)
        .where(
            AuditEntry.fair_id == application.fair_id,
            AuditEntry.thing_kind == BoothApplication.__tablename__,
            AuditEntry.thing_id == application.id,
            AuditEntry.what.in_(moves),
        )
        .order_by(AuditEntry.id)
    )
    return [Turn(what.removeprefix("application."), at) for what, at in session.execute(query)]


def _line(entry: AuditEntry, name: str) -> HistoryLine:
    new = entry.new or {}
    booth, decision = str(new.get("booth") or ""), str(new.get("decision") or "")
    return HistoryLine(entry.at, entry.what, name, entry.reason, booth, decision, entry.on_behalf_of is not None)
