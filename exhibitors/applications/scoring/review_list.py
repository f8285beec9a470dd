"""What a reviewer has before them at a fair: applications to score, those scored, and those they stand aside from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, null, or_, select
from sqlalchemy.orm import Session

from accounts.permissions import Act
from events.fairs.fair import Fair
from events.fairs.permissions import zones_open_to
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from exhibitors.applications.queue_filters import handed_in, within
from exhibitors.applications.review.application_review import Recusal, ReviewAssignment, Score
from exhibitors.applications.review.review_round import MOST_POINTS, ReviewerPlace, ReviewRound, criteria_of
from exhibitors.applications.review.score_applications import SCORED_IN
from exhibitors.applications.review.sum_up_reviews import points_given
from exhibitors.applications.review.weighing import half_up, total_of
from exhibitors.applications.review.who_reviews import Tie
from exhibitors.producers.producer import Producer, Product, ProductGroup
from foundation.actor import Actor
from foundation.bilingual import Bilingual

PER_PAGE = 50
VIEWS = ("asked", "open", "done", "aside")


@dataclass(slots=True)
class ReviewRow:
    """One application before a reviewer; `total` is their own, 0 to 100, None while it is not scored."""

    id: int
    code: str
    name: Bilingual
    is_asked: bool
    tie: str | None = None
    """What keeps the reviewer from it, a value of `Tie`; read in the view of what they stand aside from alone."""
    total: int | None = None
    groups: list[Bilingual] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One page of them, with how many each view holds."""

    rows: Sequence[ReviewRow]
    total: int
    number: int
    pages: int
    counts: dict[str, int]
    view: str


@dataclass(frozen=True, slots=True)
class FairToScore:
    """A fair at which somebody scores, and how many applications they were asked to and have not yet scored."""

    slug: str
    name: Bilingual
    waiting: int


