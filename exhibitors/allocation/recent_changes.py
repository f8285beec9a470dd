"""What was done lately at some fairs, from the audit trail: who, what, to whom, when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.user import User
from exhibitors.allocation.trail_filters import TrailFilters, conditions_of
from exhibitors.applications.booth_application import BoothApplication
from foundation.audit_trail import AuditEntry

NOT_TOLD = frozenset({"application.start", "file.keep", "file.drop", "proposal.start"})
"""Drafts are their producers' own; files are told of with what they belong to, a job with its end."""
TOGETHER = {"assignment.publish": "application.accept", "assignment.confirm": "application.confirm"}
"""What happens to the booth because of what happens to the application: one act, told once, with its booths."""
AT_ONCE = timedelta(seconds=1)
BOOTHS_OF_ONE = 3
"""Entries read for each line that is told: an application and the booths it usually has."""
PER_PAGE = 50
MOST_LINES = 20_000
EVERYTHING = TrailFilters()


@dataclass(frozen=True, slots=True)
class RecentChange:
    """One act; `person` is empty for the program itself, `code` and `producer` where an application is concerned.

    `thing` is the name of what was entered or changed, such as a type of booth, in Vietnamese.
    """

    at: datetime
    what: str
    person: str
    fair_id: int
    code: str
    producer: str
    thing: str
    place: str
    reason: str
    for_unit: bool
    """Whether an officer did it for the unit."""


class TrailLine(NamedTuple):
    """One entry as it is taken out: its number, the act, facts before and after."""

    number: int
    change: RecentChange
    old: Mapping[str, Any]
    new: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """One page of the changes, latest first; `total` counts the entries of the trail, `number` counts from 1."""

    rows: Sequence[RecentChange]
    total: int
    number: int
    pages: int


def recent_changes(
    session: Session,
    fair_ids: Collection[int],
    most: int = 10,
    *,
    since: datetime | None = None,
    hidden: frozenset[int] = frozenset(),
) -> Sequence[RecentChange]:
    """The newest acts at these fairs, latest first, none before `since`; two queries however many fairs."""
    told = _told_at(fair_ids).where(*conditions_of(TrailFilters(hidden=hidden)))
    wanted = told.limit(most * BOOTHS_OF_ONE)
    return _changes(session, wanted if since is None else wanted.where(AuditEntry.at >= since))[:most]


def changes_page(
    session: Session, fair_ids: Collection[int], page: int = 1, filters: TrailFilters = EVERYTHING
) -> ChangesPage:
    """All acts at these fairs that the filters leave, page by page; three queries however many there are."""
    wanted = _told_at(fair_ids).where(*conditions_of(filters))
    told = wanted.with_only_columns(func.count(AuditEntry.id), maintain_column_froms=True).order_by(None)
    total = session.scalar(told) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, page), pages)
    rows = _changes(session, wanted.offset((number - 1) * PER_PAGE).limit(PER_PAGE))
    return ChangesPage(rows, total, number, pages)


def whole_trail(session: Session, fair_id: int, filters: TrailFilters) -> list[TrailLine]:
    """Entry by entry with what stood there before and after, for a sheet; the newest 20,000."""
    rows = session.execute(_told_at([fair_id]).where(*conditions_of(filters)).limit(MOST_LINES)).all()
    about = _applications(session, [entry for entry, _ in rows])
    return [
        TrailLine(
            entry.id,
            _told(entry, name or "", about.get(_about(entry))),
            entry.old or {},
            entry.new or {},
        )
        for entry, name in rows
    ]


def _told_at(fair_ids: Collection[int]) -> Select[AuditEntry, str]:
    """Entries that are told with their persons, by their moments: what was entered later may have happened before."""
    return (
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.fair_id.in_(fair_ids), AuditEntry.what.not_in(NOT_TOLD))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )


def _changes(session: Session, wanted: Select[AuditEntry, str]) -> list[RecentChange]:
    rows = session.execute(wanted).all()
    about = _applications(session, [entry for entry, _ in rows])
    return _merged([_told(entry, name or "", about.get(_about(entry))) for entry, name in rows])


def _merged(changes: Sequence[RecentChange]) -> list[RecentChange]:
    """Without the booth's part of an act that the application's part tells of; its booths go there."""
    acts = {(change.what, change.code, change.person): change for change in changes if change.code}
    places: dict[int, list[str]] = {}
    left = []
    for change in changes:
        act = acts.get((TOGETHER.get(change.what, ""), change.code, change.person))
        if act is not None and abs(act.at - change.at) <= AT_ONCE:
            places.setdefault(id(act), []).append(change.place)
        else:
            left.append(change)
    return [
        replace(change, place=", ".join(sorted(places[id(change)]))) if id(change) in places else change
        for change in left
    ]


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
        thing="" if application or entry.what.startswith("fair.") else _name_in(facts),
        place=str(facts.get("booth") or facts.get("zone") or ""),
        reason=entry.reason,
        for_unit=entry.on_behalf_of is not None,
    )


def _name_in(facts: Mapping[str, Any]) -> str:
    return next((str(facts[key]) for key in ("name_vi", "title_vi", "text_vi") if facts.get(key)), "")
