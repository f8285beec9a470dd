"""Everything a fair's public page shows, in a constant number of questions: places, plans, exhibitors, figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone
from events.places.locality import place_name_on
from exhibitors.allocation.exhibitor_directory import Exhibitor, exhibitors_of
from exhibitors.results.fair_figure import FairFigure, figures_of
from foundation.bilingual import Bilingual
from foundation.folding import search_terms


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


@dataclass(frozen=True, slots=True)
class ShownZone:
    """A zone's code and name."""

    code: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """The drawing of one venue."""

    width_m: float
    depth_m: float
    plan_id: int
    zones: list[ShownZone]
    booths: list[ShownBooth]


@dataclass(frozen=True, slots=True)
class ShownVenue:
    """A venue of the fair with the names its place bore on the fair's days, and its plan if one is drawn."""

    id: int
    name: Bilingual
    address: str
    place: Bilingual
    plan: ShownPlan | None

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


def show_fair(session: Session, fair: Fair) -> ShownFair:
    """The facts of one fair's page."""
    exhibitors = exhibitors_of(session, fair)
    plans = _plans_of(session, fair, exhibitors)
    day = fair.first_day or date(fair.year, 1, 1)
    venues = [
        ShownVenue(
            id=row.id,
            name=row.venue.name,
            address=row.venue.address,
            place=place_name_on(session, row.venue.locality, day),
            plan=plans.get(row.id),
        )
        for row in fair.venues
    ]
    return ShownFair(venues, exhibitors, figures_of(session, fair.id))


def narrow_exhibitors(exhibitors: Sequence[Exhibitor], query: str, group: str) -> list[Exhibitor]:
    """Those in whose names, products, place or booth codes every word of the query occurs, and who sell the group."""
    terms = search_terms(query)
    return [
        one
        for one in exhibitors
        if all(term in one.search_text for term in terms)
        and (not group or any(product.group == group for product in one.products))
    ]


def _plans_of(session: Session, fair: Fair, exhibitors: Sequence[Exhibitor]) -> dict[int, ShownPlan]:
    """The drawings by fair venue. Plain columns: a plan may have hundreds of booths and is only looked at."""
    holders = {booth.id: one for one in exhibitors for booth in one.booths}
    rows = session.execute(
        select(
            FloorPlan.fair_venue_id, FloorPlan.id, FloorPlan.width_cm, FloorPlan.depth_cm, Zone.code, Zone.name_vi,
            Zone.name_en, Booth.id, Booth.code, Booth.x_cm, Booth.y_cm, Booth.width_cm, Booth.depth_cm, Booth.switch,
        )
        .join(Zone, Zone.plan_id == FloorPlan.id)
        .join(Booth, Booth.zone_id == Zone.id)
        .where(FloorPlan.fair_id == fair.id, Booth.switch != BoothSwitch.REMOVED)
        .order_by(FloorPlan.id, Zone.code, Booth.code)
    )  # fmt: skip
    plans: dict[int, ShownPlan] = {}
    named: set[tuple[int, str]] = set()
    for venue, plan_id, width, depth, zone, zone_vi, zone_en, booth_id, code, *lengths, switch in rows:
        plan = plans.setdefault(venue, ShownPlan(width / 100, depth / 100, plan_id, [], []))
        if (venue, zone) not in named:
            named.add((venue, zone))
            plan.zones.append(ShownZone(zone, Bilingual(zone_vi, zone_en)))
        plan.booths.append(_booth(code, lengths, zone, switch, holders.get(booth_id)))
    return plans


def _booth(code: str, lengths: Sequence[int], zone: str, switch: str, holder: Exhibitor | None) -> ShownBooth:
    x, y, width, depth = (length / 100 for length in lengths)
    state = "blocked" if switch == BoothSwitch.BLOCKED else "free"
    group, label = ("", "")
    if holder is not None:
        state, group, label = "confirmed", holder.group, holder.name.vi
    return ShownBooth(code, x, y, width, depth, zone, state, group, label)
