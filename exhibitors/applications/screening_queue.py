"""The applications of a fair as organisers go through them: filtered, searched, sorted, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from events.fairs.fair import Fair
from events.fairs.waiting_counts import counts_what_waits
from events.floor_plans.floor_plan import Zone
from events.places.locality import District, Locality
from exhibitors.applications.application_moves import DECIDABLE
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.applications.held_booths import HeldBooth, booths_held_by
from exhibitors.producers.producer import Producer, Product, ProductGroup

PER_PAGE = 50
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
SORTS: dict[str, tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]] = {
    "oldest": (BoothApplication.submitted_at.asc(),),
    "newest": (BoothApplication.submitted_at.desc(),),
    "name": (Producer.sort_key,),
    "booths": (BoothApplication.booths_wanted.desc(), Producer.sort_key),
}


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What stands in the address; unknown values narrow nothing."""

    state: str = "all"
    zone: str = ""
    district: str = ""
    group: str = ""
    query: str = ""
    sort: str = "oldest"
    only_zones: frozenset[int] | None = None
    """Not from the address: the zones that the person may read, None for all."""

    @property
    def narrows(self) -> bool:
        """Whether anything beyond the view and the order is asked for."""
        return bool(self.zone or self.district or self.group or self.query)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue, and the booths held by its applications."""

    rows: Sequence[BoothApplication]
    total: int
    number: int
    pages: int
    held: Mapping[int, Sequence[HeldBooth]]


@dataclass(frozen=True, slots=True)
class QueueChoices:
    """What can be chosen in the filters: only what occurs in this fair."""

    zones: Sequence[Zone]
    districts: Sequence[District]
    groups: Sequence[ProductGroup]


def queue_page(session: Session, fair: Fair, filters: QueueFilters, number: int) -> QueuePage:
    """A page of 50 applications that were handed in; the number of queries does not depend on what is found."""
    narrowed = _narrowed(fair, filters)
    total = session.scalar(select(func.count()).select_from(narrowed.with_only_columns(BoothApplication.id).subquery()))
    pages = max(1, -(-(total or 0) // PER_PAGE))
    number = min(max(1, number), pages)
    rows = session.scalars(
        narrowed.options(*_everything_shown())
        .order_by(*SORTS.get(filters.sort, SORTS["oldest"]), BoothApplication.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    held = booths_held_by(session, [application.id for application in rows])
    return QueuePage(rows, total or 0, number, pages, held)


def count_views(session: Session, fair: Fair, only_zones: frozenset[int] | None = None) -> dict[str, int]:
    """How many applications each view holds, of all zones or of some; one query."""
    counts = [func.count(case((condition, 1))).label(name) for name, condition in VIEWS.items()]
    row = session.execute(select(*counts).where(*_handed_in(fair), _within(only_zones))).one()
    return dict(row._mapping)  # noqa: SLF001 - the documented way to a row's names


@counts_what_waits
def count_to_review(session: Session, fair: Fair) -> Mapping[str, int]:
    """How many applications wait for somebody's eyes."""
    query = select(func.count(BoothApplication.id)).where(*_handed_in(fair), VIEWS["to_review"])
    return {"applications": session.scalar(query) or 0}


def queue_choices(session: Session, fair: Fair) -> QueueChoices:
    """Zones of the fair, former districts of its applicants, groups of what they bring; three queries."""
    zones = session.scalars(select(Zone).where(Zone.plan.has(fair_id=fair.id)).order_by(Zone.code)).all()
    place = func.coalesce(Producer.district_id, Locality.district_id)
    districts = session.scalars(
        select(District).where(District.id.in_(_applicants(fair).with_only_columns(place))).order_by(District.name)
    ).all()
    brought = (
        select(Product.group_id)
        .join(ApplicationProduct, ApplicationProduct.product_id == Product.id)
        .join(BoothApplication, BoothApplication.id == ApplicationProduct.application_id)
        .where(*_handed_in(fair))
    )
    groups = session.scalars(select(ProductGroup).where(ProductGroup.id.in_(brought)).order_by(ProductGroup.id)).all()
    return QueueChoices(zones, districts, groups)


def find_in_fair(session: Session, fair: Fair, code: str) -> BoothApplication | None:
    """The application with this code if it was handed in at this very fair, with all that one screen shows."""
    query = select(BoothApplication).options(*_everything_shown())
    return session.scalar(query.where(*_handed_in(fair), BoothApplication.code == code))


def neighbours_in_queue(
    session: Session, fair: Fair, filters: QueueFilters, application: BoothApplication
) -> tuple[str | None, str | None]:
    """The codes before and after this one in the filtered order; a decided one may have left its view."""
    query = _narrowed(fair, filters).with_only_columns(BoothApplication.code)
    order = (*SORTS.get(filters.sort, SORTS["oldest"]), BoothApplication.id)
    codes = list(session.scalars(query.order_by(*order)))
    if application.code not in codes:
        return None, codes[0] if codes else None
    place = codes.index(application.code)
    return codes[place - 1] if place else None, codes[place + 1] if place + 1 < len(codes) else None


def _handed_in(fair: Fair) -> tuple[ColumnElement[bool], ...]:
    return BoothApplication.fair_id == fair.id, BoothApplication.submitted_at.is_not(None)


def _applicants(fair: Fair) -> Select[BoothApplication]:
    return (
        select(BoothApplication)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .outerjoin(Locality, Locality.id == Producer.locality_id)
        .where(*_handed_in(fair))
    )


def _narrowed(fair: Fair, filters: QueueFilters) -> Select[BoothApplication]:
    query = _applicants(fair).where(_view(filters.state), _within(filters.only_zones))
    if filters.zone:
        wished = select(ZoneWish.application_id).join(Zone, Zone.id == ZoneWish.zone_id)
        query = query.where(BoothApplication.id.in_(wished.where(Zone.code == filters.zone)))
    if filters.district:
        district = select(District.id).where(District.slug == filters.district).scalar_subquery()
        query = query.where(func.coalesce(Producer.district_id, Locality.district_id) == district)
    if filters.group:
        brings = _brought().join(ProductGroup, ProductGroup.id == Product.group_id)
        query = query.where(BoothApplication.id.in_(brings.where(ProductGroup.key == filters.group)))
    if filters.query:
        by_product = BoothApplication.id.in_(_brought().where(Product.matches(filters.query)))
        query = query.where(or_(BoothApplication.matches(filters.query), by_product))
    return query


def _within(zones: frozenset[int] | None) -> ColumnElement[bool]:
    """Applications that wish for one of these zones."""
    if zones is None:
        return true()
    return BoothApplication.id.in_(select(ZoneWish.application_id).where(ZoneWish.zone_id.in_(zones)))


def _view(name: str) -> ColumnElement[bool]:
    if name in VIEWS:
        return VIEWS[name]
    return BoothApplication.state == name if name in set(S) else true()


def _brought() -> Select[int]:
    return select(ApplicationProduct.application_id).join(Product, Product.id == ApplicationProduct.product_id)


def _everything_shown() -> tuple[ExecutableOption, ...]:
    producer = joinedload(BoothApplication.producer)
    return (
        producer.joinedload(Producer.locality),
        producer.joinedload(Producer.district),
        selectinload(BoothApplication.goods).joinedload(ApplicationProduct.product),
        selectinload(BoothApplication.wishes).joinedload(ZoneWish.zone),
    )
