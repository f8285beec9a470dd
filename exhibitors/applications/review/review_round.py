"""How a fair reviews its applications: its rules, its criteria with weights, and where its reviewers come from."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from events.fairs.fair import Fair
from foundation import clock
from foundation.bilingual import Bilingual
from foundation.database import Base

MOST_POINTS = 5
"""Points of one criterion run from 1 to 5."""


class ReviewRound(Base):
    """The rules of a fair's review; a fair without a row has none of them."""

    __tablename__ = "review_round"
    __table_args__ = (CheckConstraint("closes_at > opens_at", name="in_order"),)

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True, autoincrement=False)
    is_blind: Mapped[bool] = mapped_column(default=False)
    own_score_first: Mapped[bool] = mapped_column(default=True)
    recuses_by_locality: Mapped[bool] = mapped_column(default=True)
    by_median: Mapped[bool] = mapped_column(default=False)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]

    def is_open(self, moment: datetime) -> bool:
        """Whether scores can be given at this moment."""
        begun = self.opens_at is None or self.opens_at <= moment
        return begun and (self.closes_at is None or moment < self.closes_at)

    @property
    def first_day(self) -> date | None:
        """The day on which scores begin to be taken."""
        return clock.local_day(self.opens_at) if self.opens_at else None

    @property
    def last_day(self) -> date | None:
        """The last day of scores: a round that closes at midnight closes with the day before."""
        return clock.local_day(self.closes_at - timedelta(seconds=1)) if self.closes_at else None


class Criterion(Base):
    """One thing that is scored; weights are relative to the sum of the fair's weights."""

    __tablename__ = "review_criterion"
    __table_args__ = (
        UniqueConstraint("fair_id", "name_vi"),
        CheckConstraint("weight between 1 and 100", name="weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    position: Mapped[int] = mapped_column(default=0)
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    help_vi: Mapped[str] = mapped_column(Text, default="")
    help_en: Mapped[str] = mapped_column(Text, default="")
    weight: Mapped[int]

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    @property
    def help(self) -> Bilingual:
        """What is looked at, in both languages."""
        return Bilingual(self.help_vi, self.help_en)


class ReviewerPlace(Base):
    """The commune a reviewer comes from, as far as it counts at one fair."""

    __tablename__ = "reviewer_place"

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, autoincrement=False)
    locality_id: Mapped[int] = mapped_column(ForeignKey("locality.id"), index=True)


def round_of(session: Session, fair: Fair) -> ReviewRound:
    """The rules of the fair's review; those of a fair that has set none are not in the session."""
    known = session.get(ReviewRound, fair.id)
    plain = {"is_blind": False, "own_score_first": True, "recuses_by_locality": True, "by_median": False}
    return known or ReviewRound(fair_id=fair.id, **plain)


def criteria_of(session: Session, fair: Fair) -> list[Criterion]:
    """The criteria in the organiser's order."""
    query = select(Criterion).where(Criterion.fair_id == fair.id)
    return list(session.scalars(query.order_by(Criterion.position, Criterion.id)))


def find_criterion(session: Session, fair: Fair, criterion_id: int) -> Criterion | None:
    """The criterion if it belongs to this very fair."""
    return session.scalar(select(Criterion).where(Criterion.fair_id == fair.id, Criterion.id == criterion_id))
