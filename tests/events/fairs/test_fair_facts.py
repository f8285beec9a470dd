"""Rules of days, hours and call, with days nobody thought of."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from events.fairs.fair_facts import FairFacts
from foundation.refusal import Refused

DAYS = st.dates(date(2005, 1, 1), date(2110, 12, 31))


def outcome(facts: FairFacts) -> str:
    try:
        facts.check()
    except Refused as refusal:
        return refusal.reason
    return "fine"


@given(first=DAYS, last=DAYS)
def test_days_are_fine_exactly_when_in_order_and_in_the_programmes_years(first: date, last: date) -> None:
    length = (last - first).days
    expected = (
        "year_out_of_range"
        if not 2013 <= first.year <= 2100
        else "last_before_first"
        if length < 0
        else "fair_too_long"
        if length >= 366
        else "fine"
    )
    facts = FairFacts(kind="fair", name_vi="Hội chợ", first_day=first, last_day=last)
    assert (outcome(facts), facts.year) == (expected, first.year)


@given(
    length=st.integers(1, 40),
    offsets=st.lists(st.integers(-5, 45), max_size=50),
)
def test_closed_days_are_fine_exactly_when_between_the_first_and_the_last(length: int, offsets: list[int]) -> None:
    first = date(2027, 1, 29)
    closed = [first + timedelta(days=offset) for offset in offsets]
    facts = FairFacts(
        kind="fair", name_vi="Hội chợ", first_day=first, last_day=first + timedelta(days=length - 1), closed_days=closed
    )
    outside = any(not 0 <= offset < length for offset in offsets)
    at_end = bool({0, length - 1} & set(offsets))
    within = "no_open_day" if len(set(offsets)) == length else "closed_day_at_end" if at_end else "fine"
    expected = "closed_day_outside" if outside else within
    assert outcome(facts) == expected
    assert facts.closed_days == tuple(sorted(set(closed)))


@given(opens=st.times(), closes=st.times())
def test_hours_are_fine_exactly_when_in_order(opens: time, closes: time) -> None:
    facts = FairFacts(
        kind="fair",
        name_vi="Hội chợ",
        first_day=date(2027, 1, 29),
        last_day=date(2027, 2, 3),
        opens_at=opens,
        closes_at=closes,
    )
    assert outcome(facts) == ("fine" if opens < closes else "hours_in_order")


def test_texts_are_cleaned() -> None:
    facts = FairFacts(kind="fair", name_vi=" Ho\u0323̂i chợ\x00 ", year=2027, venue_ids=[3, 1, 3])
    assert (facts.name_vi, facts.venue_ids) == ("Hội chợ", (3, 1))
