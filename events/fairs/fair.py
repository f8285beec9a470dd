"""The fair: what it is, when and where it is open, and the one table of moves of its life."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Protocol

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, Time, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from accounts.organisation import Organisation
from events.places.venue import Venue
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.refusal import Refused
from foundation.searchable import Searchable


class FairKind(StrEnum):
    """Kinds named in the programme's record."""

    FAIR = "fair"
    PROMOTION_WEEK = "promotion_week"
    DISPLAY_AREA = "display_area"
    BRAND_WEEK = "brand_week"
    COUNTRY_WEEK = "country_week"
    CONNECTION_PROGRAMME = "connection_programme"
    CONFERENCE = "conference"


class DateState(StrEnum):
    """How sure the dates are: an unknown date is said, never invented."""

    FIXED = "fixed"
    TENTATIVE = "tentative"
    UNKNOWN = "unknown"


class FairState(StrEnum):
    """What the organiser decided; what follows from the clock is the phase."""

    DRAFT = "draft"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class CallState(StrEnum):
    """Whether producers may apply, as the organiser decided."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSED = "closed"


class Phase(StrEnum):
    """Where a fair stands today, for everybody to read."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CALL_OPEN = "call_open"
    PREPARING = "preparing"
    RUNNING = "running"
    OVER = "over"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


MOVES: dict[tuple[FairState, str], FairState] = {
    (FairState.DRAFT, "publish"): FairState.PUBLISHED,
    (FairState.PUBLISHED, "withdraw_from_public"): FairState.DRAFT,
    (FairState.PUBLISHED, "postpone"): FairState.POSTPONED,
    (FairState.POSTPONED, "resume"): FairState.PUBLISHED,
    (FairState.PUBLISHED, "cancel"): FairState.CANCELLED,
    (FairState.POSTPONED, "cancel"): FairState.CANCELLED,
    (FairState.CANCELLED, "restore"): FairState.PUBLISHED,
}
CALL_MOVES: dict[tuple[CallState, str], CallState] = {
    (CallState.NOT_OPEN, "open_call"): CallState.OPEN,
    (CallState.OPEN, "close_call"): CallState.CLOSED,
    (CallState.CLOSED, "open_call"): CallState.OPEN,
}


