"""A plan as a list that says the same: zone by zone the booths with who stands there, those free, those not in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibitors.allocation.exhibitor_directory import Exhibitor
from exhibitors.producers.producer import Product
from exhibitors.results.show_fair import ShownBooth, ShownPlan, ShownVenue, ShownZone
from exhibitors.results.walking_order import walking_order


@dataclass(frozen=True, slots=True)
class StandRow:
    """A taken booth of the list, or one of two who share it; `step` is its place on a walk through the plan, from 1."""

    code: str
    exhibitor: Exhibitor
    step: int


@dataclass(frozen=True, slots=True)
class ZoneRows:
    """A zone of the list; codes of free booths and of those not in use beside the taken ones."""

    zone: ShownZone
    stands: Sequence[StandRow]
    free: Sequence[str]
    blocked: Sequence[str]


@dataclass(frozen=True, slots=True)
class FoundBooth:
    """A booth with this code at one of the fair's venues, and who stands there for sure."""

    venue: ShownVenue
    booth: ShownBooth
    exhibitor: Exhibitor | None


def list_plan(plan: ShownPlan, exhibitors: Iterable[Exhibitor]) -> list[ZoneRows]:
    """Every drawn booth once, zones and codes in order; a booth taken by none of the exhibitors is left out."""
    holders = holders_on(plan, exhibitors)
    steps = {code: number for number, code in enumerate(walking_order(plan.booths), start=1)}
    by_zone: dict[str, list[ShownBooth]] = {zone.code: [] for zone in plan.zones}
    for booth in plan.booths:
        by_zone[booth.zone_code].append(booth)
    return [
        ZoneRows(
            zone,
            [StandRow(one.code, unit, steps[one.code]) for one in booths for unit in holders.get(one.code, ())],
            [one.code for one in booths if one.state == "free"],
            [one.code for one in booths if one.state == "blocked"],
        )
        for zone in plan.zones
        for booths in [by_zone[zone.code]]
    ]


def holders_on(plan: ShownPlan, exhibitors: Iterable[Exhibitor]) -> Mapping[str, Sequence[Exhibitor]]:
    """Who stands on which booth of this plan, by code: one, or two who share it, in the order given."""
    holders: dict[str, list[Exhibitor]] = {}
    for one in exhibitors:
        for booth in one.booths:
            if booth.plan_id == plan.plan_id:
                holders.setdefault(booth.code, []).append(one)
    return holders


def find_on_plans(venues: Iterable[ShownVenue], exhibitors: Sequence[Exhibitor], code: str) -> list[FoundBooth]:
    """The booths with this code, one for each plan that has it; one that two share is there for each of them."""
    nobody: Sequence[Exhibitor | None] = (None,)
    return [
        FoundBooth(venue, booth, unit)
        for venue in venues
        if venue.plan
        for booth in venue.plan.booths
        if booth.code == code
        for unit in holders_on(venue.plan, exhibitors).get(code, nobody)
    ]


def products_with_certificates(session: Session, exhibitors: Iterable[Exhibitor]) -> list[Product]:
    """What these exhibitors brought, with the certificate of each; best rated first."""
    keys = [product.id for one in exhibitors for product in one.products]
    rows = session.scalars(select(Product).where(Product.id.in_(keys)))
    return sorted(rows, key=lambda product: keys.index(product.id))
