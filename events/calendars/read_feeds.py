"""The feeds as finished octets, put together from stored fragments: everything, and one fair with its hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.calendars.calendar_entry import CalendarEntry, EntryKind
from events.calendars.calendar_feed import MOST_EVENTS, Status, render_calendar, within_limits
from events.calendars.public_address import public_address
from events.fairs.fair import Fair, FairState
from foundation.bilingual import Bilingual

EVERYTHING = "quang-ninh"
PAST_KEPT = timedelta(days=365)
CANCELLED_KEPT = timedelta(days=30)
"""A cancellation is shown until a month after the planned end, so that nobody misses it."""
BEFORE_ANY_CHANGE = datetime(2022, 1, 1, tzinfo=UTC)

CALENDAR_NAME = Bilingual("Hội chợ OCOP Quảng Ninh", "OCOP fairs in Quảng Ninh")
CALENDAR_TEXT = Bilingual(
    "Mọi hội chợ và tuần xúc tiến OCOP ở Quảng Ninh trong 12 tháng qua và sắp tới.",
    "All OCOP fairs and promotion weeks in Quảng Ninh of the past 12 months and to come.",
)
FAIR_TEXT = Bilingual(
    "Ngày và giờ mở cửa của {}.",
    "Days and opening hours of {}.",
)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's octets and the moment of the newest change in them."""

    body: bytes
    last_modified: datetime


def everything_feed(session: Session, language: str, day: date) -> Feed:
    """All fairs with known days, from a year before the day on; one all-day entry each."""
    shown = (
        select(CalendarEntry)
        .where(
            CalendarEntry.kind == EntryKind.FAIR,
            CalendarEntry.is_dropped.is_(False),
            CalendarEntry.last_day >= day - PAST_KEPT,
            (CalendarEntry.status != Status.CANCELLED) | (CalendarEntry.last_day >= day - CANCELLED_KEPT),
        )
        .order_by(CalendarEntry.first_day.desc(), CalendarEntry.uid.desc())
        .limit(MOST_EVENTS)
    )
    entries = list(session.scalars(shown))[::-1]
    return _feed(
        entries,
        language,
        name=CALENDAR_NAME.local(language),
        description=CALENDAR_TEXT.local(language),
        page="/calendar",
        source=f"/calendar/{EVERYTHING}.ics",
    )


def fair_feed(session: Session, fair: Fair, language: str, day: date, *, to_keep: bool = False) -> Feed:
    """One fair as a whole and each of its open days; `to_keep` is a file to import once, without a calendar's name."""
    entries = session.scalars(
        select(CalendarEntry)
        .where(
            CalendarEntry.fair_id == fair.id,
            CalendarEntry.is_dropped.is_(False),
            (CalendarEntry.status != Status.CANCELLED) | (CalendarEntry.last_day >= day - CANCELLED_KEPT),
        )
        .order_by(CalendarEntry.first_day, CalendarEntry.kind.desc(), CalendarEntry.uid)
    )
    name = fair.name.local(language)
    return _feed(
        list(entries),
        language,
        name="" if to_keep else name,
        description=FAIR_TEXT.local(language).replace("{}", name),
        page=f"/fairs/{fair.slug}",
        source=f"/calendar/fairs/{fair.slug}.ics",
    )


def was_public(fair: Fair) -> bool:
    """Whether somebody may have subscribed to its feed before it was withdrawn."""
    return fair.state == FairState.DRAFT and fair.published_at is not None


def _feed(
    entries: Sequence[CalendarEntry], language: str, *, name: str, description: str, page: str, source: str
) -> Feed:
    changed = max((entry.last_modified for entry in entries), default=BEFORE_ANY_CHANGE)
    fragments = within_limits(entry.fragment(language) for entry in entries)
    body = render_calendar(
        name=name,
        description=description,
        url=public_address(page, language),
        source=public_address(source, language),
        last_modified=changed,
        fragments=fragments,
        language=language,
    )
    return Feed(body, changed)
