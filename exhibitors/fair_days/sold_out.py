"""What a unit has said is sold out at its booth; it holds for that day in Vietnam and no longer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from events.fairs.fair import Fair, FairState
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from foundation.database import Base, read_rows


class SoldOut(Base):
    """A product of one booth on one day."""

    __tablename__ = "sold_out"
    __table_args__ = (UniqueConstraint("application_product_id", "day"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    application_product_id: Mapped[int] = mapped_column(ForeignKey("application_product.id", ondelete="CASCADE"))
    day: Mapped[date] = mapped_column(index=True)
    said_at: Mapped[datetime]


_SOLD_OUT = (
    select(BoothApplication.id, ApplicationProduct.product_id, Fair.slug)
    .join(ApplicationProduct, ApplicationProduct.application_id == BoothApplication.id)
    .join(SoldOut, SoldOut.application_product_id == ApplicationProduct.id)
    .join(Fair, Fair.id == BoothApplication.fair_id)
    .where(
        SoldOut.day == bindparam("day"),
        BoothApplication.state == ApplicationState.CONFIRMED,
        Fair.state == FairState.PUBLISHED,
    )
)


def sold_out_at(session: Session, fair: Fair, day: date) -> frozenset[tuple[int, int]]:
    """Application and product of all that is sold out at the fair on the day; no question outside of its days."""
    if fair.first_day is None or fair.last_day is None or not fair.first_day <= day <= fair.last_day:
        return frozenset()
    rows = read_rows(session, _SOLD_OUT.where(Fair.id == fair.id), {"day": day})
    return frozenset((application_id, product_id) for application_id, product_id, _ in rows)


def where_sold_out(session: Session, product_ids: Collection[int], day: date) -> Mapping[int, frozenset[str]]:
    """For each of these products that is sold out somewhere on the day the slugs of those fairs; one query."""
    if not product_ids:
        return {}
    rows = read_rows(session, _SOLD_OUT.where(ApplicationProduct.product_id.in_(product_ids)), {"day": day})
    grouped: dict[int, set[str]] = defaultdict(set)
    for _, product_id, slug in rows:
        grouped[product_id].add(slug)
    return {product_id: frozenset(slugs) for product_id, slugs in grouped.items()}


def sold_out_of(session: Session, producer_id: int, day: date) -> Mapping[str, frozenset[int]]:
    """The products of a unit that are sold out on the day, by the slug of the fair."""
    rows = read_rows(session, _SOLD_OUT.where(BoothApplication.producer_id == producer_id), {"day": day})
    grouped: dict[str, set[int]] = defaultdict(set)
    for _, product_id, slug in rows:
        grouped[slug].add(product_id)
    return {slug: frozenset(products) for slug, products in grouped.items()}