class CourseFacts(Protocol):
    """What decides where a fair stands."""

    @property
    def state(self) -> str: ...
    @property
    def call_state(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def first_day(self) -> date | None: ...
    @property
    def last_day(self) -> date | None: ...
    @property
    def call_opens_at(self) -> datetime | None: ...
    @property
    def call_closes_at(self) -> datetime | None: ...
    @property
    def days_shut(self) -> frozenset[date]: ...


class FairCourse:
    """Where a fair stands in time; the same rules for the fair itself and for a row of a list."""

    __slots__ = ()

    def phase(self: CourseFacts, moment: datetime | None = None) -> Phase:
        """Where the fair stands at a moment (now, unless told)."""
        moment = moment or clock.now()
        if self.state != FairState.PUBLISHED:
            return Phase(self.state)
        day = clock.local_day(moment)
        if (self.last_day and day > self.last_day) or (self.last_day is None and day.year > self.year):
            return Phase.OVER
        if self.first_day and day >= self.first_day:
            return Phase.RUNNING
        if FairCourse.takes_applications(self, moment):
            return Phase.CALL_OPEN
        return Phase.ANNOUNCED if self.call_state == CallState.NOT_OPEN else Phase.PREPARING

    def takes_applications(self: CourseFacts, moment: datetime | None = None) -> bool:
        """Whether a producer may start or submit an application at the moment."""
        return FairCourse.why_no_application(self, moment) is None

    def why_no_application(self: CourseFacts, moment: datetime | None = None) -> str | None:
        """The reason code for which nobody can apply at the moment, or None."""
        moment = moment or clock.now()
        if self.state != FairState.PUBLISHED:
            return f"fair_{self.state}"
        if self.call_state == CallState.NOT_OPEN or (self.call_opens_at and moment < self.call_opens_at):
            return "call_not_open"
        if self.call_state == CallState.CLOSED or (self.call_closes_at and moment >= self.call_closes_at):
            return "call_closed"
        if self.last_day and clock.local_day(moment) > self.last_day:
            return "fair_over"
        return None

    def is_open_on(self: CourseFacts, day: date) -> bool:
        """Whether visitors find it open on the day: within its days and not a closed one."""
        if self.first_day is None or self.last_day is None or not self.first_day <= day <= self.last_day:
            return False
        return day not in self.days_shut


class Fair(FairCourse, Searchable, Base):
    """One fair, promotion week, display area … with its days and its call for applications."""

    __tablename__ = "fair"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days_in_order"),
        CheckConstraint("(date_state = 'unknown') = (first_day is null)", name="unknown_has_no_day"),
        CheckConstraint("(first_day is null) = (last_day is null)", name="both_days"),
        CheckConstraint("closes_at > opens_at", name="hours_in_order"),
        CheckConstraint("call_closes_at > call_opens_at", name="call_in_order"),
        Index("ix_fair_state_first_day", "state", "first_day"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(20), default=FairState.DRAFT.value)
    call_state: Mapped[str] = mapped_column(String(20), default=CallState.NOT_OPEN.value)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    summary_vi: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    host_event: Mapped[str] = mapped_column(String(200), default="")
    year: Mapped[int]
    date_state: Mapped[str] = mapped_column(String(20), default=DateState.FIXED.value)
    first_day: Mapped[date | None] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    opens_at: Mapped[time] = mapped_column(Time, default=time(8))
    closes_at: Mapped[time] = mapped_column(Time, default=time(21, 30))
    call_opens_at: Mapped[datetime | None]
    call_closes_at: Mapped[datetime | None]
    answer_by: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    venues: Mapped[list[FairVenue]] = relationship(
        order_by="FairVenue.position", cascade="all, delete-orphan", back_populates="fair"
    )
    closed_days: Mapped[list[ClosedDay]] = relationship(order_by="ClosedDay.day", cascade="all, delete-orphan")

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    @property
    def summary(self) -> Bilingual:
        """What visitors read first, in both languages (plain text, paragraphs by blank lines)."""
        return Bilingual(self.summary_vi, self.summary_en)

    def searchable_text(self) -> str:
        """Found by its names, host event, year and venues."""
        places = " ".join(f"{place.venue.name_vi} {place.venue.locality.district.name}" for place in self.venues)
        return f"{self.name_vi} {self.name_en} {self.host_event} {self.year} {places}"

    @property
    def days_shut(self) -> frozenset[date]:
        """The closed days as plain dates."""
        return frozenset(closed.day for closed in self.closed_days)


class FairVenue(Base):
    """A venue of a fair; a fair may have several, each with its own plan."""

    __tablename__ = "fair_venue"
    __table_args__ = (UniqueConstraint("fair_id", "venue_id"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)

    fair: Mapped[Fair] = relationship(back_populates="venues")
    venue: Mapped[Venue] = relationship(lazy="joined")


class ClosedDay(Base):
    """A day within the fair on which it stays shut (mùng 1–3 Tết)."""

    __tablename__ = "closed_day"
    __table_args__ = (UniqueConstraint("fair_id", "day"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    day: Mapped[date] = mapped_column(Date)


def move_fair(session: Session, actor: Actor, fair: Fair, move: str, *, reason: str = "") -> None:
    """The one door through which a fair changes its state; refuses moves that are not in the table."""
    old = FairState(fair.state)
    new = MOVES.get((old, move))
    if new is None:
        raise Refused("fair_move_impossible", move=move, state=old.value)
    fair.state = new.value
    fair.reason = reason
    if new is FairState.PUBLISHED and fair.published_at is None:
        fair.published_at = clock.now()
    before, after = {"state": old.value}, {"state": new.value}
    record(session, actor, f"fair.{move}", fair, fair_id=fair.id, old=before, new=after, reason=reason)


def move_call(session: Session, actor: Actor, fair: Fair, move: str) -> None:
    """The one door through which a call opens and closes."""
    old = CallState(fair.call_state)
    new = CALL_MOVES.get((old, move))
    if new is None:
        raise Refused("call_move_impossible", move=move, state=old.value)
    fair.call_state = new.value
    before, after = {"call": old.value}, {"call": new.value}
    record(session, actor, f"fair.{move}", fair, fair_id=fair.id, old=before, new=after)


def find_fair(session: Session, slug: str) -> Fair | None:
    """The fair with this address, in any state."""
    return session.scalar(select(Fair).where(Fair.slug == slug))
