"""The organiser puts the venues of a fair on the map; calendars, maps and "near me" go by it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from events.fairs.archive_fair import refuse_archived
from events.fairs.fair import Fair
from events.places.directions import Point
from foundation.actor import Actor
from foundation.audit_trail import record


def place_venues(session: Session, actor: Actor, fair: Fair, points: Sequence[Point | None]) -> int:
    """A point for each venue in the fair's order, None for nowhere; answers how many changed.

    A venue is one thing for all fairs there. Refuses a fair that is put away.
    """
    refuse_archived(fair)
    changed = 0
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
