"""Keeps what all reviews of an application come to, whenever a score, a criterion or a weight changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.application_review import ReviewSummary, Score
from exhibitors.applications.review.review_round import MOST_POINTS, criteria_of
from exhibitors.applications.review.weighing import total_of, weigh

Points = dict[int, dict[int, dict[int, int]]]
"""Application → reviewer → criterion → points."""


def points_given(session: Session, fair: Fair, application_ids: Sequence[int] | None = None) -> Points:
    """All points at the fair, or those of some applications; one query."""
    query = (
        select(Score.application_id, Score.user_id, Score.criterion_id, Score.points)
        .join(BoothApplication, BoothApplication.id == Score.application_id)
        .where(BoothApplication.fair_id == fair.id)
    )
    if application_ids is not None:
        query = query.where(Score.application_id.in_(application_ids))
    given: Points = defaultdict(lambda: defaultdict(dict))
    for application, person, criterion, points in session.execute(query):
        given[application][person][criterion] = points
    return given


def sum_up_reviews(session: Session, fair: Fair, application_ids: Sequence[int] | None = None) -> None:
    """Count anew for some applications, or for all of the fair; only whole reviews count."""
    session.flush()
    weights = {criterion.id: criterion.weight for criterion in criteria_of(session, fair)}
    every = select(BoothApplication.id).where(BoothApplication.fair_id == fair.id)
    about = every if application_ids is None else every.where(BoothApplication.id.in_(application_ids))
    session.execute(delete(ReviewSummary).where(ReviewSummary.application_id.in_(about)))
    for number, people in points_given(session, fair, application_ids).items():
        totals = [total_of(points, weights, MOST_POINTS) for points in people.values()]
        weighed = weigh([total for total in totals if total is not None])
        if weighed is not None:
            facts = {"reviews": weighed.reviews, "mean": weighed.mean, "median": weighed.median}
            ends = {"lowest": weighed.lowest, "highest": weighed.highest}
            session.add(ReviewSummary(application_id=number, **facts, **ends))
    session.flush()
