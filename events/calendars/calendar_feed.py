"""iCalendar octets of events and feeds: the same facts give the same octets, and every known reader takes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCategory, vDate, vDatetime, vInt, vText, vUri

from events.calendars.feed_text import (
    one_line,
    one_line_for_parameter,
    one_line_unescaped,
    several_lines,
    shortened,
    web_address,
)
from foundation.clock import VIETNAM

LONGEST_SUMMARY = 100
LONGEST_CALENDAR_NAME = 60
MOST_EVENTS = 999
MOST_OCTETS = 900_000
"""Google drops feeds over 1 MB or about 1,111 events."""

CANCELLED_PREFIX = {"vi": "ĐÃ HỦY: ", "en": "CANCELLED: "}

# Made by hand: Outlook refuses the full history of the zone, and Vietnam has had no other offset since 1975.
_TIME_ZONE = (
    b"BEGIN:VTIMEZONE\r\n"
    b"TZID:Asia/Ho_Chi_Minh\r\n"
    b"X-LIC-LOCATION:Asia/Ho_Chi_Minh\r\n"
    b"BEGIN:STANDARD\r\n"
    b"DTSTART:19700101T000000\r\n"
    b"TZNAME:+07\r\n"
    b"TZOFFSETFROM:+0700\r\n"
    b"TZOFFSETTO:+0700\r\n"
    b"END:STANDARD\r\n"
    b"END:VTIMEZONE\r\n"
)
_IMAGE_KINDS = {"png": "image/png", "webp": "image/webp", "svg": "image/svg+xml"}
_END = b"END:VCALENDAR\r\n"
_NEUTRAL = datetime(1970, 1, 1, tzinfo=UTC)
_NOUGHT = b"19700101T000000Z"


class Status(StrEnum):
    """STATUS of a VEVENT (RFC 5545, section 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One VEVENT: days from `first_day` to `last_day`, or aware moments from `starts_at` to `ends_at` (None: unknown).

    `uid` is permanent and made from the database key, never from a title, date or slug. Empty texts are left out.
    """

    uid: str
    summary: str
    created: datetime
    description: str = ""
    location: str = ""
    geo: tuple[float, float] | None = None
    url: str = ""
    first_day: date | None = None
    last_day: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    status: Status = Status.CONFIRMED
    reason: str = ""
    categories: tuple[str, ...] = ()
    contact: str = ""
    related_to: str = ""
    image: str = ""
    language: str = "vi"
    blocks_time: bool = False
    sequence: int = 0
    last_modified: datetime | None = None

    def __post_init__(self) -> None:
        days = self.first_day is not None and self.last_day is not None and self.first_day <= self.last_day
        moments = self.starts_at is not None and (self.ends_at is None or self.starts_at <= self.ends_at)
        if days == moments:
            raise ValueError(f"{self.uid}: either whole days or moments, the end not before the start")
        naive = [moment for moment in self._moments() if moment.tzinfo is None]
        if naive or not one_line(self.uid):
            raise ValueError(f"{self.uid!r}: a UID and aware moments are needed")

    def _moments(self) -> list[datetime]:
        moments = (self.created, self.last_modified, self.starts_at, self.ends_at)
        return [moment for moment in moments if moment is not None]


def render_event(event: CalendarEvent) -> bytes:
    """One VEVENT with CRLF line ends, folded at 75 octets."""
    component = Event()
    changed_at = vDatetime(_utc(event.last_modified or event.created))
    _add(component, "UID", vText(one_line(event.uid)))
    # Without METHOD, DTSTAMP means "last revised" (RFC 5545, section 3.8.7.2): the feed stays the same octets.
    _add(component, "DTSTAMP", changed_at)
    _add(component, "LAST-MODIFIED", changed_at)
    _add(component, "CREATED", vDatetime(_utc(event.created)))
    _add(component, "SEQUENCE", vInt(event.sequence))
    _add(component, "STATUS", vText(event.status))
    _add(component, "CLASS", vText("PUBLIC"))
    _add(component, "TRANSP", vText("OPAQUE" if event.blocks_time else "TRANSPARENT"))
    _add_time(component, event)
    _add_texts(component, event)
    _add_place(component, event)
    _add_picture(component, event.image)
    octets: bytes = component.to_ical()
    return octets


def render_calendar(
    *,
    name: str,
    description: str,
    url: str,
    source: str,
    last_modified: datetime,
    fragments: Sequence[bytes],
    language: str,
) -> bytes:
    """A feed of rendered events in the order given; `url` is its page, `source` its own address.

    Without a name (a file to download, not to follow) the lines about name and refreshing are left out, for Outlook
    opens a named file as another calendar.
    """
    calendar = Calendar()
    _add(calendar, "VERSION", vText("2.0"))
    _add(calendar, "PRODID", vText(f"-//Gian Hang//OCOP fairs//{'EN' if language == 'en' else 'VI'}"))
    _add(calendar, "CALSCALE", vText("GREGORIAN"))
    _add(calendar, "X-WR-TIMEZONE", vText("Asia/Ho_Chi_Minh"))
    _add(calendar, "LAST-MODIFIED", vDatetime(_utc(last_modified)))
    _add(calendar, "URL", vUri(web_address(url)))
    if name:
        _add_following(calendar, name, description, source)
    head = calendar.to_ical().removesuffix(_END)
    return b"".join([head, _TIME_ZONE, *fragments, _END])


def within_limits(fragments: Iterable[bytes]) -> list[bytes]:
    """As many of the fragments, ordered by start, as readers take; the oldest are dropped first."""
    kept: list[bytes] = []
    room = MOST_OCTETS
    for fragment in reversed(list(fragments)):
        room -= len(fragment)
        if room < 0 or len(kept) == MOST_EVENTS:
            break
        kept.append(fragment)
    return kept[::-1]


def fragment_hash(event: CalendarEvent) -> str:
    """SHA-256 (hex) of the VEVENT without its revision, so that any other octet's change shows."""
    return hashlib.sha256(without_revision(event)).hexdigest()


def without_revision(event: CalendarEvent) -> bytes:
    """The VEVENT with a revision of nought, for `stamped`."""
    return render_event(replace(event, sequence=0, last_modified=_NEUTRAL))


def stamped(fragment: bytes, sequence: int, last_modified: datetime) -> bytes:
    """The same VEVENT with a revision: no line of a folded text begins like one of these three."""
    moment = _utc(last_modified).strftime("%Y%m%dT%H%M%SZ").encode()
    for name, nought, value in (
        (b"DTSTAMP", _NOUGHT, moment),
        (b"LAST-MODIFIED", _NOUGHT, moment),
        (b"SEQUENCE", b"0", b"%d" % sequence),
    ):
        fragment = fragment.replace(b"\r\n%s:%s\r\n" % (name, nought), b"\r\n%s:%s\r\n" % (name, value), 1)
    return fragment


def schedule_hash(event: CalendarEvent) -> str:
    """SHA-256 (hex) of what must raise SEQUENCE: time, place and status."""
    bare = replace(event, summary="", description="", url="", reason="", categories=(), contact="", image="")
    return fragment_hash(replace(bare, related_to="", created=_NEUTRAL))


def _add_time(component: Event, event: CalendarEvent) -> None:
    if event.first_day and event.last_day:
        day_after = event.last_day + timedelta(days=1)  # DTEND is exclusive
        for name, day in (("DTSTART", event.first_day), ("DTEND", day_after)):
            _add(component, name, vDate(date(day.year, day.month, day.day)), {"VALUE": "DATE"})
    elif event.starts_at:
        # The named zone: an offset such as +07:00 would get a TZID that nobody has declared.
        starts = _utc(event.starts_at).astimezone(VIETNAM)
        ends = _utc(event.ends_at or event.starts_at).astimezone(VIETNAM)
        _add(component, "DTSTART", vDatetime(starts))
        if ends > starts:  # DTEND must be later
            _add(component, "DTEND", vDatetime(ends))


def _add_texts(component: Event, event: CalendarEvent) -> None:
    cancelled = event.status == Status.CANCELLED
    prefix = CANCELLED_PREFIX["en" if event.language == "en" else "vi"] if cancelled else ""
    url = web_address(event.url)
    text = several_lines(event.description)
    if url and not text.endswith(url):
        text = f"{text}\n{url}" if text else url  # many readers do not show URL
    _add(component, "SUMMARY", vText(shortened(prefix + one_line(event.summary), LONGEST_SUMMARY)))
    _add(component, "DESCRIPTION", vText(text))
    _add(component, "COMMENT", vText(several_lines(event.reason) if cancelled else ""))
    _add(component, "CONTACT", vText(one_line(event.contact)))
    _add(component, "URL", vUri(url))
    _add(component, "RELATED-TO", vText(one_line(event.related_to)), {"RELTYPE": "PARENT"})
    categories = [line for line in map(one_line, event.categories) if line]
    if categories:
        component.add("CATEGORIES", vCategory(categories))


def _add_place(component: Event, event: CalendarEvent) -> None:
    location = one_line_for_parameter(event.location)
    _add(component, "LOCATION", vText(location))
    if event.geo is None:
        return
    latitude, longitude = (f"{degrees:.6f}" for degrees in event.geo)
    _add(component, "GEO", vUri(f"{latitude};{longitude}"))  # as it stands: vGeo would write 0.00001 as 1e-05
    if location:
        # Apple shows a map only for this, and only if the title is the location's very text.
        shown = {"VALUE": "URI", "X-APPLE-RADIUS": "150", "X-TITLE": location}
        _add(component, "X-APPLE-STRUCTURED-LOCATION", vUri(f"geo:{latitude},{longitude}"), shown)


def _add_picture(component: Event, image: str) -> None:
    address = web_address(image)
    kind = _IMAGE_KINDS.get(address.rpartition(".")[2].lower(), "image/jpeg")
    _add(component, "IMAGE", vUri(address), {"VALUE": "URI", "DISPLAY": "BADGE", "FMTTYPE": kind})
    _add(component, "ATTACH", vUri(address), {"VALUE": "URI", "FMTTYPE": kind})


def _add_following(calendar: Calendar, name: str, description: str, source: str) -> None:
    title = vText(shortened(one_line_unescaped(name), LONGEST_CALENDAR_NAME))
    explanation = vText(one_line_unescaped(description))
    _add(calendar, "NAME", title)
    _add(calendar, "X-WR-CALNAME", title)
    _add(calendar, "DESCRIPTION", explanation)
    _add(calendar, "X-WR-CALDESC", explanation)
    _add(calendar, "SOURCE", vUri(web_address(source)), {"VALUE": "URI"})
    _add(calendar, "REFRESH-INTERVAL", vText("PT6H"), {"VALUE": "DURATION"})
    _add(calendar, "X-PUBLISHED-TTL", vText("PT6H"))
    _add(calendar, "COLOR", vText("firebrick"))
    _add(calendar, "X-APPLE-CALENDAR-COLOR", vText("#B22222"))


def _add(
    component: Calendar | Event,
    name: str,
    value: vText | vUri | vInt | vDate | vDatetime,
    parameters: Mapping[str, str] | None = None,
) -> None:
    """Add a property once, unless it is an empty text; the parameters are exactly those given."""
    if isinstance(value, str) and not value:
        return
    value.params.update(parameters or {})
    component.add(name, value)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
