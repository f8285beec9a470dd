"""What the changes of fairs can be narrowed to: by whom, about what, which application, between which days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select
from sqlalchemy.orm import Session

from accounts.user import User
from exhibitors.applications.booth_application import BoothApplication
from foundation import clock
from foundation.audit_trail import AuditEntry

TOPICS = {
    "applications": ("application.", "applications.", "dossier.", "paper."),
    "review": ("review.", "scores.", "note."),
    "booths": (
        "assignment.",
        "booth.",
        "proposal.",
        "draw.",
        "hand_move.",
        "waiting_list.",
        "place_group.",
        "comment.",
    ),
    "set_up": ("fair.", "call.", "plan.", "programme_item.", "question.", "booth_type.", "quota.", "result."),
    "letters": ("letter.", "decision_text."),
    "people": ("team.", "invitation."),
    "taken_out": (),
}
"""Name in the address → beginnings of codes of acts."""
TAKEN_OUT = ("applications.export", "scores.export", "looks.export", "trail.export")
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class TrailFilters:
    """`person` is a number of `user`, days are inclusive and of Vietnam; acts about applications `hidden` stay out."""

    person: int | None = None
    topic: str = ""
    code: str = ""
    first: date | None = None
    last: date | None = None
    hidden: frozenset[int] = frozenset()

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.person or self.topic or self.code or self.first or self.last)


def conditions_of(filters: TrailFilters) -> list[ColumnElement[bool]]:
    """The filters for the database."""
    kept: list[ColumnElement[bool]] = []
    if filters.person is not None:
        kept.append(AuditEntry.actor_id == filters.person)
    if filters.topic:
        beginnings = TOPICS.get(filters.topic, ())
        told = [AuditEntry.what.startswith(beginning, autoescape=True) for beginning in beginnings]
        kept.append(or_(false(), *told) if beginnings else AuditEntry.what.in_(TAKEN_OUT))
    if filters.code:
        kept.append(_about(BoothApplication.code == filters.code))
    if filters.hidden:
        kept.append(not_(_about(BoothApplication.id.in_(sorted(filters.hidden)))))
    if filters.first is not None and FIRST <= filters.first <= LAST:
        kept.append(AuditEntry.at >= clock.local_moment(filters.first, time()))
    if filters.last is not None and FIRST <= filters.last <= LAST:
        kept.append(AuditEntry.at < clock.local_moment(filters.last + timedelta(days=1), time()))
    return kept


def _about(applications: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an act is about one of the applications: it names it as its thing, or by its code among its facts."""
    numbers, codes = (select(column).where(applications) for column in (BoothApplication.id, BoothApplication.code))
    itself = and_(AuditEntry.thing_kind == BoothApplication.__tablename__, AuditEntry.thing_id.in_(numbers))
    return or_(func.coalesce(itself, false()), func.coalesce(AuditEntry.new["application"].as_string(), "").in_(codes))


def people_of(session: Session, fair_ids: Collection[int]) -> list[tuple[int, str]]:
    """Everybody who did something at these fairs, by name; one query."""
    acted = select(AuditEntry.actor_id).where(AuditEntry.fair_id.in_(fair_ids)).distinct()
    rows = session.execute(select(User.id, User.name).where(User.id.in_(acted)).order_by(User.name, User.id))
    return [(number, name) for number, name in rows]
