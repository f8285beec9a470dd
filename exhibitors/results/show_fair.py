"""Everything a fair's public page shows, in a constant number of questions: places, plans, exhibitors, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.fair_sheet import FairSheet, fair_sheet
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone, plans_of
from events.floor_plans.plan_fixture import PlanFixture
from events.places.directions import Point, directions_url
from events.places.locality import place_names_on
from exhibitors.allocation.booth_states import BESIDE
from exhibitors.allocation.exhibitor_directory import Exhibitor, exhibitors_of
from exhibitors.calls.call_terms import CallTerms, no_terms, terms_of
from exhibitors.fair_days.sold_out import sold_out_at
from exhibitors.results.fair_figure import FairFigure, figures_of
from foundation import clock
from foundation.bilingual import Bilingual
from foundation.database import read_rows
from foundation.folding import search_terms
from foundation.spelling import corrected_terms


@dataclass(frozen=True, slots=True)
class ShownBooth:
    """A booth as the plan draws it; lengths in metres, `holder` only once confirmed."""

    code: str
    x_m: float
    y_m: float
    width_m: float
    depth_m: float
    zone_code: str
    state: str
    group: str = ""
    label: str = ""
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class ShownZone:
    """A zone's code and name."""

    code: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """One drawing of a venue; `name` tells several of one venue apart."""

    width_m: float
    depth_m: float
    plan_id: int
    name: Bilingual
    outline: Sequence[Sequence[int]]
    zones: list[ShownZone]
    booths: list[ShownBooth]
    fixtures: list[PlanFixture]


@dataclass(frozen=True, slots=True)
class ShownVenue:
    """A venue of the fair with the names its place bore on the fair's days, and its plan if one is drawn.

    A venue with several plans is here once for each; `is_again` marks those after the first.
    """

    id: str
    name: Bilingual
    address: str
    place: Bilingual
    plan: ShownPlan | None
    is_again: bool = False
    point: Point | None = None

    @property
    def directions(self) -> str:
        """The address of a map with the way there."""
        return directions_url(
            ", ".join(part for part in (self.name.vi, self.address, self.place.vi) if part), self.point
        )

    @property
    def taken(self) -> int:
        """How many of its booths somebody stands on for sure."""
        return sum(booth.state == "confirmed" for booth in self.plan.booths) if self.plan else 0

    def hosts(self, exhibitor: Exhibitor) -> bool:
        """Whether the exhibitor stands here."""
        return self.plan is not None and any(booth.plan_id == self.plan.plan_id for booth in exhibitor.booths)

    def codes_of(self, exhibitor: Exhibitor) -> list[str]:
        """The codes of the exhibitor's booths at this venue."""
        here = self.plan.plan_id if self.plan else None
        return [booth.code for booth in exhibitor.booths if booth.plan_id == here]


@dataclass(frozen=True, slots=True)
class ShownFair:
    """The facts of the page beside the fair itself."""

    venues: Sequence[ShownVenue]
    exhibitors: Sequence[Exhibitor]
    figures: Sequence[FairFigure]
    sheet: FairSheet
    sold_out: frozenset[tuple[int, int]]
    """Application and product of what is sold out today."""
    terms: CallTerms
    """What the open call asks; no terms where it is not open."""

    def sold_out_by(self) -> Mapping[int, list[int]]:
        """The products that are sold out today, by application."""
        grouped: dict[int, list[int]] = {}
        for application_id, product_id in self.sold_out:
            grouped.setdefault(application_id, []).append(product_id)
        return grouped


def show_fair(session: Session, fair: Fair) -> ShownFair:
    """The facts of one fair's page."""
    exhibitors, gone = exhibitors_of(session, fair), sold_out_at(session, fair, clock.today())
    plans = _plans_of(session, fair, exhibitors)
    day = fair.first_day or date(fair.year, 1, 1)
    places = place_names_on(session, [row.venue.locality for row in fair.venues], day)
    venues = [
        ShownVenue(
            id=f"{row.id}-{sheet.plan_id}" if sheet and number else str(row.id),
            name=_named(row.venue.name, sheet),
            address=row.venue.address,
            place=place,
            plan=sheet,
            is_again=number > 0,
            point=row.venue.point,
        )
        for row, place in zip(fair.venues, places, strict=True)
        for number, sheet in enumerate(plans.get(row.id) or [None])
    ]
    terms = terms_of(session, fair) if fair.takes_applications() else no_terms(fair.id)
    return ShownFair(venues, exhibitors, figures_of(session, fair.id), fair_sheet(session, fair), gone, terms)


