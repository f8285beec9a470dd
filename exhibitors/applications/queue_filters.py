"""What the queue of a fair can be narrowed to and ordered by; everything stands in the address."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone
from events.places.locality import District, Locality
from exhibitors.applications.application_moves import DECIDABLE
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.applications.missing_items import MISSING, lacks
from exhibitors.applications.review.application_review import ReviewAssignment, ReviewSummary
from exhibitors.producers.producer import Producer, Product, ProductGroup

T = TypeVar("T")
_UNDECIDED = and_(BoothApplication.state == S.IN_REVIEW, BoothApplication.pending_decision.is_(None))
VIEWS: dict[str, ColumnElement[bool]] = {
    "all": true(),
    "to_review": or_(BoothApplication.state == S.SUBMITTED, _UNDECIDED),
    "needs_changes": BoothApplication.state == S.NEEDS_CHANGES,
    "staged": and_(BoothApplication.state.in_(sorted(DECIDABLE)), BoothApplication.pending_decision.is_not(None)),
    "taking_part": BoothApplication.state.in_([S.ACCEPTED, S.CONFIRMED]),
    "waitlisted": BoothApplication.state == S.WAITLISTED,
    "ended": BoothApplication.state.in_([S.REJECTED, S.DECLINED, S.EXPIRED, S.WITHDRAWN, S.CANCELLED]),
}
"""Names of views in the address; a single state's name is understood as well."""
SORTS: dict[str, tuple[Any, ...]] = {
    "oldest": (BoothApplication.submitted_at.asc(),),
    "newest": (BoothApplication.submitted_at.desc(),),
    "name": (Producer.sort_key,),
    "booths": (BoothApplication.booths_wanted.desc(), Producer.sort_key),
    "score": (ReviewSummary.mean.desc().nulls_last(), Producer.sort_key),
}
SCORES = {"none": None, "80": (80, 100), "60": (60, 79), "40": (40, 59), "0": (0, 39)}
"""Bands of the mean, by their lower end; "none" is what nobody has scored."""
NOT_ASKED = ("only_zones", "hidden", "hides_scores")
"""What follows from the person and stands in no address."""
STARS = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What stands in the address; unknown values narrow nothing."""

    state: str = "all"
    zone: str = ""
    district: str = ""
    locality: str = ""
    group: str = ""
    kind: str = ""
    stars: str = ""
    missing: str = ""
    late: str = ""
    reviewer: str = ""
    score: str = ""
    query: str = ""
    sort: str = "oldest"
    only_zones: frozenset[int] | None = None
    """Not from the address: the zones that the person may read, None for all."""
    hidden: frozenset[int] = frozenset()
    """Not from the address either: applications of which the person stands aside."""
    hides_scores: bool = False
    """Nor this: whether the scores of others are kept from the person for now."""

    @property
    def narrows(self) -> bool:
        """Whether anything beyond the view and the order is asked for."""
        asked = asdict(self)
        return any(asked[name] for name in asked if name not in {"state", "sort", *NOT_ASKED})


def handed_in(fair: Fair) -> tuple[ColumnElement[bool], ...]:
    """Applications of the fair that organisers may know of."""
    return BoothApplication.fair_id == fair.id, BoothApplication.submitted_at.is_not(None)


def applicants(fair: Fair) -> Select[BoothApplication]:
    """All of them with their units and places."""
    return (
        select(BoothApplication)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .outerjoin(Locality, Locality.id == Producer.locality_id)
        .outerjoin(ReviewSummary, ReviewSummary.application_id == BoothApplication.id)
        .where(*handed_in(fair))
    )


def narrowed(session: Session, fair: Fair, filters: QueueFilters) -> Select[BoothApplication]:
    """The applications that the filters leave, unordered."""
    query = applicants(fair).where(_view(filters.state), within(filters.only_zones, filters.hidden))
    conditions = [_by_place(filters), _by_goods(filters), _by_review(filters), _by_words(filters)]
    if filters.zone:
        wished = select(ZoneWish.application_id).join(Zone, Zone.id == ZoneWish.zone_id)
        conditions.append(BoothApplication.id.in_(wished.where(Zone.code == filters.zone)))
    if filters.kind:
        conditions.append(Producer.kind == filters.kind)
    if filters.late in {"yes", "no"}:
        conditions.append(BoothApplication.is_late.is_(filters.late == "yes"))
    if filters.missing in MISSING:
        conditions.append(lacks(session, fair, filters.missing))
    return query.where(*conditions)


def ordered(query: Select[T], sort: str) -> Select[T]:
    """The query in the order of this name; the number of the application decides among equals."""
    return query.order_by(*SORTS.get(sort, SORTS["oldest"]), BoothApplication.id)


def within(zones: frozenset[int] | None, hidden: frozenset[int] = frozenset()) -> ColumnElement[bool]:
    """Applications that wish for one of these zones, without those that are hidden from the person."""
    shown = BoothApplication.id.not_in(sorted(hidden)) if hidden else true()
    if zones is None:
        return shown
    return shown & BoothApplication.id.in_(select(ZoneWish.application_id).where(ZoneWish.zone_id.in_(zones)))


def _view(name: str) -> ColumnElement[bool]:
    if name in VIEWS:
        return VIEWS[name]
    return BoothApplication.state == name if name in set(S) else true()


def _by_place(filters: QueueFilters) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    if filters.district:
        district = select(District.id).where(District.slug == filters.district).scalar_subquery()
        condition = condition & (func.coalesce(Producer.district_id, Locality.district_id) == district)
    if filters.locality:
        condition = condition & (Locality.code == filters.locality)
    return condition


def _by_goods(filters: QueueFilters) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    if filters.group:
        brings = _brought().join(ProductGroup, ProductGroup.id == Product.group_id)
        condition = condition & BoothApplication.id.in_(brings.where(ProductGroup.key == filters.group))
    if filters.stars in {str(stars) for stars in STARS}:
        condition = condition & BoothApplication.id.in_(_brought().where(Product.stars >= int(filters.stars)))
    return condition


def _by_review(filters: QueueFilters) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    if filters.reviewer:
        asked = select(ReviewAssignment.application_id)
        if filters.reviewer == "none":
            condition = condition & BoothApplication.id.not_in(asked)
        elif filters.reviewer.isascii() and filters.reviewer.isdigit():
            asked = asked.where(ReviewAssignment.user_id == int(filters.reviewer[:9]))
            condition = condition & BoothApplication.id.in_(asked)
    if filters.score in SCORES:
        band = SCORES[filters.score]
        mean = ReviewSummary.mean
        condition = condition & (mean.is_(None) if band is None else mean.between(*band))
    return condition


def _by_words(filters: QueueFilters) -> ColumnElement[bool]:
    if not filters.query:
        return true()
    by_product = BoothApplication.id.in_(_brought().where(Product.matches(filters.query)))
    return or_(BoothApplication.matches(filters.query), by_product)


def _brought() -> Select[int]:
    return select(ApplicationProduct.application_id).join(Product, Product.id == ApplicationProduct.product_id)
