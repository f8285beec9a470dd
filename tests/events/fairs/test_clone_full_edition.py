"""A full edition a year later: days with hours of their own, building days, the law's dates, programme, call."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.fairs.clone_fair import clone_fair, preview_dates, shift_to
from events.fairs.day_shift import DayShift
from events.fairs.fair import Fair
from events.fairs.legal_basis import LegalSayings, legal_basis_of, legal_deadlines, say_legal_basis
from events.fairs.opening_days import OpeningDays, days_version, opening_days_of, set_opening_days
from events.fairs.organise_fair import create_fair
from events.floor_plans.floor_plan import zones_of
from events.programme.plan_programme import add_item
from events.programme.programme_item import items_of
from exhibitors.calls.call_terms import zone_calls_of
from exhibitors.calls.call_window import CallWindow
from exhibitors.calls.set_up_call import set_zone_call
from foundation import clock
from foundation.lunar import lunar
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_venue, a_zone

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SERIES = {"name_vi": "Kỳ mới", "series_name_vi": "Hội chợ OCOP"}
DAY = timedelta(days=1)
TODAY = date(2026, 1, 1)
hours = st.tuples(st.times(time(6), time(11)), st.times(time(12), time(22)))
HELD = settings(max_examples=25)


@st.composite
def editions(draw: st.DrawFn) -> dict[str, Any]:
    """Everything about an edition that has a day, in months of 28 to 31 days (and lunar ones of 29 and 30)."""
    first = draw(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
    length = draw(st.integers(1, 40))
    days = [first + number * DAY for number in range(length)]
    shut = draw(st.sets(st.sampled_from(days[1:-1]), max_size=6)) if length > 2 else set()
    open_days = [day for day in days if day not in shut]
    closes = first - draw(st.integers(2, 60)) * DAY
    opens = closes - draw(st.integers(1, 60)) * DAY
    return {
        "first": first,
        "last": days[-1],
        "opening": OpeningDays(
            closed_days=sorted(shut),
            own_hours=draw(st.dictionaries(st.sampled_from(open_days), hours, max_size=4)),
            build_up_from=draw(st.none() | st.integers(1, 30).map(lambda before: first - before * DAY)),
            tear_down_until=draw(st.none() | st.integers(1, 30).map(lambda after: days[-1] + after * DAY)),
            site_opens_at=time(7),
            site_closes_at=time(18),
        ),
        "programme": draw(st.lists(st.sampled_from(open_days), max_size=4, unique=True)),
        "timers": (draw(st.integers(0, 365)), draw(st.integers(0, 365))),
        "call": (clock.local_moment(opens, time(0, 30)), clock.local_moment(closes, time(23, 45))),
        "answer_by": closes + DAY,
    }


def entered(session: Session, player: OrganiserPlayer, facts: dict[str, Any]) -> Fair:
    """The edition as an organiser enters it, through the verbs."""
    actor, (opens, closes) = player.actor, facts["call"]
    fair = create_fair(
        session, actor, organisation_id=player.organisation.id, kind="fair", name_vi="Hội chợ", venue_ids=[],
        first_day=facts["first"], last_day=facts["last"], call_opens_at=opens, call_closes_at=closes,
        answer_by=facts["answer_by"],
    )  # fmt: skip
    set_opening_days(session, actor, fair, facts["opening"], expected_version=days_version(fair))
    before, after = facts["timers"]
    said = LegalSayings(
        basis="registered", document_number="48/KH", document_date=TODAY, invitation_number="12/GM",
        registered_on=TODAY, register_days_before=before, report_days_after=after,
    )  # fmt: skip
    say_legal_basis(session, actor, fair, said, expected_version=0)
    for day in facts["programme"]:
        add_item(session, actor, fair, kind="performance", day=day, starts_at=time(19), title_vi="Hát then")
    session.flush()
    return fair


def clone(session: Session, player: OrganiserPlayer, source: Fair, first_day: date, **how: Any) -> Fair:
    made = clone_fair(session, player.actor, source, first_day=first_day, **SERIES, **how)
    session.flush()
    return made


def same_day_next_year(day: date) -> date:
    """29 February becomes the first of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def deadlines(session: Session, fair: Fair) -> dict[str, date]:
    return {one.name: one.due for one in legal_deadlines(fair, legal_basis_of(session, fair), TODAY)}


