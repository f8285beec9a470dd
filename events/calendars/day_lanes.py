"""Lays spans of days out as bars in lanes, for the strip of weeks and for the month; knows days only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.lunar import format_lunar_mark, lunar

WEEK = timedelta(days=7)
MOST_LANES = 3
STRIP_DAYS = 28
FIRST_MONTH, LAST_MONTH = date(2013, 1, 1), date(2100, 12, 1)
"""The programme began in 2013; lunar days are known to 2100."""
TONES_UPWARDS = ("past", "apply", "", "now")


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts from one day to another, both included; tones are those of the bars' key."""

    first: date
    last: date
    label: str
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A span cut to the days shown: column of its start, columns it covers, whether it goes on outside."""

    start: int
    span: int
    label: str
    url: str
    tone: str
    cut_left: bool
    cut_right: bool


@dataclass(frozen=True, slots=True)
class StripDay:
    """A column of the strip; `note` names only new and full moons."""

    date: date
    note: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A cell of the month with its lunar day."""

    date: date
    lunar: str
    is_today: bool
    in_month: bool


@dataclass(frozen=True, slots=True)
class MonthWeek:
    """Seven days, at most three lanes, and how many spans found no lane."""

    days: list[MonthDay]
    lanes: list[list[Bar]]
    more: int
    more_url: str


@dataclass(frozen=True, slots=True)
class YearDay:
    """A small cell of the year: new and full moons named, the tone of what is on, None where nothing is."""

    date: date
    moon: str
    tone: str | None
    is_today: bool


@dataclass(frozen=True, slots=True)
class YearMonth:
    """A month of the year; days of other months are None in its weeks."""

    first: date
    weeks: list[list[YearDay | None]]

    def holds(self, first: date, last: date) -> bool:
        """Whether something that lasts so long has a day in it."""
        return first < month_after(self.first, 1) and last >= self.first


def lay_bars(
    spans: Iterable[Span], first: date, days: int, most_lanes: int | None = None
) -> tuple[list[list[Bar]], int]:
    """Lanes of bars that do not touch each other, earliest and longest first; and how many found no lane."""
    last = first + timedelta(days=days - 1)
    shown = sorted(
        (span for span in spans if span.first <= last and span.last >= first),
        key=lambda span: (span.first, -(span.last - span.first).days, span.label),
    )
    lanes: list[list[Bar]] = []
    left_out = 0
    for span in shown:
        start = max(0, (span.first - first).days)
        end = min(days - 1, (span.last - first).days)
        bar = Bar(start, end - start + 1, span.label, span.url, span.tone, span.first < first, span.last > last)
        lane = next((lane for lane in lanes if lane[-1].start + lane[-1].span <= start), None)
        if lane is not None:
            lane.append(bar)
        elif most_lanes is None or len(lanes) < most_lanes:
            lanes.append([bar])
        else:
            left_out += 1
    return lanes, left_out


def strip_days(first: date, today: date, language: str) -> list[StripDay]:
    """Four weeks of columns."""
    days = (first + timedelta(days=number) for number in range(STRIP_DAYS))
    return [StripDay(day, _moon(day, language), day == today) for day in days]


def month_weeks(month: date, today: date, spans: Sequence[Span], *, more_url: str, language: str) -> list[MonthWeek]:
    """The weeks, Monday first, that hold the month of the given day."""
    monday = month.replace(day=1) - timedelta(days=month.replace(day=1).weekday())
    weeks: list[MonthWeek] = []
    while monday.replace(day=1) <= month.replace(day=1) or not weeks:
        days = [monday + timedelta(days=number) for number in range(7)]
        lanes, left_out = lay_bars(spans, monday, 7, MOST_LANES)
        cells = [
            MonthDay(day, format_lunar_mark(day, language), day == today, day.month == month.month) for day in days
        ]
        weeks.append(MonthWeek(cells, lanes, left_out, more_url))
        monday += WEEK
    return weeks


def year_months(year: int, today: date, spans: Sequence[Span], *, language: str) -> list[YearMonth]:
    """The twelve months, weeks Monday first; a day with several things takes the tone that matters most."""
    tones: dict[date, str] = {}
    for span in sorted(spans, key=lambda span: TONES_UPWARDS.index(span.tone)):
        day, last = max(span.first, date(year, 1, 1)), min(span.last, date(year, 12, 31))
        while day <= last:
            tones[day] = span.tone
            day += timedelta(days=1)
    return [_year_month(date(year, number, 1), today, tones, language) for number in range(1, 13)]


def _year_month(first: date, today: date, tones: Mapping[date, str], language: str) -> YearMonth:
    monday, end = first - timedelta(days=first.weekday()), month_after(first, 1)
    weeks: list[list[YearDay | None]] = []
    while monday < end:
        days = (monday + timedelta(days=number) for number in range(7))
        weeks.append(
            [
                YearDay(day, _moon(day, language), tones.get(day), day == today) if first <= day < end else None
                for day in days
            ]
        )
        monday += WEEK
    return YearMonth(first, weeks)


def month_after(month: date, steps: int) -> date:
    """The first day of the month so many months later (earlier for a negative number)."""
    number = month.year * 12 + month.month - 1 + steps
    return date(number // 12, number % 12 + 1, 1)


def _moon(day: date, language: str) -> str:
    here = lunar(day)
    return format_lunar_mark(day, language) if here and here.day in {1, 15} else ""
