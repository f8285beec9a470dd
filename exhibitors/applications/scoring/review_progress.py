"""How far the reviewers of a fair have come, and who stands aside from what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.application_review import Recusal, ReviewAssignment
from exhibitors.applications.review.review_round import criteria_of
from exhibitors.applications.review.who_reviews import Reviewer, reviewers_of
from exhibitors.applications.scoring.review_list import is_whole


@dataclass(frozen=True, slots=True)
class Progress:
    """A reviewer with how many applications they were asked to score, and how many of these they have."""

    reviewer: Reviewer
    asked: int
    done: int


@dataclass(frozen=True, slots=True)
class RecusalRow:
    """Somebody stands aside from an application, and why."""

    application_id: int
    code: str
    user_id: int
    name: str
    reason: str
    at: datetime


def review_progress(session: Session, fair: Fair) -> Sequence[Progress]:
    """Every reviewer of the fair by name; three queries."""
    whole = is_whole(ReviewAssignment.application_id, ReviewAssignment.user_id, fair, len(criteria_of(session, fair)))
    mine = (
        select(ReviewAssignment.user_id, func.count(), func.count().filter(whole))
        .join(BoothApplication, BoothApplication.id == ReviewAssignment.application_id)
        .where(BoothApplication.fair_id == fair.id)
        .group_by(ReviewAssignment.user_id)
    )
    counts = {person: (asked, done) for person, asked, done in session.execute(mine)}
    return [Progress(one, *counts.get(one.id, (0, 0))) for one in reviewers_of(session, fair)]


def recusals_at(session: Session, fair: Fair) -> Sequence[RecusalRow]:
    """Who stands aside at the fair, latest first; one query."""
    rows = session.execute(
        select(Recusal.application_id, BoothApplication.code, User.id, User.name, Recusal.reason, Recusal.declared_at)
        .join(BoothApplication, BoothApplication.id == Recusal.application_id)
        .join(User, User.id == Recusal.user_id)
        .where(BoothApplication.fair_id == fair.id)
        .order_by(Recusal.declared_at.desc(), BoothApplication.code)
    )
    return [RecusalRow(*row) for row in rows]
