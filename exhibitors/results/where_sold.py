"""Where producers stand with a confirmed booth, now, next and before; what is not confirmed is nobody's business."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairState, FairVenue
from events.floor_plans.floor_plan import Booth, FloorPlan
from events.places.venue import Venue
from exhibitors.allocation.booth_assignment import AssignmentState, BoothAssignment
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from foundation.bilingual import Bilingual

TAKEN = (AssignmentState.CONFIRMED.value, AssignmentState.OCCUPIED.value)


@dataclass(frozen=True, slots=True)
class Stand:
    """A producer at a fair with the codes of its booths."""

    producer_id: int
    fair_slug: str
    fair_name: Bilingual
    first_day: date | None
    last_day: date | None
    venue: Bilingual
    booths: tuple[str, ...]

    def is_on(self, day: date) -> bool:
        """Whether the fair is on that day."""
        return self.first_day is not None and self.last_day is not None and self.first_day <= day <= self.last_day


def stands_of(session: Session, producer_ids: Collection[int], day: date) -> dict[int, list[Stand]]:
    """For each producer the published fairs that are on or to come, soonest first; one query for all of them."""
    if not producer_ids:
        return {}
    rows = _stands().where(BoothApplication.producer_id.in_(producer_ids), Fair.last_day >= day)
    grouped: dict[int, list[Stand]] = {}
    for stand in _gather(session.execute(rows.order_by(Fair.first_day, Fair.id, Booth.code))):
        grouped.setdefault(stand.producer_id, []).append(stand)
    return grouped


def stands_with_product(session: Session, product_id: int, day: date) -> list[Stand]:
    """The published fairs, on or to come, to which its producer brings the product, soonest first."""
    brings = select(ApplicationProduct.application_id).where(ApplicationProduct.product_id == product_id)
    rows = _stands().where(BoothApplication.id.in_(brings), Fair.last_day >= day)
    return list(_gather(session.execute(rows.order_by(Fair.first_day, Fair.id, Booth.code))))


def past_stands(session: Session, producer_id: int, day: date) -> list[Stand]:
    """The published fairs at which a producer stood before the day, latest first."""
    rows = _stands().where(BoothApplication.producer_id == producer_id, Fair.last_day < day)
    return list(_gather(session.execute(rows.order_by(Fair.first_day.desc(), Fair.id, Booth.code))))


def _stands() -> Select[int, str, str, str, date | None, date | None, str, str, str]:
    return (
        select(
            BoothApplication.producer_id,
            Fair.slug,
            Fair.name_vi,
            Fair.name_en,
            Fair.first_day,
            Fair.last_day,
            Venue.name_vi,
            Venue.name_en,
            Booth.code,
        )
        .join(BoothAssignment, BoothAssignment.application_id == BoothApplication.id)
        .join(Booth, Booth.id == BoothAssignment.booth_id)
        .join(FloorPlan, FloorPlan.id == Booth.plan_id)
        .join(FairVenue, FairVenue.id == FloorPlan.fair_venue_id)
        .join(Venue, Venue.id == FairVenue.venue_id)
        .join(Fair, Fair.id == BoothApplication.fair_id)
        .where(
            BoothApplication.state == ApplicationState.CONFIRMED,
            BoothAssignment.state.in_(TAKEN),
            Fair.state == FairState.PUBLISHED,
        )
    )


def _gather(rows: Iterable[tuple[int, str, str, str, date | None, date | None, str, str, str]]) -> Iterable[Stand]:
    codes: dict[tuple[int, str, date | None, date | None, Bilingual, Bilingual], list[str]] = {}
    for producer_id, slug, name_vi, name_en, first, last, venue_vi, venue_en, code in rows:
        key = (producer_id, slug, first, last, Bilingual(name_vi, name_en), Bilingual(venue_vi, venue_en))
        codes.setdefault(key, []).append(code)
    for (producer_id, slug, first, last, name, venue), booths in codes.items():
        yield Stand(producer_id, slug, name, first, last, venue, tuple(booths))
