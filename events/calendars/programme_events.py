"""How an item of a fair's programme reads in a calendar: timed, tied to the fair's own entry."""

from __future__ import annotations

from collections.abc import Sequence

from events.calendars.calendar_feed import CalendarEvent, Status
from events.calendars.fair_events import FairPlace, status_of
from events.calendars.public_address import public_address
from events.fairs.fair import FairState
from events.programme.programme_item import ProgrammeItem
from foundation import clock


def happening_of(
    item: ProgrammeItem, *, uid: str, whole_uid: str, places: Sequence[FairPlace], language: str
) -> CalendarEvent:
    """One item; cancelled with its fair or by itself."""
    fair = item.fair
    of_fair = status_of(fair)
    where = [item.place.local(language), "; ".join(place.line(language) for place in places)]
    return CalendarEvent(
        uid=uid,
        summary=item.title.local(language),
        description="\n".join(filter(None, (item.text.local(language), fair.name.local(language)))),
        location=", ".join(filter(None, where)),
        geo=places[0].geo if len(places) == 1 else None,
        url=public_address(f"/fairs/{fair.slug}", language) + "#programme",
        starts_at=clock.local_moment(item.day, item.starts_at),
        ends_at=clock.local_moment(item.day, item.ends_at) if item.ends_at else None,
        status=Status.CANCELLED if item.is_cancelled else of_fair,
        reason=fair.reason if fair.state == FairState.CANCELLED else "",
        related_to=whole_uid,
        created=fair.published_at or fair.created_at,
        language=language,
    )