# --- equally far ----------------------------------------------------------------------------------------------------


@HELD
@given(facts=editions())
def test_full_edition_a_year_later_has_every_date_right(
    session: Session, player: OrganiserPlayer, facts: dict[str, Any]
) -> None:
    savepoint = session.begin_nested()
    source = entered(session, player, facts)
    opening = same_day_next_year(facts["first"])
    by = opening - facts["first"]
    made = clone(session, player, source, opening)
    said, (opens, closes) = facts["opening"], facts["call"]
    assert (made.first_day, made.last_day, made.year) == (opening, facts["last"] + by, opening.year)
    assert opening_days_of(made) == OpeningDays(
        closed_days=[day + by for day in said.closed_days],
        own_hours={day + by: own for day, own in said.own_hours.items()},
        build_up_from=said.build_up_from and said.build_up_from + by,
        tear_down_until=said.tear_down_until and said.tear_down_until + by,
        site_opens_at=time(7),
        site_closes_at=time(18),
    )
    assert (made.call_opens_at, made.call_closes_at) == (opens + by, closes + by)
    assert made.answer_by == facts["answer_by"] + by
    assert [item.day for item in items_of(session, made)] == [day + by for day in sorted(facts["programme"])]
    before, after = facts["timers"]
    due = {"registration": opening - before * DAY, "report": facts["last"] + by + after * DAY}
    assert deadlines(session, made) == due
    legal = legal_basis_of(session, made)
    assert legal is not None
    papers = (legal.document_number, legal.document_date, legal.invitation_number, legal.registered_on)
    assert (legal.basis, papers) == ("registered", ("", None, "", None))
    savepoint.rollback()


# --- by the lunar calendar ------------------------------------------------------------------------------------------


def lands_rightly(shift: DayShift, old: date, new: date) -> bool:
    """On the same lunar day and month of the new year, the 30th perhaps on the 29th."""
    one, other = lunar(old), lunar(new)
    if one is None or other is None:
        return False
    same_day = other.day == one.day or (one.day, other.day) == (30, 29)
    return same_day and other.month == one.month and not other.leap and shift.day(old) == new


CROWDED = {
    "first": date(2024, 2, 8),  # 29 Chạp; the year after, Chạp has no 30th
    "last": date(2024, 2, 9),
    "opening": OpeningDays(build_up_from=date(2024, 2, 7), own_hours={date(2024, 2, 9): (time(8), time(12))}),
    "programme": [date(2024, 2, 8), date(2024, 2, 9)],
    "timers": (30, 30),
    "call": (clock.local_moment(date(2023, 12, 1), time(8)), clock.local_moment(date(2024, 1, 5), time(17))),
    "answer_by": date(2024, 1, 10),
}
SHUT_BEFORE_THE_LAST = CROWDED | {
    "first": date(2024, 2, 1), "programme": [date(2024, 2, 1)],
    "opening": OpeningDays(closed_days=[date(2024, 2, 8)]),
}  # fmt: skip
TAKEN_DOWN_ON_THE_30TH = CROWDED | {
    "first": date(2024, 2, 5), "last": date(2024, 2, 8), "programme": [],
    "opening": OpeningDays(tear_down_until=date(2024, 2, 9)),
}  # fmt: skip
BUILT_ON_THE_29TH = CROWDED | {
    "first": date(2024, 2, 9), "last": date(2024, 2, 12), "programme": [],
    "opening": OpeningDays(build_up_from=date(2024, 2, 8)),
}  # fmt: skip


