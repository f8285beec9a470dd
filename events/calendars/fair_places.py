"""The venues of a fair as calendars write them, with the names their places bear on the fair's days."""

from __future__ import annotations

from sqlalchemy.orm import Session

from events.calendars.fair_events import FairPlace
from events.fairs.fair import Fair, FairVenue
from events.places.locality import place_name_on
from foundation import clock


def places_of(session: Session, fair: Fair) -> list[FairPlace]:
    """All venues of the fair in their order."""
    return [_place(session, fair, row) for row in fair.venues]


def _place(session: Session, fair: Fair, row: FairVenue) -> FairPlace:
    venue = row.venue
    return FairPlace(
        venue_id=venue.id,
        name=venue.name,
        address=venue.address,
        place=place_name_on(session, venue.locality, fair.first_day or clock.today()),
        geo=venue.point,
    )
