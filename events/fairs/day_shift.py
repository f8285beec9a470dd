"""How far the dates of an edition move: by a number of days, or to the same days of the lunar calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from foundation import clock
from foundation.lunar import same_lunar_day
from foundation.refusal import Refused


class DayShift(Protocol):
    """Moves a day; keeps the order of days."""

    def day(self, day: date) -> date:
        """The new day."""
        ...


@dataclass(frozen=True, slots=True)
class ByDays:
    """Every day moves equally far: what lay n days after the opening lies n days after the new opening."""

    days: int

    def day(self, day: date) -> date:
        """The day so many days later. Refuses `day_out_of_range` at the ends of the calendar."""
        try:
            return day + timedelta(days=self.days)
        except OverflowError as error:
            raise Refused("day_out_of_range") from error


@dataclass(frozen=True, slots=True)
class ByLunarYears:
    """Every day moves to the same lunar day so many lunar years later: 27 Chạp stays 27 Chạp, mùng 1 stays mùng 1.

    The 30th of a month that has 29 days becomes the 29th; a day in a leap month goes to the plain month.
    """

    years: int

    def day(self, day: date) -> date:
        """The same lunar day. Refuses `day_out_of_range` where the lunar calendar is not known."""
        moved = same_lunar_day(day, self.years)
        if moved is None:
            raise Refused("day_out_of_range")
        return moved


def shift_moment(shift: DayShift, moment: datetime) -> datetime:
    """The day moves as it is in Vietnam, the clock stays: a call that closes at 17:00 still closes at 17:00."""
    local = moment.astimezone(clock.VIETNAM)
    return clock.local_moment(shift.day(local.date()), local.time())
