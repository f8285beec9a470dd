"""The Vietnamese lunar date of a day, which decides Tết and stands beside every solar date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lunar_vn import SUPPORTED_YEAR_RANGE, solar_to_lunar
from lunar_vn.can_chi import get_year_can_chi

_MONTHS = ("Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Chạp")
_HANOI = 7.0
_FULL_MOON = 15
_LONGEST_MONTH = 30
_MEAN_LUNAR_YEAR = 365.2422
"""Leap months keep the lunar year, in the long run, as long as the solar one."""


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the Vietnamese calendar; `leap` marks the second of two months with the same number (tháng nhuận)."""

    day: int
    month: int
    year: int
    leap: bool

    @property
    def year_name(self) -> str:
        """The year by stem and branch, the same in every language: "Nhâm Dần"."""
        return str(get_year_can_chi(self.year))

    def month_name(self, language: str) -> str:
        """In words: "tháng Giêng", "tháng Sáu nhuận"; "month 1", "leap month 6"."""
        if language == "en":
            return f"{'leap ' if self.leap else ''}month {self.month}"
        return f"tháng {_MONTHS[self.month - 1]}{' nhuận' if self.leap else ''}"


@lru_cache(maxsize=2048)
def lunar(day: date) -> LunarDay | None:
    """The lunar day by Hồ Ngọc Đức's rules at UTC+7; None outside 1900–2100, where they are not known to hold."""
    if not SUPPORTED_YEAR_RANGE[0] <= day.year <= SUPPORTED_YEAR_RANGE[1]:
        return None
    # A plain date: the library also takes others, but a datetime would carry a clock time in.
    found = solar_to_lunar(date(day.year, day.month, day.day), time_zone=_HANOI)
    return LunarDay(found.day, found.month, found.year, found.leap)


@lru_cache(maxsize=256)
def new_year_of(year: int) -> date | None:
    """The solar day of Tết, the first of the first lunar month, in a solar year; None where unknown."""
    days = (date(year, 1, 20) + timedelta(days=number) for number in range(33))
    return next((day for day in days if (found := lunar(day)) and (found.day, found.month) == (1, 1)), None)


def same_lunar_day(day: date, years: int) -> date | None:
    """The day with the same lunar day and month so many lunar years later (or earlier).

    The 30th of a month that has 29 days becomes the 29th, a leap month the plain one; None where unknown.
    """
    start = lunar(day)
    if start is None:
        return None
    # A lunar year has 354, 355, 383 or 384 days; months are told apart within half a month of the guess and a leap one.
    guess = day + timedelta(days=round(years * _MEAN_LUNAR_YEAR))
    target = start.year + years
    for wanted in (start.day, start.day - 1):
        for offset in sorted(range(-50, 51), key=abs):
            found = lunar(guess + timedelta(days=offset))
            if found == LunarDay(wanted, start.month, target, leap=False):
                return guess + timedelta(days=offset)
        if start.day != _LONGEST_MONTH:
            break
    return None


def format_lunar_long(day: date, language: str) -> str:
    """In full: "Mùng 3 tháng Tám, năm Nhâm Dần"; "Day 3 of lunar month 8, year of Nhâm Dần"; empty where unknown."""
    found = lunar(day)
    if found is None:
        return ""
    month = found.month_name(language)
    if language == "en":
        full_moon = " (full moon)" if found.day == _FULL_MOON else ""
        return f"Day {found.day} of lunar {month}{full_moon}, year of {found.year_name}"
    return f"{_spoken_day(found.day)} {month}, năm {found.year_name}"


def format_lunar_short(day: date, language: str) -> str:
    """For a calendar leaf: "8/8 âm", "1/6 nhuận âm"; "8/8 lunar", "1/6 leap lunar"; empty where unknown."""
    found = lunar(day)
    if found is None:
        return ""
    leap, lunar_word = ("leap", "lunar") if language == "en" else ("nhuận", "âm")
    return " ".join(word for word in (f"{found.day}/{found.month}", leap if found.leap else "", lunar_word) if word)


def format_lunar_mark(day: date, language: str) -> str:
    """For a cell of a month: the number, "1/8" on a month's first day, "rằm" ("full moon") in its middle."""
    found = lunar(day)
    if found is None:
        return ""
    if found.day == 1:
        return f"1/{found.month}"
    if found.day == _FULL_MOON:
        return "full moon" if language == "en" else "rằm"
    return str(found.day)


def _spoken_day(day: int) -> str:
    if day == _FULL_MOON:
        return "Rằm"
    return f"Mùng {day}" if day <= 10 else f"Ngày {day}"
