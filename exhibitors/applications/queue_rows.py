"""The rows of the queue as plain values, for the page and for the sheets that hold the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from accounts.user import User
from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth, Zone
from events.places.locality import District, Locality
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.automatic_checks import Check, gravest, product_checks, unit_checks
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.applications.checks_beyond import checks_beyond
from exhibitors.applications.held_booths import HeldBooth, booths_held_by
from exhibitors.applications.missing_items import PaperCount, count_papers
from exhibitors.applications.review.application_review import ReviewAssignment, ReviewSummary
from exhibitors.calls.known_units import present_key
from exhibitors.producers.producer import Producer, Product, ProductGroup
from foundation.bilingual import Bilingual

AnySelect: TypeAlias = Select[*tuple[Any, ...]]
_OWN, _HOME = aliased(District), aliased(District)
FEW = 100
"""Up to so many rows are asked for by their numbers; more by the fair, which is one value instead of thousands."""


@dataclass(frozen=True, slots=True)
class BroughtGood:
    """A product brought, with what checks look at."""

    name: Bilingual
    group: str
    stars: int | None
    certificate_issued_on: date | None
    certificate_expires_on: date | None
    is_alcohol: bool
    renewal_under_way: bool


@dataclass(slots=True)
class QueueRow:
    """One application in the queue."""

    id: int
    code: str
    producer_id: int
    version: int
    state: ApplicationState
    decision: Decision | None
    is_late: bool
    submitted_at: datetime
    booths_wanted: int
    name: Bilingual
    kind: str
    tax_code: str
    place: str
    locality: str
    is_from_outside: bool
    mean: int | None
    median: int | None
    reviews: int
    neighbours_wished: str = ""
    neighbours_not_wished: str = ""
    staff_count: int | None = None
    vehicle_kind: str = ""
    vehicle_plate: str = ""
    arrival_wish: str = ""
    wishes: list[str] = field(default_factory=list)
    goods: list[BroughtGood] = field(default_factory=list)
    held: Sequence[HeldBooth] = ()
    reviewers: list[str] = field(default_factory=list)
    papers: PaperCount = field(default_factory=lambda: PaperCount(0, 0))
    beyond: list[Check] = field(default_factory=list)
    """What was seen beyond the application itself: twins, earlier fairs."""
    tone: str = "ok"

    @property
    def stars(self) -> int | None:
        """The most stars among what it brings."""
        return max((good.stars for good in self.goods if good.stars), default=None)


def queue_rows(
    session: Session, fair: Fair, query: Select[BoothApplication], hidden: frozenset[int] = frozenset()
) -> list[QueueRow]:
    """The applications of a query over `applicants`, in its order; twelve queries, whatever their number."""
    rows = [_row(found) for found in session.execute(_columns(query))]
    by_number = {row.id: row for row in rows}
    if not rows:
        return rows
    which = Narrow(fair, by_number)
    wishes = session.execute(which.of(_wishes(), ZoneWish.application_id).order_by(ZoneWish.rank))
    reviewers = session.execute(which.of(_reviewers(), ReviewAssignment.application_id).order_by(User.name))
    for found, part in ((wishes, "wishes"), (_goods(session, which), "goods"), (reviewers, "reviewers")):
        for number, value in found:
            if number in by_number:
                getattr(by_number[number], part).append(value)
    for number, held in booths_held_by(session, list(by_number)).items():
        by_number[number].held = held
    units = {row.id: (row.kind, [present_key(good.group) for good in row.goods]) for row in rows}
    for number, count in count_papers(session, fair, units).items():
        by_number[number].papers = count
    beyond = checks_beyond(session, fair, rows, hidden)
    for row in rows:
        row.beyond = beyond.get(row.id, [])
        row.tone = _tone(row, fair.last_day)
    return rows


@dataclass(frozen=True, slots=True)
class Narrow:
    """Which applications a side question is about."""

    fair: Fair
    rows: Mapping[int, object]

    def of(self, query: AnySelect, application_id: Any) -> AnySelect:
        """The query, for these applications or, where they are many, for all of the fair."""
        if len(self.rows) <= FEW:
            return query.where(application_id.in_(list(self.rows)))
        return query.join(BoothApplication, BoothApplication.id == application_id).where(
            BoothApplication.fair_id == self.fair.id
        )


def _columns(query: Select[BoothApplication]) -> AnySelect:
    return (
        query.outerjoin(_OWN, _OWN.id == Producer.district_id)
        .outerjoin(_HOME, _HOME.id == Locality.district_id)
        .with_only_columns(
            BoothApplication.id,
            BoothApplication.code,
            BoothApplication.producer_id,
            BoothApplication.version,
            BoothApplication.state,
            BoothApplication.pending_decision,
            BoothApplication.is_late,
            BoothApplication.submitted_at,
            BoothApplication.booths_wanted,
            BoothApplication.neighbours_wished,
            BoothApplication.neighbours_not_wished,
            BoothApplication.staff_count,
            BoothApplication.vehicle_kind,
            BoothApplication.vehicle_plate,
            BoothApplication.arrival_wish,
            Producer.name_vi,
            Producer.name_en,
            Producer.kind,
            Producer.tax_code,
            func.coalesce(_OWN.name, _HOME.name, Producer.place_outside).label("place"),
            func.coalesce(Locality.name_vi, "").label("locality"),
            Producer.locality_id,
            Producer.place_outside,
            ReviewSummary.mean,
            ReviewSummary.median,
            ReviewSummary.reviews,
        )
    )


def _row(found: Any) -> QueueRow:
    return QueueRow(
        id=found.id,
        code=found.code,
        producer_id=found.producer_id,
        version=found.version,
        state=ApplicationState(found.state),
        decision=Decision(found.pending_decision) if found.pending_decision else None,
        is_late=found.is_late,
        submitted_at=found.submitted_at,
        booths_wanted=found.booths_wanted,
        name=Bilingual(found.name_vi, found.name_en),
        kind=found.kind,
        tax_code=found.tax_code,
        place=found.place,
        locality=found.locality,
        is_from_outside=bool(found.place_outside) and found.locality_id is None,
        mean=found.mean,
        median=found.median,
        reviews=found.reviews or 0,
        neighbours_wished=found.neighbours_wished,
        neighbours_not_wished=found.neighbours_not_wished,
        staff_count=found.staff_count,
        vehicle_kind=found.vehicle_kind,
        vehicle_plate=found.vehicle_plate,
        arrival_wish=found.arrival_wish,
    )


def _wishes() -> AnySelect:
    places = select(ZoneWish.application_id, func.coalesce(Booth.code, Zone.code))
    return places.join(Zone, Zone.id == ZoneWish.zone_id).outerjoin(Booth, Booth.id == ZoneWish.booth_id)


def _reviewers() -> AnySelect:
    return select(ReviewAssignment.application_id, User.name).join(User, User.id == ReviewAssignment.user_id)


def _goods(session: Session, which: Narrow) -> list[tuple[int, BroughtGood]]:
    query = (
        select(
            ApplicationProduct.application_id,
            Product.name_vi,
            Product.name_en,
            ProductGroup.key,
            Product.stars,
            Product.certificate_issued_on,
            Product.certificate_expires_on,
            Product.is_alcohol,
            Product.renewal_under_way,
        )
        .join(Product, Product.id == ApplicationProduct.product_id)
        .join(ProductGroup, ProductGroup.id == Product.group_id)
        .order_by(ApplicationProduct.id)
    )
    rows = session.execute(which.of(query, ApplicationProduct.application_id))
    return [(number, BroughtGood(Bilingual(vi, en), *rest)) for number, vi, en, *rest in rows]


def _tone(row: QueueRow, last_day: date | None) -> str:
    checks = [check for good in row.goods for check in product_checks(good, last_day)]
    papers_missing = row.papers.there < row.papers.required
    return "bad" if papers_missing else gravest([*checks, *unit_checks(row), *row.beyond])


def names_of_groups(session: Session) -> dict[str, Bilingual]:
    """The names of product groups by their keys."""
    rows = session.execute(select(ProductGroup.key, ProductGroup.name_vi, ProductGroup.name_en))
    return defaultdict(lambda: Bilingual("", ""), {key: Bilingual(vi, en) for key, vi, en in rows})