@HELD
@given(facts=editions(), years=st.integers(1, 3))
@example(facts=CROWDED, years=1)
@example(facts=SHUT_BEFORE_THE_LAST, years=1)
@example(facts=TAKEN_DOWN_ON_THE_30TH, years=1)
@example(facts=BUILT_ON_THE_29TH, years=1)
def test_full_edition_by_the_lunar_calendar_is_one_that_could_be_entered(
    session: Session, player: OrganiserPlayer, facts: dict[str, Any], years: int
) -> None:
    savepoint = session.begin_nested()
    source = entered(session, player, facts)
    near = facts["first"] + timedelta(days=round(years * 365.25))
    try:
        made = clone(session, player, source, near, by_lunar_date=True)
    except Refused as refusal:
        told = refusal.reason
    else:
        told = ""
        shift = shift_to(source, near, by_lunar_date=True)
        assert made.first_day is not None
        assert made.last_day is not None
        assert lands_rightly(shift, facts["first"], made.first_day)
        assert lands_rightly(shift, facts["last"], made.last_day)
        now = opening_days_of(made)
        assert now.faults(made.first_day, made.last_day) == []  # it could be typed like this: nothing contradicts
        assert set(now.closed_days) <= {shift.day(day) for day in facts["opening"].closed_days}
        assert set(now.own_hours) == {shift.day(day) for day in facts["opening"].own_hours}
        days = [item.day for item in items_of(session, made)]
        assert days == sorted({shift.day(day) for day in facts["programme"]})
        assert not set(days) & set(now.closed_days)
        for name, old, new in preview_dates(source, near, by_lunar_date=True):
            if name in {"build_up_from", "tear_down_until"}:
                assert new == getattr(made, name)
            else:
                assert lands_rightly(shift, old, new)
    assert told in {"", "lunar_order"}
    savepoint.rollback()


def test_short_month_keeps_building_and_open_days(session: Session, player: OrganiserPlayer) -> None:
    """29 and 30 Chạp of Quý Mão become the 29th of Giáp Thìn, 28 January 2025."""
    eve, first = date(2025, 1, 28), date(2025, 1, 15)
    taken_down = clone(session, player, entered(session, player, TAKEN_DOWN_ON_THE_30TH), first, by_lunar_date=True)
    assert (taken_down.last_day, taken_down.tear_down_until) == (eve, eve + DAY)
    built = clone(session, player, entered(session, player, BUILT_ON_THE_29TH), first, by_lunar_date=True)
    assert (built.build_up_from, built.first_day) == (eve - DAY, eve)
    shut = clone(session, player, entered(session, player, SHUT_BEFORE_THE_LAST), first, by_lunar_date=True)
    assert (shut.last_day, shut.days_shut) == (eve, frozenset())
    crowded = clone(session, player, entered(session, player, CROWDED), first, by_lunar_date=True)
    assert [item.day for item in items_of(session, crowded)] == [eve]


def at(day: date, hour: int) -> datetime:
    return clock.local_moment(day, time(hour)).astimezone(UTC)


@pytest.mark.parametrize("whose", ["fair", "zone"])
def test_call_turned_around_by_a_short_month_is_refused(session: Session, player: OrganiserPlayer, whose: str) -> None:
    """It opens on the 29th at 18:00 and closes on the 30th at 9:00: both on the 29th, it would close first."""
    window = (at(date(2024, 2, 8), 18), at(date(2024, 2, 9), 9))
    wide = (at(date(2024, 1, 2), 8), at(date(2024, 2, 12), 17))
    opens, closes = window if whose == "fair" else wide
    fair = create_fair(
        session, player.actor, organisation_id=player.organisation.id, kind="fair", name_vi="Hội chợ",
        first_day=date(2024, 2, 20), last_day=date(2024, 2, 22), call_opens_at=opens, call_closes_at=closes,
        venue_ids=[a_venue(session).id],
    )  # fmt: skip
    a_zone(session, player, fair)
    if whose == "zone":
        (zone,) = zones_of(session, fair)
        set_zone_call(session, player.actor, fair, zone, CallWindow(opens_at=window[0], closes_at=window[1]))
    with pytest.raises(Refused) as refused:
        clone(session, player, fair, date(2025, 2, 8), by_lunar_date=True)
    assert refused.value.reason == "lunar_order"
    session.rollback()


def test_zone_window_moves_as_far(session: Session, player: OrganiserPlayer) -> None:
    wide = (at(date(2024, 1, 2), 8), at(date(2024, 2, 12), 17))
    fair = create_fair(
        session, player.actor, organisation_id=player.organisation.id, kind="fair", name_vi="Hội chợ",
        first_day=date(2024, 2, 20), last_day=date(2024, 2, 22), call_opens_at=wide[0], call_closes_at=wide[1],
        venue_ids=[a_venue(session).id],
    )  # fmt: skip
    a_zone(session, player, fair)
    (zone,) = zones_of(session, fair)
    set_zone_call(session, player.actor, fair, zone, CallWindow(closes_at=at(date(2024, 2, 10), 9)))
    made = clone(session, player, fair, date(2025, 2, 20))
    (call,) = zone_calls_of(session, made).values()
    assert call.closes_at == at(date(2025, 2, 10), 9)
