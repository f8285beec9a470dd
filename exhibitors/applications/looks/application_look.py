"""Who has opened what of an application: one row for a person, an application, a day and what was opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.producer import Producer
from foundation.database import Base, read_rows

MOST_SHOWN = 40
MOST_TAKEN_OUT = 100_000


class Opened(StrEnum):
    """What was opened: the application with the unit's contacts, its papers, or the sheet of points (perhaps blind)."""

    APPLICATION = "application"
    PAPERS = "papers"
    POINTS = "points"


class ApplicationLook(Base):
    """Somebody has opened it on this day, first at this moment; the database refuses to change or delete it
    (triggers of the migrations).
    """

    __tablename__ = "application_look"
    __table_args__ = (CheckConstraint("opened in ('application', 'papers', 'points')", name="opened"),)

    application_id: Mapped[int] = mapped_column(
        ForeignKey("booth_application.id"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, autoincrement=False, index=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    opened: Mapped[str] = mapped_column(String(12), primary_key=True)
    first_at: Mapped[datetime]


@dataclass(slots=True)
class SeenBy:
    """One person on one day: the first moment, and what they opened in that order."""

    name: str
    first_at: datetime
    opened: list[Opened] = field(default_factory=list)


_LOOKS = (
    select(ApplicationLook.user_id, User.name, ApplicationLook.day, ApplicationLook.opened, ApplicationLook.first_at)
    .join(User, User.id == ApplicationLook.user_id)
    .where(ApplicationLook.application_id == bindparam("application_id"))
    .order_by(ApplicationLook.day.desc(), ApplicationLook.first_at, ApplicationLook.opened)
    .limit(MOST_SHOWN * len(Opened))
)


def seen_by(session: Session, application: BoothApplication) -> Sequence[SeenBy]:
    """Who has opened it, the last days first; one query."""
    return _gathered(read_rows(session, _LOOKS, {"application_id": application.id}))[:MOST_SHOWN]


def looks_at_fair(session: Session, fair: Fair, hidden: frozenset[int] = frozenset()) -> Sequence[Any]:
    """Rows of first moment, person, code, unit and what was opened, the latest first; `hidden` applications left out.

    One query, the latest 100,000.
    """
    query = (
        select(ApplicationLook.first_at, User.name, BoothApplication.code, Producer.name_vi, ApplicationLook.opened)
        .join(User, User.id == ApplicationLook.user_id)
        .join(BoothApplication, BoothApplication.id == ApplicationLook.application_id)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(BoothApplication.fair_id == fair.id, BoothApplication.id.not_in(sorted(hidden)))
        .order_by(ApplicationLook.first_at.desc(), BoothApplication.id, ApplicationLook.opened)
        .limit(MOST_TAKEN_OUT)
    )
    return session.execute(query).all()


def _gathered(rows: Iterable[tuple[int, str, date, str, datetime]]) -> list[SeenBy]:
    by_day: dict[tuple[int, date], SeenBy] = {}
    for user_id, name, day, opened, first_at in rows:
        by_day.setdefault((user_id, day), SeenBy(name, first_at)).opened.append(Opened(opened))
    return list(by_day.values())
