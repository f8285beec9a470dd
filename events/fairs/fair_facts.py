"""What an organiser says about a fair, and the rules that its days, hours and call must keep with one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import TypedDict

from events.fairs.fair import DateState, FairKind
from foundation.clock import local_day
from foundation.days import format_date
from foundation.folding import nfc, strip_controls
from foundation.refusal import Refused

FIRST_YEAR = 2013
"""The year in which the programme began in the province."""
LAST_YEAR = 2100
MOST_DAYS = 366
MOST_VENUES = 12
LONGEST = {"name_vi": 200, "name_en": 200, "host_event": 200, "summary_vi": 4000, "summary_en": 4000, "source": 2000}


class FairSayings(TypedDict, total=False):
    """The keywords of `create_fair` and `change_fair`; what is left out gets the default of `FairFacts`."""

    kind: str
    name_vi: str
    name_en: str
    summary_vi: str
    summary_en: str
    host_event: str
    year: int | None
    month: int | None
    date_state: str
    first_day: date | None
    last_day: date | None
    closed_days: Sequence[date]
    opens_at: time
    closes_at: time
    call_opens_at: datetime | None
    call_closes_at: datetime | None
    answer_by: date | None
    venue_ids: Sequence[int]
    source: str


@dataclass(slots=True, kw_only=True)
class FairFacts:
    """One complete description of a fair; the year, and the month if it is known, of one without days.

    Texts are cleaned, closed days sorted, the call is to the minute.
    """

    kind: str
    name_vi: str
    name_en: str = ""
    summary_vi: str = ""
    summary_en: str = ""
    host_event: str = ""
    year: int | None = None
    month: int | None = None
    date_state: str = DateState.FIXED.value
    first_day: date | None = None
    last_day: date | None = None
    closed_days: Sequence[date] = ()
    opens_at: time = time(8)
    closes_at: time = time(21, 30)
    call_opens_at: datetime | None = None
    call_closes_at: datetime | None = None
    answer_by: date | None = None
    venue_ids: Sequence[int] = ()
    source: str = ""

    def __post_init__(self) -> None:
        for name in LONGEST:
            setattr(self, name, nfc(strip_controls(getattr(self, name))).strip())
        self.closed_days = tuple(sorted(set(self.closed_days)))
        self.venue_ids = tuple(dict.fromkeys(self.venue_ids))
        for name in ("call_opens_at", "call_closes_at"):
            moment: datetime | None = getattr(self, name)
            setattr(self, name, moment and moment.replace(second=0, microsecond=0))
        if self.first_day is not None:
            self.year, self.month = self.first_day.year, None

    def check(self) -> None:
        """Refuse the first rule that is broken; see `faults`."""
        for refusal in self.faults():
            raise refusal

    def faults(self) -> list[Refused]:
        """Every rule that is broken, in the order of the form.

        Codes: name_missing, text_too_long, kind_unknown, date_state_unknown, too_many_venues, unknown_date_has_days,
        year_missing, year_out_of_range, month_unknown, first_day_missing, last_day_missing, last_before_first,
        fair_too_long, closed_day_outside, closed_day_at_end, no_open_day, hours_in_order, call_in_order,
        call_after_fair, answer_before_call, answer_before_call_closes, answer_after_fair.
        """
        days = list(self._faults_of_days())
        found = [*self._faults_of_words(), *days]
        if not days:
            found += self._faults_of_closed_days()
        if self.closes_at <= self.opens_at:
            found.append(Refused("hours_in_order"))
        return [*found, *self._faults_of_call(None if days else self.last_day)]

    def columns(self) -> dict[str, object]:
        """The values that are columns of the fair itself."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in IN_OTHER_TABLES}

    def _faults_of_words(self) -> Iterator[Refused]:
        if not self.name_vi:
            yield Refused("name_missing")
        for name, most in LONGEST.items():
            if len(getattr(self, name)) > most:
                yield Refused("text_too_long", field=name, most=most)
        if self.kind not in set(FairKind):
            yield Refused("kind_unknown", kind=self.kind)
        if self.date_state not in set(DateState):
            yield Refused("date_state_unknown", date_state=self.date_state)
        if len(self.venue_ids) > MOST_VENUES:
            yield Refused("too_many_venues", most=MOST_VENUES)

    def _faults_of_days(self) -> Iterator[Refused]:
        if self.date_state == DateState.UNKNOWN:
            if self.first_day or self.last_day or self.closed_days:
                yield Refused("unknown_date_has_days")
            elif self.year is None:
                yield Refused("year_missing")
            else:
                yield from _faults_of_year(self.year)
            if self.month is not None and not 1 <= self.month <= 12:
                yield Refused("month_unknown")
            return
        if self.first_day is None:
            yield Refused("first_day_missing")
        else:
            yield from _faults_of_year(self.first_day.year)
        if self.last_day is None:
            yield Refused("last_day_missing")
        elif self.first_day is not None and self.last_day < self.first_day:
            yield Refused("last_before_first")
        elif self.first_day is not None and (self.last_day - self.first_day).days >= MOST_DAYS:
            yield Refused("fair_too_long", most=MOST_DAYS)

    def _faults_of_closed_days(self) -> Iterator[Refused]:
        """A fair begins and ends on days on which it is open, or its first and last day would be others."""
        if self.first_day is None or self.last_day is None or not self.closed_days:
            return
        outside = [day for day in self.closed_days if not self.first_day <= day <= self.last_day]
        ends = [day for day in (self.first_day, self.last_day) if day in self.closed_days]
        if outside:
            yield Refused("closed_day_outside", day=", ".join(format_date(day) for day in outside))
        if len(self.closed_days) - len(outside) > (self.last_day - self.first_day).days:
            yield Refused("no_open_day")
        elif ends:
            yield Refused("closed_day_at_end", day=format_date(ends[0]))

    def _faults_of_call(self, last_day: date | None) -> Iterator[Refused]:
        opens = self.call_opens_at and local_day(self.call_opens_at)
        closes = self.call_closes_at and local_day(self.call_closes_at)
        if self.call_opens_at and self.call_closes_at and self.call_closes_at <= self.call_opens_at:
            yield Refused("call_in_order")
        elif closes and last_day and closes > last_day:
            yield Refused("call_after_fair", last_day=format_date(last_day))
        if self.answer_by and closes and self.answer_by < closes:
            yield Refused("answer_before_call_closes")
        elif self.answer_by and opens and self.answer_by < opens:
            yield Refused("answer_before_call")
        elif self.answer_by and last_day and self.answer_by > last_day:
            yield Refused("answer_after_fair", last_day=format_date(last_day))


IN_OTHER_TABLES = frozenset({"closed_days", "venue_ids"})


def _faults_of_year(year: int) -> Iterator[Refused]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield Refused("year_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)
