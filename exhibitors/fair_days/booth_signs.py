"""Question: the signs of a fair's booths, in the order in which they are hung: venue, zone, code."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairVenue
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone
from events.places.venue import Venue
from exhibitors.allocation.booth_states import BESIDE
from exhibitors.allocation.exhibitor_directory import exhibitors_of
from foundation.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class BoothSign:
    """A booth with its zone and venue; `holder` only once it is confirmed, for a sign is read by everybody."""

    code: str
    zone: Bilingual
    venue: Bilingual
    holder: Bilingual | None


def booth_signs(session: Session, fair: Fair, *, taken_alone: bool = False) -> list[BoothSign]:
    """A sign for each booth in use, or for those alone that somebody has confirmed; a constant number of questions."""
    holders: dict[int, Bilingual] = {}
    for one in exhibitors_of(session, fair):
        for booth in one.booths:
            first = holders.get(booth.id)
            holders[booth.id] = one.name if first is None else _both(first, one.name)
    rows = session.execute(
        select(Booth.id, Booth.code, Zone.name_vi, Zone.name_en, Venue.name_vi, Venue.name_en)
        .join(Zone, Zone.id == Booth.zone_id)
        .join(FloorPlan, FloorPlan.id == Booth.plan_id)
        .join(FairVenue, FairVenue.id == FloorPlan.fair_venue_id)
        .join(Venue, Venue.id == FairVenue.venue_id)
        .where(FloorPlan.fair_id == fair.id, Booth.switch == BoothSwitch.OPEN)
        .order_by(FairVenue.id, FloorPlan.id, Zone.code, Booth.code)
    )
    return [
        BoothSign(code, Bilingual(zone_vi, zone_en), Bilingual(venue_vi, venue_en), holders.get(booth_id))
        for booth_id, code, zone_vi, zone_en, venue_vi, venue_en in rows
        if not taken_alone or booth_id in holders
    ]


def _both(first: Bilingual, second: Bilingual) -> Bilingual:
    """The names of two who share a booth, in both languages."""
    return Bilingual(*(BESIDE.join((first.local(to), second.local(to))) for to in ("vi", "en")))
