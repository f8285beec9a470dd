"""Question: the programme in figures over the years, as published; nothing is added up that its source rounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from events.fairs.browse_fairs import PUBLIC_STATES, passed_without_days
from events.fairs.fair import Fair, FairState
from exhibitors.results.fair_figure import FairFigure, Measure

COUNTED = (Measure.REVENUE, Measure.VISITS, Measure.UNITS, Measure.PRODUCTS, Measure.BOOTHS)


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many public fairs a year has, called-off ones not counted."""

    year: int
    fairs: int


@dataclass(frozen=True, slots=True)
class MeasureRows:
    """All published figures of one measure, oldest year first; `most` is the largest, at least 1."""

    measure: Measure
    rows: Sequence[FairFigure]

    @property
    def most(self) -> int:
        """What the longest bar stands for."""
        return max([1, *(row.amount or 0 for row in self.rows)])


def fairs_by_year(session: Session, day: date) -> list[YearCount]:
    """The years that have a public fair which had begun by the day, oldest first."""
    begun = or_(Fair.first_day <= day, and_(Fair.first_day.is_(None), passed_without_days(day)))
    rows = session.execute(
        select(Fair.year, func.count(Fair.id))
        .where(Fair.state.in_(PUBLIC_STATES), Fair.state.not_in([FairState.CANCELLED, FairState.POSTPONED]), begun)
        .group_by(Fair.year)
        .order_by(Fair.year)
    )
    return [YearCount(year, fairs) for year, fairs in rows]


def published_measures(session: Session) -> list[MeasureRows]:
    """What can be counted, measure by measure; a measure without a figure is left out. One query."""
    figures = session.scalars(
        select(FairFigure)
        .join(FairFigure.fair)
        .options(contains_eager(FairFigure.fair))
        .where(Fair.state.in_(PUBLIC_STATES), FairFigure.amount.is_not(None), FairFigure.measure.in_(COUNTED))
        .order_by(Fair.year, Fair.first_day, Fair.id, FairFigure.id)
    ).all()
    grouped = [MeasureRows(one, [row for row in figures if row.measure == one]) for one in COUNTED]
    return [group for group in grouped if group.rows]
