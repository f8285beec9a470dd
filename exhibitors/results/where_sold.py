"""Where producers take part for sure, now, next and before; what is not confirmed is nobody's business.

A unit whose booth was taken back and that has no other yet still takes part, as in its calendar: it stands here without
a code until it is given one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairState, FairVenue
from events.floor_plans.floor_plan import Booth, FloorPlan
from events.places.venue import Venue
from exhibitors.allocation.booth_assignment import STANDING, BoothAssignment
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from exhibitors.producers.producer import Producer, Product
from foundation.bilingual import Bilingual

LIVE = (FairState.PUBLISHED.value,)
WITH_THOSE_OFF = (FairState.PUBLISHED.value, FairState.CANCELLED.value, FairState.POSTPONED.value)
Row = tuple[int, str, str, str, str, date | None, date | None, str, str, str | None]


class When(StrEnum):
    """When a fair is, seen from a day."""

    NOW = "now"
    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Stand:
    """A producer at a fair with the codes of its booths, none while it waits for one; `fair_state` is a `FairState`."""

    producer_id: int
    fair_slug: str
    fair_state: str
    fair_name: Bilingual
    first_day: date | None
    last_day: date | None
    venue: Bilingual
    booths: tuple[str, ...]

    @property
    def is_off(self) -> bool:
        """Whether the fair was cancelled or postponed."""
        return self.fair_state != FairState.PUBLISHED

    def is_on(self, day: date) -> bool:
        """Whether the fair is on that day."""
        if self.is_off or self.first_day is None or self.last_day is None:
            return False
        return self.first_day <= day <= self.last_day


def stands_of(
    session: Session, producer_ids: Collection[int], day: date, *, states: Collection[str] = LIVE
) -> dict[int, list[Stand]]:
    """For each producer the fairs in these states that are on or to come, soonest first; one query for all of them."""
    if not producer_ids:
        return {}
    rows = _stands(states).where(BoothApplication.producer_id.in_(producer_ids), Fair.last_day >= day)
    grouped: dict[int, list[Stand]] = {}
    for stand in _gather(session.execute(rows.order_by(Fair.first_day, Fair.id, FairVenue.id, Booth.code))):
        grouped.setdefault(stand.producer_id, []).append(stand)
    return grouped


def stands_with_product(session: Session, product_id: int, day: date, *, states: Collection[str] = LIVE) -> list[Stand]:
    """The fairs in these states, on or to come, to which its producer brings the product, soonest first."""
    brings = select(ApplicationProduct.application_id).where(ApplicationProduct.product_id == product_id)
    rows = _stands(states).where(BoothApplication.id.in_(brings), Fair.last_day >= day)
    return list(_gather(session.execute(rows.order_by(Fair.first_day, Fair.id, FairVenue.id, Booth.code))))


def products_sold(when: When, day: date) -> ColumnElement[bool]:
    """A condition on products: their producers bring them for sure to a fair that is on, to come or over."""
    brought = select(ApplicationProduct.product_id).join(
        BoothApplication, BoothApplication.id == ApplicationProduct.application_id
    )
    return Product.id.in_(_at_fairs(brought, when, day))


def producers_there(when: When, day: date) -> ColumnElement[bool]:
    """A condition on producers: they take part for sure in a fair that is on, to come or over."""
    return Producer.id.in_(_at_fairs(select(BoothApplication.producer_id), when, day))


def _at_fairs(rows: Select[int], when: When, day: date) -> Select[int]:
    days = {
        When.NOW: and_(Fair.first_day <= day, Fair.last_day >= day),
        When.COMING: Fair.first_day > day,
        When.PAST: Fair.last_day < day,
    }
    sure = (BoothApplication.state == ApplicationState.CONFIRMED, Fair.state.in_(LIVE))
    return rows.join(Fair, Fair.id == BoothApplication.fair_id).where(*sure, days[when])


def past_stands(session: Session, producer_id: int, day: date) -> list[Stand]:
    """The published fairs at which a producer stood before the day, latest first."""
    rows = _stands(LIVE).where(BoothApplication.producer_id == producer_id, Fair.last_day < day)
    return list(_gather(session.execute(rows.order_by(Fair.first_day.desc(), Fair.id, FairVenue.id, Booth.code))))


def _stands(
    states: Collection[str],
) -> Select[int, str, str, str, str, date | None, date | None, str, str, str | None]:
    """A row for each booth; one for each venue of the fair where the unit has no booth."""
    holds = and_(BoothAssignment.application_id == BoothApplication.id, BoothAssignment.state.in_(STANDING))
    at = or_(FairVenue.id == FloorPlan.fair_venue_id, and_(Booth.id.is_(None), FairVenue.fair_id == Fair.id))
    return (
        select(
            BoothApplication.producer_id,
            Fair.slug,
            Fair.state,
            Fair.name_vi,
            Fair.name_en,
            Fair.first_day,
            Fair.last_day,
            Venue.name_vi,
            Venue.name_en,
            Booth.code,
        )
        .join(Fair, Fair.id == BoothApplication.fair_id)
        .outerjoin(BoothAssignment, holds)
        .outerjoin(Booth, Booth.id == BoothAssignment.booth_id)
        .outerjoin(FloorPlan, FloorPlan.id == Booth.plan_id)
        .outerjoin(FairVenue, at)
        .outerjoin(Venue, Venue.id == FairVenue.venue_id)
        .where(BoothApplication.state == ApplicationState.CONFIRMED, Fair.state.in_(states))
    )


def _gather(rows: Iterable[Row]) -> Iterable[Stand]:
    """One stand for each venue at which a unit has booths, else one for the whole fair."""
    stands: dict[tuple[int, str, Bilingual | None], Stand] = {}
    for producer_id, slug, state, name_vi, name_en, first, last, venue_vi, venue_en, code in rows:
        venue = Bilingual(venue_vi or "", venue_en or "")
        key = (producer_id, slug, venue if code else None)
        known = stands.get(key)
        if known is None:
            name = Bilingual(name_vi, name_en)
            stands[key] = Stand(producer_id, slug, state, name, first, last, venue, (code,) if code else ())
        elif code:
            stands[key] = replace(known, booths=(*known.booths, code))
        else:
            stands[key] = replace(known, venue=_either(known.venue, venue))
    return stands.values()


def _either(one: Bilingual, other: Bilingual) -> Bilingual:
    return Bilingual(f"{one.vi}; {other.vi}", f"{one.local('en')}; {other.local('en')}")
