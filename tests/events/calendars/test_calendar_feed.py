"""The octets of feeds, read back by the library and checked line by line by hand."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component

from events.calendars.calendar_feed import (
    MOST_EVENTS,
    MOST_OCTETS,
    CalendarEvent,
    Status,
    render_calendar,
    render_event,
    stamped,
    within_limits,
    without_revision,
)

GOLDEN = Path(__file__).with_name("one_fair.ics")
MADE_AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
CHANGED_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
FAIR = CalendarEvent(
    uid="su-kien-12@gianhang.example",
    summary="Hội chợ OCOP Quảng Ninh – Xuân 2027",
    description="Giờ mở cửa: 8:00 đến 21:30.\nVào cửa tự do; gửi xe 5.000 đ, mời bạn.",
    location="Siêu thị GO! Hạ Long, phường Hồng Gai, thành phố Quảng Ninh",
    geo=(20.95, 107.08),
    url="https://gianhang.example/hoi-cho/xuân-2027",
    first_day=date(2027, 1, 29),
    last_day=date(2027, 2, 4),
    categories=("Hội chợ", "Thực phẩm, đồ uống"),
    contact="Sở Công Thương, 0203 3835 677",
    image="https://gianhang.example/anh/xuan-2027.webp",
    created=MADE_AT,
    last_modified=CHANGED_AT,
    sequence=2,
)
OPENING = CalendarEvent(
    uid="chuong-trinh-3@gianhang.example",
    summary="Khai mạc",
    starts_at=datetime(2027, 1, 29, 1, 0, tzinfo=UTC),
    ends_at=datetime(2027, 1, 29, 8, 30, tzinfo=timezone(timedelta(hours=7))),
    related_to=FAIR.uid,
    status=Status.TENTATIVE,
    created=MADE_AT,
)


def feed_of(*fragments: bytes, name: str = "Hội chợ OCOP Quảng Ninh", description: str = "Mọi hội chợ") -> bytes:
    return render_calendar(
        name=name,
        description=description,
        url="https://gianhang.example/lich",
        source="https://gianhang.example/calendar/hoi-cho.ics",
        last_modified=CHANGED_AT,
        fragments=fragments,
        language="vi",
    )


def unfolded_lines(feed: bytes) -> list[str]:
    return feed.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def faults_of(feed: bytes) -> list[str]:
    """What RFC 5545 section 3.1 forbids, found without the library."""
    lines = feed.split(b"\r\n")
    faults = [] if feed.endswith(b"END:VCALENDAR\r\n") else ["the end is missing"]
    faults += [f"longer than 75 octets: {line!r}" for line in lines if len(line) > 75]
    faults += [f"a bare line end: {line!r}" for line in lines if b"\n" in line or b"\r" in line]
    faults += [f"an empty line after {before!r}" for before, line in pairwise(lines[:-1]) if not line]
    for line in lines:
        text = line.decode(errors="replace")
        if "\ufffd" in text and b"\xef\xbf\xbd" not in line:
            faults.append(f"a split character: {line!r}")
        faults += [f"a control in {text!r}" for sign in text if unicodedata.category(sign) == "Cc"]
    faults += [f"no property: {line!r}" for line in unfolded_lines(feed) if ":" not in line]
    return faults


def read_back(feed: bytes) -> Component:
    calendar = Calendar.from_ical(feed)
    assert [component.errors for component in calendar.walk() if component.errors] == []
    assert faults_of(feed) == []
    return calendar


def events_in(feed: bytes) -> list[Component]:
    return read_back(feed).walk("VEVENT")


def test_feed_of_one_fair_is_the_golden_file() -> None:
    assert feed_of(render_event(FAIR), render_event(OPENING)) == GOLDEN.read_bytes()


def test_feed_is_the_same_octets_each_time() -> None:
    assert feed_of(render_event(FAIR)) == feed_of(render_event(replace(FAIR)))


def test_fair_ends_exclusively_on_the_day_after() -> None:
    (event,) = events_in(feed_of(render_event(FAIR)))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 1, 29), date(2027, 2, 5))
    assert "DTEND;VALUE=DATE:20270205" in unfolded_lines(render_event(FAIR))


def test_fair_texts_are_read_back() -> None:
    (event,) = events_in(feed_of(render_event(FAIR)))
    assert str(event["SUMMARY"]) == FAIR.summary
    assert str(event["LOCATION"]) == FAIR.location
    assert str(event["DESCRIPTION"]).splitlines() == [
        *FAIR.description.splitlines(),
        "https://gianhang.example/hoi-cho/xu%C3%A2n-2027",
    ]
    assert [str(category) for category in event["CATEGORIES"].cats] == list(FAIR.categories)


def test_map_title_for_apple_is_the_very_location() -> None:
    awkward = replace(FAIR, location='Chợ "Đêm" ^ Hạ Long; khu A, lô 2')
    (event,) = events_in(feed_of(render_event(awkward)))
    place = event["X-APPLE-STRUCTURED-LOCATION"]
    assert place.params["X-TITLE"] == str(event["LOCATION"]) == "Chợ 'Đêm' Hạ Long; khu A, lô 2"
    assert str(place) == "geo:20.950000,107.080000"


def test_geo_has_six_decimals_and_no_exponent() -> None:
    lines = unfolded_lines(render_event(replace(FAIR, geo=(0.00001, -107))))
    assert [line for line in lines if line.startswith("GEO")] == ["GEO:0.000010;-107.000000"]


def test_timed_event_is_in_the_declared_zone() -> None:
    lines = unfolded_lines(render_event(OPENING))
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20270129T080000" in lines
    assert "DTEND;TZID=Asia/Ho_Chi_Minh:20270129T083000" in lines
    assert "RELATED-TO;RELTYPE=PARENT:su-kien-12@gianhang.example" in lines


def test_timed_event_without_an_end_has_no_dtend() -> None:
    (event,) = events_in(feed_of(render_event(replace(OPENING, ends_at=None))))
    assert "DTEND" not in event


def test_revision_stamps_are_utc_and_agree() -> None:
    stamps = [line for line in unfolded_lines(render_event(FAIR)) if line.startswith(("DTSTAMP", "LAST-", "CREATED"))]
    assert sorted(stamps) == ["CREATED:20261101T020000Z", "DTSTAMP:20261120T093000Z", "LAST-MODIFIED:20261120T093000Z"]


def test_cancelled_event_says_so_in_its_language() -> None:
    cancelled = replace(FAIR, status=Status.CANCELLED, reason="Bão số 3")
    (event,) = events_in(feed_of(render_event(cancelled)))
    assert str(event["SUMMARY"]) == f"ĐÃ HỦY: {FAIR.summary}"
    assert (event["STATUS"], event["COMMENT"], event["UID"]) == ("CANCELLED", "Bão số 3", FAIR.uid)
    (event,) = events_in(feed_of(render_event(replace(cancelled, language="en"))))
    assert str(event["SUMMARY"]) == f"CANCELLED: {FAIR.summary}"


def test_feed_never_holds_what_frightens_readers() -> None:
    lines = unfolded_lines(feed_of(render_event(FAIR), render_event(OPENING)))
    forbidden = ("METHOD", "ORGANIZER", "ATTENDEE", "BEGIN:VALARM", "RDATE", "SUMMARY;")
    assert [line for line in lines if line.startswith(forbidden)] == []
    assert [line for line in lines[: lines.index("BEGIN:VTIMEZONE")] if line.startswith("UID")] == []


def test_feed_without_events_still_has_its_time_zone() -> None:
    assert [component.name for component in read_back(feed_of()).walk()] == ["VCALENDAR", "VTIMEZONE", "STANDARD"]


def test_calendar_name_needs_no_escaping_and_is_short() -> None:
    calendar = read_back(feed_of(name="Hội chợ, triển lãm; C:\\OCOP " + "x" * 99))
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == "Hội chợ triển lãm C:/OCOP " + "x" * 33 + "…"


def test_download_without_a_name_has_no_lines_for_followers() -> None:
    names = {line.partition(":")[0].partition(";")[0] for line in unfolded_lines(feed_of(name=""))}
    assert names & {"NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE"} == set()


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_day": None},
        {"last_day": date(2027, 1, 28)},
        {"starts_at": MADE_AT},
        {"created": MADE_AT.replace(tzinfo=None)},
        {"uid": " \x00"},
    ],
)
def test_event_that_cannot_be_rendered_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"needed|either"):
        replace(FAIR, **wrong)


def test_within_limits_drops_the_oldest_first() -> None:
    assert within_limits([b"old", b"x" * (MOST_OCTETS - 3), b"new"]) == [b"x" * (MOST_OCTETS - 3), b"new"]
    assert within_limits(str(number).encode() for number in range(1200)) == [
        str(number).encode() for number in range(1200 - MOST_EVENTS, 1200)
    ]


AWKWARD = st.text() | st.text(alphabet='\x00\x07\x0b\r\n\t\x7f\x85\u2028,;:\\"^Nn đếặ\u0301👨‍👩‍👧 =', max_size=120)
LONG = st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=20), st.integers(1, 500))


@given(
    words=st.lists(AWKWARD | LONG, min_size=7, max_size=7),
    categories=st.lists(AWKWARD, max_size=3),
    status=st.sampled_from(list(Status)),
    geo=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    first_day=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    sequence=st.integers(0, 10_000),
)
@settings(max_examples=150)
def test_feed_of_any_words_is_valid(
    words: list[str],
    categories: list[str],
    status: Status,
    geo: tuple[float, float] | None,
    first_day: date,
    sequence: int,
) -> None:
    summary, description, location, contact, reason, name, path = words
    event = CalendarEvent(
        uid="su-kien-1@gianhang.example",
        summary=summary,
        description=description,
        location=location,
        contact=contact,
        reason=reason,
        url=f"https://gianhang.example/{path}",
        image=path,
        categories=tuple(categories),
        status=status,
        geo=geo,
        first_day=first_day,
        last_day=first_day,
        created=MADE_AT,
    )
    moment = datetime.combine(first_day, time(11, 30, 7), UTC)
    revised = replace(event, sequence=sequence, last_modified=moment)
    assert stamped(without_revision(event), sequence, moment) == render_event(revised)
    (read,) = events_in(feed_of(render_event(event), name=name, description=description))
    assert (str(read["UID"]), read["STATUS"], read["DTSTART"].dt) == (event.uid, status, first_day)
    assert str(read["URL"]).isascii()