def _named(venue: Bilingual, plan: ShownPlan | None) -> Bilingual:
    if plan is None or not plan.name.vi:
        return venue
    return Bilingual(f"{venue.vi}, {plan.name.vi}", f"{venue.local('en')}, {plan.name.local('en')}")


def likely_words(exhibitors: Sequence[Exhibitor], query: str) -> str:
    """What was probably meant by words that nobody here has, each one slip away from one known; empty for no idea."""
    texts = [one.search_text for one in exhibitors] if query else []
    return " ".join(corrected_terms(search_terms(query), texts) or ()) if texts else ""


def narrow_exhibitors(exhibitors: Sequence[Exhibitor], query: str, group: str) -> list[Exhibitor]:
    """Those in whose names, products, place or booth codes every word of the query occurs, and who sell the group."""
    terms = search_terms(query)
    return [
        one
        for one in exhibitors
        if all(term in one.search_text for term in terms)
        and (not group or any(product.group == group for product in one.products))
    ]


_BOOTHS = (
    select(
        FloorPlan.id, Zone.code, Zone.name_vi, Zone.name_en, Booth.id, Booth.code, Booth.switch,
        Booth.x_cm, Booth.y_cm, Booth.width_cm, Booth.depth_cm, Booth.rotation,
    )
    .join(Zone, Zone.plan_id == FloorPlan.id)
    .join(Booth, Booth.zone_id == Zone.id)
    .where(FloorPlan.fair_id == bindparam("fair_id"), Booth.switch != BoothSwitch.REMOVED)
    .order_by(FloorPlan.id, Zone.code, Booth.code)
)  # fmt: skip


def _plans_of(session: Session, fair: Fair, exhibitors: Sequence[Exhibitor]) -> dict[int, list[ShownPlan]]:
    """The drawings by fair venue. Plain columns: a plan may have hundreds of booths and is only looked at."""
    plans = {plan.id: plan for plan in plans_of(session, fair)}
    shown = {key: _empty_sheet(plan) for key, plan in plans.items()}
    holders: dict[int, list[Exhibitor]] = {}
    for one in exhibitors:
        for booth in one.booths:
            holders.setdefault(booth.id, []).append(one)
    _put_booths(session, fair, holders, shown)
    fixtures = select(PlanFixture).where(PlanFixture.plan_id.in_(shown)).order_by(PlanFixture.id)
    for fixture in session.scalars(fixtures):
        shown[fixture.plan_id].fixtures.append(fixture)
    by_venue: dict[int, list[ShownPlan]] = {}
    for key, sheet in shown.items():
        if sheet.booths:
            by_venue.setdefault(plans[key].fair_venue_id, []).append(sheet)
    return by_venue


def _empty_sheet(plan: FloorPlan) -> ShownPlan:
    return ShownPlan(plan.width_m, plan.depth_m, plan.id, plan.name, plan.outline, zones=[], booths=[], fixtures=[])


def _put_booths(
    session: Session, fair: Fair, holders: Mapping[int, Sequence[Exhibitor]], shown: Mapping[int, ShownPlan]
) -> None:
    rows = read_rows(session, _BOOTHS, {"fair_id": fair.id})
    named: set[tuple[int, str]] = set()
    for plan_id, zone, zone_vi, zone_en, booth_id, code, switch, *lengths, rotation in rows:
        plan = shown[plan_id]
        if (plan_id, zone) not in named:
            named.add((plan_id, zone))
            plan.zones.append(ShownZone(zone, Bilingual(zone_vi, zone_en)))
        plan.booths.append(
            _booth((code, *(length / 100 for length in lengths), zone), switch, holders.get(booth_id, ()), rotation)
        )


def _booth(
    place: tuple[str, float, float, float, float, str], switch: str, holders: Sequence[Exhibitor], rotation: int
) -> ShownBooth:
    """Two who share a booth stand on it with both names, coloured by the first."""
    state = "blocked" if switch == BoothSwitch.BLOCKED else "free"
    group, label = ("", "")
    if holders:
        state, group, label = "confirmed", holders[0].group, BESIDE.join(one.name.vi for one in holders)
    return ShownBooth(*place, state, group, label, rotation)
