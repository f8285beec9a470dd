"""The life of a certificate, month ends and leap years included."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibitors.producers.certificate_life import certificate_end, ends_soon, holds_on


@pytest.mark.parametrize(
    ("issued", "months", "end"),
    [
        (date(2024, 2, 2), 36, date(2027, 2, 2)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2023, 12, 31), 36, date(2026, 12, 31)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 1, 31), 12, date(2024, 1, 31)),
        (date(2023, 1, 31), 0, date(2023, 1, 31)),
    ],
)
def test_certificate_end_after_calendar_months(issued: date, months: int, end: date) -> None:
    assert certificate_end(issued, months) == end


@given(st.dates(date(2013, 1, 1), date(2090, 12, 31)))
def test_certificate_end_is_three_years_on_at_most_a_day_earlier_in_the_month(issued: date) -> None:
    end = certificate_end(issued)
    assert (end.year, end.month) == (issued.year + 3, issued.month)
    assert issued.day - end.day in {0, 1}


def test_holds_on_both_its_first_and_last_day() -> None:
    issued, expires = date(2024, 2, 2), date(2027, 2, 2)
    day = timedelta(days=1)
    asked = (issued - day, issued, expires, expires + day)
    assert [holds_on(issued, expires, day) for day in asked] == [False, True, True, False]


def test_holds_on_no_day_when_a_date_is_unknown() -> None:
    assert [holds_on(None, date(2027, 2, 2), date(2027, 1, 1)), holds_on(date(2024, 2, 2), None, date(2027, 1, 1))] == [
        False,
        False,
    ]


def test_ends_soon_from_90_days_before_until_the_last_day() -> None:
    expires = date(2027, 2, 2)
    asked = (91, 90, 0, -1)
    assert [ends_soon(expires, expires - timedelta(days=days)) for days in asked] == [False, True, True, False]
