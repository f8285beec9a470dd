"""All scores of a fair beside each other: the middle, how far reviewers are apart, and whose review is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.queue_filters import applicants, within
from exhibitors.applications.review.application_review import ReviewAssignment, ReviewSummary
from exhibitors.applications.review.review_round import MOST_POINTS, criteria_of
from exhibitors.applications.review.sum_up_reviews import points_given
from exhibitors.applications.review.weighing import half_up, total_of
from exhibitors.applications.scoring.review_list import is_whole
from exhibitors.producers.producer import Producer
from foundation.bilingual import Bilingual

PER_PAGE = 50
MOST_EXPORTED = 10_000
SORTS: dict[str, tuple[Any, ...]] = {
    "score": (ReviewSummary.mean.desc().nulls_last(),),
    "median": (ReviewSummary.median.desc().nulls_last(),),
    "spread": ((ReviewSummary.highest - ReviewSummary.lowest).desc().nulls_last(),),
    "code": (),
}
VIEWS = ("all", "missing", "unscored")


@dataclass(frozen=True, slots=True)
class ScoreFilters:
    """What the address asks for, and applications that the person stands aside from."""

    view: str = "all"
    sort: str = "score"
    hidden: frozenset[int] = frozenset()


@dataclass(slots=True)
class ScoreRow:
    """One application; `given` are names and totals of whole reviews, `missing` names of those who were asked."""

    id: int
    code: str
    name: Bilingual
    state: ApplicationState
    reviews: int
    mean: int | None
    median: int | None
    lowest: int | None
    highest: int | None
    given: list[tuple[str, int]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def spread(self) -> int | None:
        """How far the reviewers are apart."""
        return None if self.lowest is None or self.highest is None else self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class ScorePage:
    """One page of the table, with how many each view holds."""

    rows: Sequence[ScoreRow]
    total: int
    number: int
    pages: int
    counts: dict[str, int]


def score_page(session: Session, fair: Fair, filters: ScoreFilters, number: int) -> ScorePage:
    """Fifty rows; as many queries for one as for fifty."""
    queries = {name: _view(session, fair, name, filters.hidden) for name in VIEWS}
    counts = {
        name: session.scalar(query.with_only_columns(func.count(BoothApplication.id))) or 0
        for name, query in queries.items()
    }
    total = counts.get(filters.view, counts["all"])
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, number), pages)
    cut = (
        _ordered(queries.get(filters.view, queries["all"]), filters.sort).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    )
    return ScorePage(_rows(session, fair, cut), total, page, pages, counts)


def all_scores(session: Session, fair: Fair, filters: ScoreFilters) -> list[ScoreRow]:
    """The whole table, for a sheet."""
    query = _view(session, fair, filters.view, filters.hidden)
    return _rows(session, fair, _ordered(query, filters.sort).limit(MOST_EXPORTED))


def scores_of(session: Session, fair: Fair, application: BoothApplication) -> list[tuple[str, int]]:
    """Names and totals of the whole reviews of one application."""
    rows = _rows(session, fair, applicants(fair).where(BoothApplication.id == application.id))
    return rows[0].given if rows else []


def _view(session: Session, fair: Fair, view: str, hidden: frozenset[int]) -> Select[BoothApplication]:
    query = applicants(fair).where(within(None, hidden))
    if view == "unscored":
        return query.where(ReviewSummary.reviews.is_(None))
    if view == "missing":
        whole = is_whole(BoothApplication.id, ReviewAssignment.user_id, fair, len(criteria_of(session, fair)))
        return query.where(exists().where(ReviewAssignment.application_id == BoothApplication.id, ~whole))
    return query


def _ordered(query: Select[BoothApplication], sort: str) -> Select[BoothApplication]:
    return query.order_by(*SORTS.get(sort, SORTS["score"]), BoothApplication.code)


def _rows(session: Session, fair: Fair, query: Select[BoothApplication]) -> list[ScoreRow]:
    summary = ReviewSummary
    found = session.execute(
        query.with_only_columns(
            BoothApplication.id,
            BoothApplication.code,
            Producer.name_vi,
            Producer.name_en,
            BoothApplication.state,
            func.coalesce(summary.reviews, 0),
            summary.mean,
            summary.median,
            summary.lowest,
            summary.highest,
        )
    )
    rows = [
        ScoreRow(number, code, Bilingual(vi, en), ApplicationState(state), *rest)
        for number, code, vi, en, state, *rest in found
    ]
    _name_reviews(session, fair, {row.id: row for row in rows})
    return rows


def _name_reviews(session: Session, fair: Fair, by_number: dict[int, ScoreRow]) -> None:
    """Who has given what, and who was asked and has not; four queries."""
    numbers = list(by_number) if len(by_number) <= PER_PAGE else None
    weights = {criterion.id: criterion.weight for criterion in criteria_of(session, fair)}
    asked = (
        select(ReviewAssignment.application_id, ReviewAssignment.user_id)
        .join(BoothApplication, BoothApplication.id == ReviewAssignment.application_id)
        .where(BoothApplication.fair_id == fair.id)
    )
    asked = asked if numbers is None else asked.where(ReviewAssignment.application_id.in_(numbers))
    people: dict[int, set[int]] = {}
    for number, person in session.execute(asked):
        people.setdefault(number, set()).add(person)
    points = points_given(session, fair, numbers)
    everybody = {one for asked_of in people.values() for one in asked_of}
    everybody |= {one for given in points.values() for one in given}
    named = session.execute(select(User.id, User.name).where(User.id.in_(sorted(everybody))))
    names = {person: name for person, name in named}  # noqa: C416 - rows are no pairs to `dict`
    for number, row in by_number.items():
        totals = {one: total_of(mine, weights, MOST_POINTS) for one, mine in points.get(number, {}).items()}
        whole = {one: half_up(total) for one, total in totals.items() if total is not None}
        row.given = sorted((names[one], total) for one, total in whole.items())
        row.missing = sorted(names[one] for one in people.get(number, set()) - whole.keys())
