"""Days and clock times in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.days import (
    format_clock,
    format_date,
    format_day,
    format_day_range,
    format_hours,
    format_month,
    format_weekday,
    format_when,
)

TODAY = date(2022, 8, 20)


def test_format_date_has_two_digits_each() -> None:
    assert format_date(date(2026, 2, 6)) == "06/02/2026"


def test_format_day_hides_the_year_in_english_when_it_is_this_one() -> None:
    assert format_day(date(2022, 8, 22), "vi", today=TODAY) == "Thứ Hai 22/08/2022"
    assert format_day(date(2023, 8, 22), "vi", today=TODAY) == "Thứ Ba 22/08/2023"
    assert format_day(date(2022, 8, 22), "vi") == "Thứ Hai 22/08/2022"
    assert format_day(date(2022, 8, 22), "en", today=TODAY) == "Monday 22 August"
    assert format_day(date(2022, 8, 22), "en") == "Monday 22 August 2022"


def test_format_weekday_in_full_and_short() -> None:
    sunday = date(2022, 8, 21)
    assert [format_weekday(sunday, language) for language in ("vi", "en")] == ["Chủ Nhật", "Sunday"]
    assert [format_weekday(sunday, language, short=True) for language in ("vi", "en")] == ["CN", "Sun"]


def test_format_month_in_both_languages() -> None:
    assert [format_month(2022, 8, language) for language in ("vi", "en")] == ["Tháng 8 năm 2022", "August 2022"]


@pytest.mark.parametrize(
    ("first", "last", "vietnamese", "english"),
    [
        (date(2026, 2, 6), date(2026, 2, 11), "06–11/02/2026", "6–11 February 2026"),
        (date(2025, 10, 28), date(2025, 11, 3), "28/10–03/11/2025", "28 October – 3 November 2025"),
        (date(2025, 12, 28), date(2026, 1, 3), "28/12/2025–03/01/2026", "28 December 2025 – 3 January 2026"),
        (date(2026, 2, 6), date(2026, 2, 6), "06/02/2026", "6 February 2026"),
        (date(2025, 2, 6), date(2026, 2, 6), "06/02/2025–06/02/2026", "6 February 2025 – 6 February 2026"),
    ],
)
def test_format_day_range_is_the_shortest_clear_form(first: date, last: date, vietnamese: str, english: str) -> None:
    assert (format_day_range(first, last, "vi"), format_day_range(first, last, "en")) == (vietnamese, english)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_format_day_range_always_ends_with_the_last_day(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assert format_day_range(first, last, "vi").endswith(format_date(last))


def test_format_clock_shows_vietnams_time() -> None:
    assert format_clock(time(8, 0)) == "8:00"
    assert format_clock(datetime(2022, 8, 22, 14, 30, tzinfo=UTC)) == "21:30"


def test_format_hours_in_both_languages() -> None:
    assert format_hours(time(8), time(21, 30), "vi") == "8:00 đến 21:30"
    assert format_hours(time(8), time(21, 30), "en") == "8:00 to 21:30"


def test_format_when_late_in_utc_is_the_next_day_in_vietnam() -> None:
    moment = datetime(2022, 8, 21, 17, 5, tzinfo=UTC)
    assert format_when(moment, "vi", today=TODAY) == "0:05 Thứ Hai 22/08/2022"
    assert format_when(moment, "en", today=TODAY) == "0:05, Monday 22 August"
    assert format_when(moment, "vi") == "0:05 Thứ Hai 22/08/2022"
