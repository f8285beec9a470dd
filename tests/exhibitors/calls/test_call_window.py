"""Where a call stands: for any opening, soft close and hard close, and any zone's own window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from exhibitors.calls.call_window import CallWindow, Standing, is_late

MOMENTS = st.integers(0, 400).map(lambda hours: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
MAYBE = st.none() | MOMENTS
WINDOWS = st.builds(CallWindow, MAYBE, MAYBE, MAYBE).filter(lambda window: window.is_in_order)
ORDER = [Standing.NOT_OPEN, Standing.ON_TIME, Standing.LATE, Standing.CLOSED]
MINUTE = timedelta(minutes=1)


def at(hour: int) -> datetime:
    return datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=hour)


def test_four_standings_change_at_their_very_moments() -> None:
    window = CallWindow(at(10), at(20), at(30))
    moments = [at(10) - MINUTE, at(10), at(20) - MINUTE, at(20), at(30) - MINUTE, at(30)]
    assert [window.standing(moment) for moment in moments] == [
        Standing.NOT_OPEN,
        Standing.ON_TIME,
        Standing.ON_TIME,
        Standing.LATE,
        Standing.LATE,
        Standing.CLOSED,
    ]  # fmt: skip - one line of standings


@given(WINDOWS, MOMENTS, MOMENTS)
def test_time_never_goes_back_to_an_earlier_standing(window: CallWindow, one: datetime, other: datetime) -> None:
    first, later = sorted((one, other))
    assert ORDER.index(window.standing(first)) <= ORDER.index(window.standing(later))


@given(WINDOWS, MOMENTS)
def test_window_without_soft_close_is_never_late(window: CallWindow, moment: datetime) -> None:
    hard = CallWindow(window.opens_at, None, window.closes_at)
    assert hard.standing(moment) is not Standing.LATE


@given(WINDOWS, WINDOWS, MOMENTS)
def test_zone_is_never_open_while_the_fair_is_not(zone: CallWindow, fair: CallWindow, moment: datetime) -> None:
    shut = {Standing.NOT_OPEN, Standing.CLOSED}
    assert fair.standing(moment) not in shut or zone.inside(fair).standing(moment) in shut


@given(WINDOWS, MOMENTS)
def test_empty_zone_window_follows_the_fair(fair: CallWindow, moment: datetime) -> None:
    assert CallWindow().inside(fair) == fair
    late = fair.standing(moment) is Standing.LATE
    assert (is_late(fair, [CallWindow()], moment), is_late(fair, [], moment)) == (late, late)


@given(WINDOWS, st.lists(WINDOWS, min_size=1, max_size=3), MOMENTS)
def test_application_is_late_only_when_every_zone_is(
    fair: CallWindow, zones: list[CallWindow], moment: datetime
) -> None:
    standings = {zone.inside(fair).standing(moment) for zone in zones}
    assert is_late(fair, zones, moment) == (standings == {Standing.LATE})