def review_page(session: Session, actor: Actor, fair: Fair, view: str, number: int) -> ReviewPage:
    """Fifty rows of a view by code, which says nothing of a unit; as many queries for one as for fifty."""
    views = {name: _view(session, actor, fair, name) for name in VIEWS}
    counts = {name: session.scalar(query.with_only_columns(func.count())) or 0 for name, query in views.items()}
    shown = view if view in views else "asked" if counts["asked"] else "open"
    pages = max(1, -(-counts[shown] // PER_PAGE))
    page = min(max(1, number), pages)
    cut = views[shown].order_by(BoothApplication.code).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    columns = (*_columns(actor), _tie(actor) if shown == "aside" else null())
    rows = [
        ReviewRow(number, code, Bilingual(vi, en), asked, tie)
        for number, code, vi, en, asked, tie in session.execute(cut.with_only_columns(*columns))
    ]
    _fill(session, actor, fair, rows)
    return ReviewPage(rows, counts[shown], page, pages, counts, shown)


def next_to_score(session: Session, actor: Actor, fair: Fair, code: str) -> str | None:
    """The code of the next application after this one that is not scored, of those asked for first; else from the
    beginning.
    """
    for view in ("asked", "open"):
        query = _view(session, actor, fair, view).with_only_columns(BoothApplication.code)
        codes = list(session.scalars(query.order_by(BoothApplication.code)))
        left = [one for one in codes if one > code] or [one for one in codes if one != code]
        if left:
            return str(left[0])
    return None


def fairs_to_score(session: Session, actor: Actor) -> Sequence[FairToScore]:
    """The fairs where something is asked of this person, and those they see nothing else of; one query."""
    mine = and_(
        ReviewAssignment.application_id == BoothApplication.id,
        ReviewAssignment.user_id == actor.user_id,
        BoothApplication.state.in_(sorted(SCORED_IN)),
        ~exists().where(Score.application_id == BoothApplication.id, Score.user_id == actor.user_id),
    )
    waiting = select(BoothApplication.fair_id, func.count().label("waiting")).join(ReviewAssignment, mine)
    counted = waiting.group_by(BoothApplication.fair_id).subquery()
    rows = session.execute(
        select(Fair.slug, Fair.name_vi, Fair.name_en, func.coalesce(counted.c.waiting, 0))
        .outerjoin(counted, counted.c.fair_id == Fair.id)
        .where(or_(counted.c.waiting > 0, Fair.id.in_(sorted(actor.blind_at))))
        .order_by(Fair.first_day, Fair.id)
    )
    return [FairToScore(slug, Bilingual(vi, en), count) for slug, vi, en, count in rows]


def is_whole(application_id: Any, user_id: Any, fair: Fair, criteria: int) -> ColumnElement[bool]:
    """Whether this person has given points for every criterion, as a condition."""
    if not criteria:
        return false()
    points = (
        select(func.count(Score.id))
        .where(Score.application_id == application_id, Score.user_id == user_id)
        .correlate(BoothApplication, ReviewAssignment)
        .scalar_subquery()
    )
    return points >= criteria


def _view(session: Session, actor: Actor, fair: Fair, view: str) -> Select[Any]:
    query = (
        select(BoothApplication)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(*handed_in(fair), within(zones_open_to(actor, Act.SCORE, fair)))
    )
    tied = _tied(actor, fair)
    if view == "aside":
        return query.where(tied)
    whole = is_whole(BoothApplication.id, actor.user_id, fair, len(criteria_of(session, fair)))
    if view == "done":
        return query.where(~tied, whole)
    query = query.where(~tied, ~whole, BoothApplication.state.in_(sorted(SCORED_IN)))
    return query.where(_is_asked(actor)) if view == "asked" else query


def _tied(actor: Actor, fair: Fair) -> ColumnElement[bool]:
    """`tie_between` as a condition."""
    near = (
        select(ReviewerPlace.user_id)
        .outerjoin(ReviewRound, ReviewRound.fair_id == ReviewerPlace.fair_id)
        .where(ReviewerPlace.fair_id == fair.id, ReviewerPlace.user_id == actor.user_id)
        .where(ReviewerPlace.locality_id == Producer.locality_id)
        .where(or_(ReviewRound.recuses_by_locality, ReviewRound.fair_id.is_(None)))
        .exists()
    )
    return or_(_declared(actor), near, _is_own_unit(actor))


def _tie(actor: Actor) -> ColumnElement[Any]:
    """Which it is, where something is."""
    return case(
        (_declared(actor), Tie.DECLARED.value),
        (_is_own_unit(actor), Tie.SAME_UNIT.value),
        else_=Tie.SAME_PLACE.value,
    )


def _declared(actor: Actor) -> ColumnElement[bool]:
    return exists().where(Recusal.application_id == BoothApplication.id, Recusal.user_id == actor.user_id)


def _is_own_unit(actor: Actor) -> ColumnElement[bool]:
    return Producer.organisation_id.in_(sorted(actor.producer_roles))


def _is_asked(actor: Actor) -> ColumnElement[bool]:
    mine = (ReviewAssignment.application_id == BoothApplication.id, ReviewAssignment.user_id == actor.user_id)
    return exists().where(*mine)


def _columns(actor: Actor) -> tuple[Any, ...]:
    named = (Producer.name_vi, Producer.name_en)
    return (BoothApplication.id, BoothApplication.code, *named, _is_asked(actor).label("asked"))


def _fill(session: Session, actor: Actor, fair: Fair, rows: Sequence[ReviewRow]) -> None:
    by_number = {row.id: row for row in rows}
    weights = {criterion.id: criterion.weight for criterion in criteria_of(session, fair)}
    for number, people in points_given(session, fair, list(by_number)).items():
        total = total_of(people.get(actor.user_id, {}), weights, MOST_POINTS)
        by_number[number].total = None if total is None else half_up(total)
    brought = (
        select(ApplicationProduct.application_id, ProductGroup.name_vi, ProductGroup.name_en)
        .join(Product, Product.id == ApplicationProduct.product_id)
        .join(ProductGroup, ProductGroup.id == Product.group_id)
        .where(ApplicationProduct.application_id.in_(list(by_number)))
        .distinct()
        .order_by(ApplicationProduct.application_id, ProductGroup.name_vi)
    )
    for number, vi, en in session.execute(brought):
        by_number[number].groups.append(Bilingual(vi, en))
