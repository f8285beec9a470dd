"""The Vietnamese calendar, against days that the press and the calendar books print."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.lunar import LunarDay, format_lunar_long, format_lunar_mark, format_lunar_short, lunar


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 2, 7), LunarDay(22, 12, 2017, leap=False)),
        (date(2018, 2, 12), LunarDay(27, 12, 2017, leap=False)),
        (date(2026, 2, 14), LunarDay(27, 12, 2025, leap=False)),
        (date(2026, 2, 17), LunarDay(1, 1, 2026, leap=False)),
        (date(2026, 3, 3), LunarDay(15, 1, 2026, leap=False)),
        (date(2027, 1, 29), LunarDay(22, 12, 2026, leap=False)),
        (date(2027, 2, 6), LunarDay(1, 1, 2027, leap=False)),
        (date(2025, 7, 25), LunarDay(1, 6, 2025, leap=True)),
        (date(1985, 1, 21), LunarDay(1, 1, 1985, leap=False)),
    ],
)
def test_lunar_known_days(day: date, expected: LunarDay) -> None:
    assert lunar(day) == expected


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2022, 8, 29), "Mùng 3 tháng Tám, năm Nhâm Dần", "Day 3 of lunar month 8, year of Nhâm Dần"),
        (date(2026, 3, 3), "Rằm tháng Giêng, năm Bính Ngọ", "Day 15 of lunar month 1 (full moon), year of Bính Ngọ"),
        (date(2027, 2, 3), "Ngày 27 tháng Chạp, năm Bính Ngọ", "Day 27 of lunar month 12, year of Bính Ngọ"),
        (date(2025, 7, 25), "Mùng 1 tháng Sáu nhuận, năm Ất Tỵ", "Day 1 of lunar leap month 6, year of Ất Tỵ"),
        (date(1899, 12, 31), "", ""),
        (date(2101, 1, 1), "", ""),
    ],
)
def test_format_lunar_long_in_both_languages(day: date, vietnamese: str, english: str) -> None:
    assert (format_lunar_long(day, "vi"), format_lunar_long(day, "en")) == (vietnamese, english)


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2022, 9, 3), "8/8 âm", "8/8 lunar"),
        (date(2022, 9, 10), "15/8 âm", "15/8 lunar"),
        (date(2025, 7, 25), "1/6 nhuận âm", "1/6 leap lunar"),
        (date(2101, 1, 1), "", ""),
    ],
)
def test_format_lunar_short_in_both_languages(day: date, vietnamese: str, english: str) -> None:
    assert (format_lunar_short(day, "vi"), format_lunar_short(day, "en")) == (vietnamese, english)


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2022, 8, 27), "1/8", "1/8"),
        (date(2022, 9, 3), "8", "8"),
        (date(2022, 9, 10), "rằm", "full moon"),
        (date(1600, 1, 1), "", ""),
    ],
)
def test_format_lunar_mark_in_both_languages(day: date, vietnamese: str, english: str) -> None:
    assert (format_lunar_mark(day, "vi"), format_lunar_mark(day, "en")) == (vietnamese, english)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_lunar_knows_every_day_of_two_centuries(day: date) -> None:
    found = lunar(day)
    assert found is not None
    assert (1 <= found.day <= 30, 1 <= found.month <= 12, abs(found.year - day.year) <= 1) == (True, True, True)
