"""When a changed event gets a new revision, and when it keeps the old one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from events.calendars.calendar_entry import CalendarEntry, EntryKind
from events.calendars.calendar_feed import CalendarEvent, Status, fragment_hash, render_event
from foundation import clock

MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)
LATER = MADE_AT + timedelta(days=3)
FAIR = CalendarEvent(
    uid="su-kien-12@gianhang.example",
    summary="Hội chợ Xuân",
    location="Hạ Long",
    first_day=date(2027, 1, 29),
    last_day=date(2027, 2, 4),
    created=MADE_AT,
)


@pytest.fixture
def entry() -> CalendarEntry:
    """The fair as it came into the calendar."""
    made = CalendarEntry(
        uid=FAIR.uid,
        fair_id=12,
        kind=EntryKind.FAIR,
        is_dropped=True,
        sequence=-1,
        created_at=MADE_AT,
        last_modified=MADE_AT,
        body_hash="",
        schedule_hash="",
    )
    revise(made, MADE_AT)
    return made


def revise(entry: CalendarEntry, moment: datetime, place: str = "1", **change: object) -> tuple[int, datetime]:
    """Bring it up to date at this moment; answers sequence and time."""
    changed = replace(FAIR, **change)
    with clock.as_of(moment):
        entry.bring_up_to_date({"vi": changed, "en": replace(changed, language="en")}, place)
    return entry.sequence, entry.last_modified


def test_first_revision_is_sequence_0_and_now(entry: CalendarEntry) -> None:
    assert (entry.sequence, entry.last_modified, entry.is_dropped) == (0, MADE_AT, False)
    assert entry.fragment("vi") == render_event(replace(FAIR, sequence=0, last_modified=MADE_AT))
    assert entry.fragment("en") == render_event(replace(FAIR, sequence=0, last_modified=MADE_AT, language="en"))


def test_unchanged_event_keeps_its_revision(entry: CalendarEntry) -> None:
    octets = entry.fragment("vi")
    assert revise(entry, LATER) == (0, MADE_AT)
    assert entry.fragment("vi") == octets


@pytest.mark.parametrize(
    ("change", "raises_sequence"),
    [
        ({"summary": "Hội chợ Tết"}, 0),
        ({"description": "Thêm chương trình"}, 0),
        ({"contact": "0203 3835 677"}, 0),
        ({"image": "https://gianhang.example/a.jpg"}, 0),
        ({"categories": ("Hội chợ",)}, 0),
        ({"location": "Hạ Long Park"}, 0),
        ({"geo": (20.95, 107.08)}, 0),
        ({"location": "Cẩm Phả", "place": "2"}, 1),
        ({"last_day": date(2027, 2, 5)}, 1),
        ({"status": Status.TENTATIVE}, 1),
        ({"status": Status.CANCELLED}, 1),
    ],
)
def test_changed_event_grows_in_time_and_for_its_schedule_in_sequence(
    entry: CalendarEntry, change: dict[str, object], raises_sequence: int
) -> None:
    place = str(change.pop("place", "1"))
    assert revise(entry, LATER, place, **change) == (raises_sequence, LATER)
    expected = replace(FAIR, **change, sequence=raises_sequence, last_modified=LATER)
    assert entry.fragment("vi") == render_event(expected)


def test_change_within_the_same_second_still_grows_by_one(entry: CalendarEntry) -> None:
    assert revise(entry, MADE_AT, summary="Hội chợ Tết") == (0, MADE_AT + timedelta(seconds=1))


def test_clock_set_back_never_shrinks_a_revision(entry: CalendarEntry) -> None:
    revise(entry, LATER, summary="Hội chợ Tết")
    assert revise(entry, MADE_AT, summary="Hội chợ Xuân") == (0, LATER + timedelta(seconds=1))


def test_what_was_dropped_comes_back_as_another_step(entry: CalendarEntry) -> None:
    entry.is_dropped = True
    assert revise(entry, LATER) == (1, LATER)


def test_hash_sees_the_venue_renamed_but_not_the_revision() -> None:
    revised = replace(FAIR, sequence=7, last_modified=LATER)
    assert fragment_hash(revised) == fragment_hash(FAIR)
    assert render_event(revised) != render_event(FAIR)
    assert fragment_hash(replace(FAIR, location="Hạ Long Park")) != fragment_hash(FAIR)
