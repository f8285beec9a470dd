"""The applications of a fair as organisers go through them: filtered, searched, sorted, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from accounts.user import User
from events.fairs.fair import Fair
from events.fairs.waiting_counts import counts_what_waits
from events.floor_plans.floor_plan import Zone
from events.places.locality import District, Locality
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.applications.queue_filters import (
    VIEWS,
    QueueFilters,
    handed_in,
    narrowed,
    ordered,
    within,
)
from exhibitors.applications.queue_rows import QueueRow, queue_rows
from exhibitors.applications.review.application_review import ReviewAssignment
from exhibitors.producers.producer import Producer, Product, ProductGroup
from foundation.folding import vietnamese_sort_key

PER_PAGE = 50
MOST_EXPORTED = 10_000


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue."""

    rows: Sequence[QueueRow]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class QueueChoices:
    """What can be chosen in the filters: only what occurs in this fair."""

    zones: Sequence[Zone]
    districts: Sequence[District]
    localities: Sequence[Locality]
    groups: Sequence[ProductGroup]
    kinds: Sequence[str]
    reviewers: Sequence[User]


def queue_page(session: Session, fair: Fair, filters: QueueFilters, number: int) -> QueuePage:
    """A page of 50 applications that were handed in; the number of queries does not depend on what is found."""
    chosen = narrowed(session, fair, filters)
    total = session.scalar(select(func.count()).select_from(chosen.with_only_columns(BoothApplication.id).subquery()))
    pages = max(1, -(-(total or 0) // PER_PAGE))
    number = min(max(1, number), pages)
    cut = ordered(chosen, filters.sort).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    return QueuePage(_shown(queue_rows(session, fair, cut, filters.hidden), filters), total or 0, number, pages)


def whole_queue(session: Session, fair: Fair, filters: QueueFilters) -> list[QueueRow]:
    """Everything that the filters leave, in their order, for a sheet; the same number of queries as a page."""
    chosen = ordered(narrowed(session, fair, filters), filters.sort)
    return _shown(queue_rows(session, fair, chosen.limit(MOST_EXPORTED), filters.hidden), filters)


def _shown(rows: list[QueueRow], filters: QueueFilters) -> list[QueueRow]:
    for row in rows if filters.hides_scores else ():
        row.mean = row.median = None
        row.reviews = 0
    return rows


def count_views(
    session: Session, fair: Fair, only_zones: frozenset[int] | None = None, hidden: frozenset[int] = frozenset()
) -> dict[str, int]:
    """How many applications each view holds, of all zones or of some; one query."""
    counts = [func.count(case((condition, 1))).label(name) for name, condition in VIEWS.items()]
    row = session.execute(select(*counts).where(*handed_in(fair), within(only_zones, hidden))).one()
    return dict(row._mapping)  # noqa: SLF001 - the documented way to a row's names


@counts_what_waits
def count_to_review(session: Session, fair: Fair) -> Mapping[str, int]:
    """How many applications wait for somebody's eyes."""
    query = select(func.count(BoothApplication.id)).where(*handed_in(fair), VIEWS["to_review"])
    return {"applications": session.scalar(query) or 0}


def queue_choices(session: Session, fair: Fair) -> QueueChoices:
    """Zones of the fair; places and kinds of its applicants, groups of what they bring, reviewers; six queries."""
    zones = session.scalars(select(Zone).where(Zone.plan.has(fair_id=fair.id)).order_by(Zone.code)).all()
    rows = session.execute(
        select(func.coalesce(Producer.district_id, Locality.district_id), Producer.locality_id, Producer.kind)
        .select_from(BoothApplication)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .outerjoin(Locality, Locality.id == Producer.locality_id)
        .where(*handed_in(fair))
        .distinct()
    ).all()
    occurring = [{row[place] for row in rows if row[place] is not None} for place in range(3)]
    districts = sorted(
        session.scalars(select(District).where(District.id.in_(occurring[0]))),
        key=lambda one: vietnamese_sort_key(one.name),
    )
    localities = sorted(
        session.scalars(select(Locality).where(Locality.id.in_(occurring[1]))),
        key=lambda one: vietnamese_sort_key(one.short_name),
    )
    brings = (
        exists()
        .where(Product.group_id == ProductGroup.id)
        .where(ApplicationProduct.product_id == Product.id)
        .where(BoothApplication.id == ApplicationProduct.application_id, *handed_in(fair))
    )
    groups = session.scalars(select(ProductGroup).where(brings).order_by(ProductGroup.id)).all()
    kinds = sorted(str(kind) for kind in occurring[2])
    asked = (
        exists()
        .where(ReviewAssignment.user_id == User.id)
        .where(BoothApplication.id == ReviewAssignment.application_id, *handed_in(fair))
    )
    reviewers = session.scalars(select(User).where(asked).order_by(User.name, User.id)).all()
    return QueueChoices(zones, districts, localities, groups, kinds, reviewers)


def find_in_fair(session: Session, fair: Fair, code: str) -> BoothApplication | None:
    """The application with this code if it was handed in at this very fair, with all that one screen shows."""
    query = select(BoothApplication).options(*_everything_shown())
    return session.scalar(query.where(*handed_in(fair), BoothApplication.code == code))


def neighbours_in_queue(
    session: Session, fair: Fair, filters: QueueFilters, application: BoothApplication
) -> tuple[str | None, str | None]:
    """The codes before and after this one in the filtered order; a decided one may have left its view."""
    codes = _codes(session, fair, filters)
    if application.code not in codes:
        return None, codes[0] if codes else None
    place = codes.index(application.code)
    return codes[place - 1] if place else None, codes[place + 1] if place + 1 < len(codes) else None


def page_of(session: Session, fair: Fair, filters: QueueFilters, application: BoothApplication) -> int:
    """The number of the page on which the application stands, 1 where it has left the view."""
    codes = _codes(session, fair, filters)
    return codes.index(application.code) // PER_PAGE + 1 if application.code in codes else 1


def numbers_within(session: Session, fair: Fair, filters: QueueFilters) -> set[int]:
    """The ids of all applications that the filters leave; one query."""
    return set(session.scalars(narrowed(session, fair, filters).with_only_columns(BoothApplication.id)))


def _codes(session: Session, fair: Fair, filters: QueueFilters) -> list[str]:
    query = narrowed(session, fair, filters).with_only_columns(BoothApplication.code)
    return list(session.scalars(ordered(query, filters.sort)))


def _everything_shown() -> tuple[ExecutableOption, ...]:
    producer = joinedload(BoothApplication.producer)
    return (
        producer.joinedload(Producer.locality),
        producer.joinedload(Producer.district),
        selectinload(BoothApplication.goods).joinedload(ApplicationProduct.product),
        selectinload(BoothApplication.wishes).joinedload(ZoneWish.zone),
    )
