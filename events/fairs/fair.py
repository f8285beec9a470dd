"""The fair: what it is, when and where it is open, and the one door of each move of its life."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from functools import cache

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    Time,
    UniqueConstraint,
    bindparam,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from accounts.organisation import Organisation
from events.fairs.fair_course import CALL_MOVES, MOVES, CallState, FairCourse, FairState, Phase
from events.fairs.fair_hours import FairHours
from events.fairs.fair_series import FairSeries
from events.places.venue import Venue
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.refusal import Refused
from foundation.searchable import Searchable
from foundation.stored_file import StoredFile

__all__ = [
    "CALL_MOVES",
    "MOVES",
    "CallState",
    "ClosedDay",
    "DateState",
    "Fair",
    "FairKind",
    "FairState",
    "FairVenue",
    "Phase",
    "find_fair",
    "move_call",
    "move_fair",
]


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


class Fair(FairCourse, Searchable, Base):
    """One fair, promotion week, display area … with its days and its call for applications."""

    __tablename__ = "fair"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days_in_order"),
        CheckConstraint("(date_state = 'unknown') = (first_day is null)", name="unknown_has_no_day"),
        CheckConstraint("(first_day is null) = (last_day is null)", name="both_days"),
        CheckConstraint("month is null or (month between 1 and 12 and first_day is null)", name="month_without_days"),
        CheckConstraint("closes_at > opens_at", name="hours_in_order"),
        CheckConstraint("call_closes_at > call_opens_at", name="call_in_order"),
        CheckConstraint("build_up_from < first_day", name="build_up_first"),
        CheckConstraint("tear_down_until > last_day", name="tear_down_last"),
        CheckConstraint("site_closes_at > site_opens_at", name="site_hours_in_order"),
        Index("ix_fair_state_first_day", "state", "first_day"),
    )
    __public__ = True
    __corrects__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(20), default=FairState.DRAFT.value)
    call_state: Mapped[str] = mapped_column(String(20), default=CallState.NOT_OPEN.value)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("fair_series.id"), index=True)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    summary_vi: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    description_vi: Mapped[str] = mapped_column(Text, default="", server_default="")
    description_en: Mapped[str] = mapped_column(Text, default="", server_default="")
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    cover_alt_vi: Mapped[str] = mapped_column(String(200), default="", server_default="")
    cover_alt_en: Mapped[str] = mapped_column(String(200), default="", server_default="")
    has_sales: Mapped[bool | None]
    guest_country: Mapped[str] = mapped_column(String(2), default="", server_default="")
    host_event: Mapped[str] = mapped_column(String(200), default="")
    year: Mapped[int]
    month: Mapped[int | None]
    date_state: Mapped[str] = mapped_column(String(20), default=DateState.FIXED.value)
    first_day: Mapped[date | None] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    opens_at: Mapped[time] = mapped_column(Time, default=time(8))
    closes_at: Mapped[time] = mapped_column(Time, default=time(21, 30))
    build_up_from: Mapped[date | None] = mapped_column(Date)
    tear_down_until: Mapped[date | None] = mapped_column(Date)
    site_opens_at: Mapped[time | None] = mapped_column(Time)
    site_closes_at: Mapped[time | None] = mapped_column(Time)
    call_opens_at: Mapped[datetime | None]
    call_closes_at: Mapped[datetime | None]
    answer_by: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    series: Mapped[FairSeries | None] = relationship()
    cover: Mapped[StoredFile | None] = relationship()
    venues: Mapped[list[FairVenue]] = relationship(
        order_by="FairVenue.position", cascade="all, delete-orphan", back_populates="fair"
    )
    closed_days: Mapped[list[ClosedDay]] = relationship(order_by="ClosedDay.day", cascade="all, delete-orphan")
    own_hours: Mapped[list[FairHours]] = relationship(order_by=FairHours.day, cascade="all, delete-orphan")

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    @property
    def summary(self) -> Bilingual:
        """What visitors read first, in both languages (plain text, paragraphs by blank lines)."""
        return Bilingual(self.summary_vi, self.summary_en)

    @property
    def venue_names(self) -> tuple[Bilingual, ...]:
        """The names of its venues in their order."""
        return tuple(place.venue.name for place in self.venues)

    @property
    def description(self) -> Bilingual:
        """The long text in both languages, in Markdown."""
        return Bilingual(self.description_vi, self.description_en)

    @property
    def cover_alt(self) -> Bilingual:
        """What the cover picture shows, in both languages."""
        return Bilingual(self.cover_alt_vi, self.cover_alt_en)

    def searchable_text(self) -> str:
        """Found by its names, host event, year and venues."""
        places = " ".join(f"{place.venue.name_vi} {place.venue.locality.district.name}" for place in self.venues)
        return f"{self.name_vi} {self.name_en} {self.host_event} {self.year} {places}"

    def hours_on(self, day: date) -> tuple[time, time]:
        """When it opens and closes on a day: the day's own hours, else the usual ones."""
        own = next((hours for hours in self.own_hours if hours.day == day), None)
        return (own.opens_at, own.closes_at) if own else (self.opens_at, self.closes_at)

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
    if fair.archived_at is not None:
        raise Refused("fair_is_archived")
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
    return session.scalar(_fair_of_slug(), {"slug": slug})


@cache
def _fair_of_slug() -> Select[Fair]:
    """Built once, as almost every page begins with it."""
    return select(Fair).where(Fair.slug == bindparam("slug"))
