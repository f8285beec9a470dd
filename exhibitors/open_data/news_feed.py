"""News of fairs as an Atom feed (RFC 4287): each fair once, `updated` when what visitors read of it last changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events.calendars.calendar_entry import CalendarEntry, EntryKind
from events.calendars.fair_events import WORDS
from events.calendars.public_address import public_address, public_host
from events.fairs.fair import Fair, FairState
from foundation.bilingual import Bilingual
from foundation.days import format_day_range

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 50
BEFORE_ANY_NEWS = datetime(2022, 1, 1, tzinfo=UTC)
TITLE = Bilingual("Tin hội chợ OCOP Quảng Ninh", "News of OCOP fairs in Quảng Ninh")
CANCELLED = Bilingual("ĐÃ HỦY: ", "CANCELLED: ")
TAKES_APPLICATIONS = Bilingual("Đang nhận đăng ký gian hàng.", "Applications for booths are open.")


def news_feed(session: Session, language: str) -> bytes:
    """The fairs whose facts changed last, latest first."""
    rows = session.execute(
        select(Fair, CalendarEntry.last_modified)
        .join(CalendarEntry, CalendarEntry.fair_id == Fair.id)
        .options(joinedload(Fair.organisation))
        .where(CalendarEntry.kind == EntryKind.FAIR, CalendarEntry.is_dropped.is_(False))
        .order_by(CalendarEntry.last_modified.desc(), Fair.id.desc())
        .limit(MOST_ENTRIES)
    ).all()
    root = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    own = public_address("/news.atom", language)
    _text(root, "id", own)
    _text(root, "title", TITLE.local(language))
    _text(root, "updated", _stamp(rows[0].last_modified if rows else BEFORE_ANY_NEWS))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": public_address("/", language)})
    for fair, changed in rows:
        _entry(root, fair, changed, language)
    octets: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return octets


def _entry(root: Element, fair: Fair, changed: datetime, language: str) -> None:
    entry = SubElement(root, "entry")
    # The number, not the slug: a tag is for ever (RFC 4151).
    _text(entry, "id", f"tag:{public_host()},2026:fair:{fair.id}")
    _text(entry, "title", _prefix(fair, language) + fair.name.local(language))
    _text(entry, "published", _stamp(fair.published_at or fair.created_at))
    _text(entry, "updated", _stamp(changed))
    SubElement(SubElement(entry, "author"), "name").text = fair.organisation.name.local(language)
    SubElement(entry, "link", {"rel": "alternate", "href": public_address(f"/fairs/{fair.slug}", language)})
    _text(entry, "summary", "\n".join(_lines(fair, fair.first_day, fair.last_day, language)))


def _lines(fair: Fair, first: date | None, last: date | None, language: str) -> list[str]:
    lines = [format_day_range(first, last, language)] if first and last else []
    if fair.reason:
        lines.append(fair.reason)
    if fair.takes_applications():
        lines.append(TAKES_APPLICATIONS.local(language))
    if fair.summary.local(language):
        lines.append(fair.summary.local(language))
    return lines


def _prefix(fair: Fair, language: str) -> str:
    if fair.state == FairState.CANCELLED:
        return CANCELLED.local(language)
    return WORDS["postponed"].local(language) if fair.state == FairState.POSTPONED else ""


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = words


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
