"""What an organiser says about a fair, and the rules that its days, hours and call must keep with one another."""

from __future__ import annotations

from collections.abc import Sequence
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
    """One complete description of a fair; texts are cleaned, closed days sorted, the call is to the minute."""

    kind: str
    name_vi: str
    name_en: str = ""
    summary_vi: str = ""
    summary_en: str = ""
    host_event: str = ""
    year: int | None = None
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
            self.year = self.first_day.year

    def check(self) -> None:
        """Refuse the first rule that is broken.

        Codes: name_missing, text_too_long, kind_unknown, date_state_unknown, too_many_venues, unknown_date_has_days,
        year_missing, year_out_of_range, first_day_missing, last_day_missing, last_before_first, fair_too_long,
        closed_day_outside, no_open_day, hours_in_order, call_in_order, call_after_fair, answer_before_call_closes,
        answer_after_fair.
        """
        self._check_words()
        self._check_days()
        self._check_closed_days()
        if self.closes_at <= self.opens_at:
            raise Refused("hours_in_order")
        self._check_call()

    def columns(self) -> dict[str, object]:
        """The values that are columns of the fair itself."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in IN_OTHER_TABLES}

    def _check_words(self) -> None:
        if not self.name_vi:
            raise Refused("name_missing")
        for name, most in LONGEST.items():
            if len(getattr(self, name)) > most:
                raise Refused("text_too_long", field=name, most=most)
        if self.kind not in set(FairKind):
            raise Refused("kind_unknown", kind=self.kind)
        if self.date_state not in set(DateState):
            raise Refused("date_state_unknown", date_state=self.date_state)
        if len(self.venue_ids) > MOST_VENUES:
            raise Refused("too_many_venues", most=MOST_VENUES)

    def _check_days(self) -> None:
        if self.date_state == DateState.UNKNOWN:
            if self.first_day or self.last_day or self.closed_days:
                raise Refused("unknown_date_has_days")
            if self.year is None:
                raise Refused("year_missing")
            return _check_year(self.year)
        if self.first_day is None:
            raise Refused("first_day_missing")
        if self.last_day is None:
            raise Refused("last_day_missing")
        _check_year(self.first_day.year)
        if self.last_day < self.first_day:
            raise Refused("last_before_first")
        if (self.last_day - self.first_day).days >= MOST_DAYS:
            raise Refused("fair_too_long", most=MOST_DAYS)
        return None

    def _check_closed_days(self) -> None:
        if self.first_day is None or self.last_day is None:
            return
        for day in self.closed_days:
            if not self.first_day <= day <= self.last_day:
                raise Refused("closed_day_outside", day=format_date(day))
        if len(self.closed_days) > (self.last_day - self.first_day).days:
            raise Refused("no_open_day")

    def _check_call(self) -> None:
        if self.call_opens_at and self.call_closes_at and self.call_closes_at <= self.call_opens_at:
            raise Refused("call_in_order")
        if self.call_closes_at and self.last_day and local_day(self.call_closes_at) > self.last_day:
            raise Refused("call_after_fair", last_day=format_date(self.last_day))
        if self.answer_by and self.call_closes_at and self.answer_by < local_day(self.call_closes_at):
            raise Refused("answer_before_call_closes")
        if self.answer_by and self.last_day and self.answer_by > self.last_day:
            raise Refused("answer_after_fair", last_day=format_date(self.last_day))


IN_OTHER_TABLES = frozenset({"closed_days", "venue_ids"})


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("year_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)
