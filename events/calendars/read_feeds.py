"""The feeds as finished octets, put together from stored fragments: everything, a topic, one fair with its hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.orm import Session

from events.calendars.calendar_entry import CalendarEntry, EntryKind
from events.calendars.calendar_feed import MOST_EVENTS, Status, render_calendar, within_limits
from events.calendars.feed_topics import FeedTopic
from events.calendars.public_address import public_address
from events.calendars.revised_entry import RevisedEntry
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
TOPIC_TEXT = Bilingual("{}, trong 12 tháng qua và sắp tới.", "{}, of the past 12 months and to come.")
SUMMARY_TEXT = Bilingual("Các ngày diễn ra {}.", "The days of {}.")
FAIR_TEXT = Bilingual(
    "Ngày, giờ mở cửa và chương trình của {}.",
    "Days, opening hours and programme of {}.",
)

_KINDS_IN_ORDER = case({kind.value: number for number, kind in enumerate(EntryKind)}, value=CalendarEntry.kind)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's octets and the moment of the newest change in them."""

    body: bytes
    last_modified: datetime


class StoredEvent(NamedTuple):
    """A stored VEVENT in one language, as a feed takes it."""

    first_day: date
    uid: str
    last_modified: datetime
    fragment: str


def everything_feed(session: Session, language: str, day: date) -> Feed:
    """All fairs with known days, from a year before the day on; one all-day entry each."""
    return feed_of(
        entries_of_fairs(session, day, language),
        language,
        name=CALENDAR_NAME.local(language),
        description=CALENDAR_TEXT.local(language),
        page="/calendar",
        source=f"/calendar/{EVERYTHING}.ics",
    )


def topic_feed(session: Session, topic: FeedTopic, language: str, day: date) -> Feed:
    """The same, narrowed to a kind of fair or to a place."""
    title = topic.title.local(language)
    return narrowed_feed(
        session,
        topic.holds,
        language,
        day,
        name=title,
        description=TOPIC_TEXT.local(language).replace("{}", title),
        page=f"/calendar/subscribe/{topic.family.value}/{topic.key}",
        source=topic.path,
    )


def narrowed_feed(
    session: Session,
    holds: ColumnElement[bool],
    language: str,
    day: date,
    *,
    name: str,
    description: str,
    page: str,
    source: str,
) -> Feed:
    """The fairs for which a condition holds; one all-day entry each."""
    entries = entries_of_fairs(session, day, language, holds)
    return feed_of(entries, language, name=name, description=description, page=page, source=source)


def fair_feed(
    session: Session, fair: Fair, language: str, day: date, *, to_keep: bool = False, with_hours: bool = True
) -> Feed:
    """One fair as a whole and, unless without hours, each of its open days and the items of its programme.

    `to_keep` is a file to import once, without a calendar's name.
    """
    kinds = list(EntryKind) if with_hours else [EntryKind.FAIR]
    entries = read_stored(
        session,
        stored(CalendarEntry, language)
        .where(
            CalendarEntry.fair_id == fair.id,
            CalendarEntry.kind.in_([kind.value for kind in kinds]),
            CalendarEntry.is_dropped.is_(False),
            (CalendarEntry.status != Status.CANCELLED) | (CalendarEntry.last_day >= day - CANCELLED_KEPT),
        )
        .order_by(CalendarEntry.first_day, _KINDS_IN_ORDER, CalendarEntry.uid),
    )
    name = fair.name.local(language)
    text = FAIR_TEXT if with_hours else SUMMARY_TEXT
    return feed_of(
        entries,
        language,
        name="" if to_keep else name,
        description=text.local(language).replace("{}", name),
        page=f"/fairs/{fair.slug}",
        source=f"/calendar/fairs/{'' if with_hours else 'summary/'}{fair.slug}.ics",
    )


def entries_of_fairs(
    session: Session, day: date, language: str, narrowed: ColumnElement[bool] | None = None
) -> list[StoredEvent]:
    """The stored all-day entries of fairs that a feed of this day holds, narrowed by a condition on `Fair`."""
    shown = stored(CalendarEntry, language).where(CalendarEntry.kind == EntryKind.FAIR)
    if narrowed is not None:
        shown = shown.join(Fair, Fair.id == CalendarEntry.fair_id).where(narrowed)
    return read_latest(session, CalendarEntry, shown, day)


def stored(entry: type[RevisedEntry], language: str) -> Select[*tuple[Any, ...]]:
    """The statement for `read_stored`: finished octets in one language, whatever else an entry has left behind."""
    fragment = entry.fragment_en if language == "en" else entry.fragment_vi
    return select(entry.first_day, entry.uid, entry.last_modified, fragment)


def read_stored(session: Session, statement: Select[*tuple[Any, ...]]) -> list[StoredEvent]:
    """What a statement made by `stored` finds."""
    return [StoredEvent(*row) for row in session.execute(statement)]


def read_latest(
    session: Session, entry: type[RevisedEntry], statement: Select[*tuple[Any, ...]], day: date
) -> list[StoredEvent]:
    """Those of a statement that a feed of this day holds, by start: the latest where there are too many."""
    shown = statement.where(
        entry.is_dropped.is_(False),
        entry.last_day >= day - PAST_KEPT,
        (entry.status != Status.CANCELLED) | (entry.last_day >= day - CANCELLED_KEPT),
    )
    return read_stored(session, shown.order_by(entry.first_day.desc(), entry.uid.desc()).limit(MOST_EVENTS))[::-1]


def was_public(fair: Fair) -> bool:
    """Whether somebody may have subscribed to its feed before it was withdrawn."""
    return fair.state == FairState.DRAFT and fair.published_at is not None


def feed_of(
    entries: Sequence[StoredEvent], language: str, *, name: str, description: str, page: str, source: str
) -> Feed:
    """The feed of stored entries, ordered by start; `page` and `source` are paths without the language."""
    changed = max((entry.last_modified for entry in entries), default=BEFORE_ANY_CHANGE)
    fragments = within_limits(entry.fragment.encode() for entry in entries)
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
