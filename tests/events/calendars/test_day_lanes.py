"""Bars in lanes: no two touch, cuts are told, and a month begins on a Monday."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.calendars.day_lanes import Bar, Span, lay_bars, month_after, month_weeks, strip_days

MONDAY = date(2026, 11, 23)
SPANS = st.builds(
    lambda start, length: Span(
        MONDAY + timedelta(days=start), MONDAY + timedelta(days=start + length), f"{start}+{length}", "/"
    ),
    st.integers(-40, 40),
    st.integers(0, 30),
)


def test_span_is_cut_where_it_goes_on_outside() -> None:
    span = Span(MONDAY - timedelta(days=3), MONDAY + timedelta(days=40), "Xuân", "/x", "apply")
    assert lay_bars([span], MONDAY, 28) == ([[Bar(0, 28, "Xuân", "/x", "apply", cut_left=True, cut_right=True)]], 0)


def test_spans_after_one_another_share_a_lane() -> None:
    days = [Span(MONDAY + timedelta(days=day), MONDAY + timedelta(days=day), str(day), "/") for day in (0, 1, 6)]
    lanes, left_out = lay_bars(days, MONDAY, 7, 3)
    assert ([[bar.start for bar in lane] for lane in lanes], left_out) == ([[0, 1, 6]], 0)


def test_what_finds_no_lane_is_counted() -> None:
    spans = [Span(MONDAY, MONDAY, str(number), "/") for number in range(5)]
    lanes, left_out = lay_bars(spans, MONDAY, 7, 3)
    assert (len(lanes), left_out) == (3, 2)


@given(st.lists(SPANS, max_size=20))
def test_bars_of_a_lane_never_overlap_and_stay_inside(spans: list[Span]) -> None:
    lanes, left_out = lay_bars(spans, MONDAY, 28)
    ends = [(left.start + left.span, right.start) for lane in lanes for left, right in pairwise(lane)]
    assert all(end <= start for end, start in ends)
    assert all(bar.start >= 0 and bar.span >= 1 and bar.start + bar.span <= 28 for lane in lanes for bar in lane)
    seen = [span for span in spans if span.last >= MONDAY and span.first < MONDAY + timedelta(days=28)]
    assert (sum(map(len, lanes)), left_out) == (len(seen), 0)


@pytest.mark.parametrize(("month", "weeks"), [(date(2026, 11, 1), 6), (date(2027, 2, 1), 4), (date(2026, 12, 1), 5)])
def test_month_holds_whole_weeks(month: date, weeks: int) -> None:
    shown = month_weeks(month, MONDAY, [], more_url="/fairs", language="vi")
    assert (len(shown), {week.days[0].date.weekday() for week in shown}) == (weeks, {0})
    in_month = [day.date for week in shown for day in week.days if day.in_month]
    assert (in_month[0].day, in_month[-1] + timedelta(days=1)) == (1, month_after(month, 1))


def test_december_is_followed_by_january() -> None:
    december, january = date(2026, 12, 1), date(2027, 1, 1)
    assert (month_after(december, 1), month_after(january, -1)) == (january, december)


def test_strip_names_new_and_full_moons_alone() -> None:
    notes = {day.date: day.note for day in strip_days(MONDAY, MONDAY, "vi") if day.note}
    assert notes == {date(2026, 11, 23): "rằm", date(2026, 12, 9): "1/11"}
