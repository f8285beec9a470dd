"""When a changed event gets a new revision, and when it keeps the old one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from events.calendars.calendar_feed import (
    CalendarEvent,
    Status,
    fragment_hash,
    render_event,
    revise,
    with_revision,
)

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


def test_first_revision_is_sequence_0_and_now() -> None:
    revision = revise(None, FAIR, MADE_AT)
    assert (revision.sequence, revision.last_modified) == (0, MADE_AT)
    assert revision.body_hash == fragment_hash(FAIR)


def test_unchanged_event_keeps_its_revision_even_if_rendered_with_it() -> None:
    revision = revise(None, FAIR, MADE_AT)
    assert revise(revision, with_revision(FAIR, revision), LATER) is revision


@pytest.mark.parametrize(
    ("change", "raises_sequence"),
    [
        ({"summary": "Hội chợ Tết"}, 0),
        ({"description": "Thêm chương trình"}, 0),
        ({"contact": "0203 3835 677"}, 0),
        ({"image": "https://gianhang.example/a.jpg"}, 0),
        ({"categories": ("Hội chợ",)}, 0),
        ({"last_day": date(2027, 2, 5)}, 1),
        ({"location": "Cẩm Phả"}, 1),
        ({"geo": (20.95, 107.08)}, 1),
        ({"status": Status.TENTATIVE}, 1),
        ({"status": Status.CANCELLED}, 1),
    ],
)
def test_changed_event_grows_in_time_and_for_its_schedule_in_sequence(
    change: dict[str, object], raises_sequence: int
) -> None:
    before = revise(None, FAIR, MADE_AT)
    after = revise(before, replace(FAIR, **change), LATER)
    assert (after.sequence, after.last_modified) == (before.sequence + raises_sequence, LATER)


def test_change_within_the_same_second_still_grows_by_one() -> None:
    before = revise(None, FAIR, MADE_AT)
    after = revise(before, replace(FAIR, summary="Hội chợ Tết"), MADE_AT)
    assert after.last_modified == MADE_AT + timedelta(seconds=1)


def test_clock_set_back_never_shrinks_a_revision() -> None:
    before = revise(None, FAIR, LATER)
    after = revise(before, replace(FAIR, summary="Hội chợ Tết"), MADE_AT)
    assert after.last_modified == LATER + timedelta(seconds=1)


def test_hash_sees_the_venue_renamed_but_not_the_revision() -> None:
    revised = replace(FAIR, sequence=7, last_modified=LATER)
    assert fragment_hash(revised) == fragment_hash(FAIR)
    assert render_event(revised) != render_event(FAIR)
    assert fragment_hash(replace(FAIR, location="Hạ Long Park")) != fragment_hash(FAIR)
