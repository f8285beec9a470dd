"""The organiser puts the venues of a fair on the map; calendars, maps and "near me" go by it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from events.fairs.archive_fair import refuse_archived
from events.fairs.fair import Fair
from events.places.directions import Point
from events.places.venue import Venue
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.overtaken import refuse_overtaken, version_of_facts


def version_of_places(fair: Fair) -> int:
    """Another number whenever the fair has other venues, or one of them is said to be elsewhere."""
    return version_of_facts(*((row.venue.id, row.venue.point) for row in fair.venues))


def place_venues(
    session: Session, actor: Actor, fair: Fair, points: Sequence[Point | None], seen: int | None = None
) -> int:
    """A point for each venue in the fair's order, None for nowhere; answers how many changed.

    A venue is one thing for all fairs there. Refuses a fair that is put away, and `set_up_changed_meanwhile` when
    `version_of_places` is another than the one `seen`.
    """
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    for row in fair.venues:
        session.refresh(row.venue, with_for_update={"of": Venue})
    refuse_archived(fair)
    changed = 0
    if [row.venue.point for row in fair.venues] != list(points):
        refuse_overtaken(version_of_places(fair), seen)
    for row, point in zip(fair.venues, points, strict=False):
        venue, before = row.venue, row.venue.point
        if point == before:
            continue
        venue.latitude, venue.longitude = point or (None, None)
        told = {"venue": venue.id, "point": list(point) if point else None}
        record(session, actor, "fair.place_venue", fair, fair_id=fair.id, old={"point": before}, new=told)
        changed += 1
    session.flush()
    return changed
