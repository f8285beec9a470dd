"""The next edition: every date where it belongs, over months of 28 to 31 days, leap years and closed days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect

from events.fairs.clone_fair import clone_fair, preview_dates, shift_to
from events.fairs.day_shift import ByDays, ByLunarYears, shift_moment
from events.fairs.editions import editions_of
from events.fairs.fair import CallState, DateState, Fair, FairState
from events.fairs.organise_fair import create_fair, move_fair
from events.floor_plans.copy_floor_plans import copy_floor_plans  # the plans register their copier with this import
from events.floor_plans.draw_floor_plan import block_booth
from events.floor_plans.floor_plan import Booth, FloorPlan, Zone
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.lunar import format_lunar_short, lunar
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair, a_venue, a_zone, an_open_fair, booths_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SERIES = {"series_name_vi": "Hội chợ OCOP Quảng Ninh – Hè"}
KEPT_MOMENTS = {"created_at", "published_at"}
days = st.dates(date(2014, 1, 1), date(2090, 12, 31))


def dates_in(thing: Any) -> dict[str, date | datetime]:
    """Every column of a row that holds a day or a moment, whatever columns there will be."""
    columns = {name: getattr(thing, name) for name in inspect(type(thing)).column_attrs.keys()}  # noqa: SIM118 - this mapping iterates over values
    return {name: value for name, value in columns.items() if isinstance(value, date) and name not in KEPT_MOMENTS}


def spoken(day: date) -> str:
    """The lunar day, as "30/12" or "5/6 leap"."""
    return format_lunar_short(day, "en").removesuffix(" lunar")


def ordinal(value: date | datetime) -> tuple[int, time | None]:
    """Day number in Vietnam and clock time."""
    if isinstance(value, datetime):
        local = value.astimezone(clock.VIETNAM)
        return local.toordinal(), local.time()
    return value.toordinal(), None


def after(thing: Any, opening: date) -> dict[str, tuple[int, time | None]]:
    """Each date of a row as days after the opening, with its clock."""
    return {
        name: (ordinal(value)[0] - opening.toordinal(), ordinal(value)[1]) for name, value in dates_in(thing).items()
    }


def a_fair(session: Session, player: OrganiserPlayer, first: date, **said: Any) -> Fair:
    said = {"last_day": first + timedelta(days=5), "venue_ids": [a_venue(session).id], **said}
    organisation_id = player.organisation.id
    return create_fair(
        session,
        player.actor,
        organisation_id=organisation_id,
        kind="fair",
        name_vi="Hội chợ Hè",
        first_day=first,
        **said,
    )


# --- the arithmetic -------------------------------------------------------------------------------------------------


@given(day=days, opening=days, new_opening=days)
def test_day_stays_as_far_from_the_opening(day: date, opening: date, new_opening: date) -> None:
    shift = ByDays((new_opening - opening).days)
    assert shift.day(opening) == new_opening
    assert shift.day(day).toordinal() - new_opening.toordinal() == day.toordinal() - opening.toordinal()


@given(day=days, years=st.integers(-5, 5))
def test_lunar_day_stays_the_same(day: date, years: int) -> None:
    old, new = lunar(day), lunar(ByLunarYears(years).day(day))
    assert old is not None
    assert new is not None
    assert (new.month, new.year, new.leap) == (old.month, old.year + years, False)
    assert new.day == old.day or (old.day, new.day) == (30, 29)


@given(first=days, gap=st.integers(0, 20), years=st.integers(1, 3))
def test_lunar_shift_keeps_order_within_a_month(first: date, gap: int, years: int) -> None:
    second = first + timedelta(days=gap)
    one, other = lunar(first), lunar(second)
    if one and other and not one.leap and not other.leap:
        assert ByLunarYears(years).day(first) <= ByLunarYears(years).day(second)


@given(moment=st.datetimes(timezones=st.just(UTC)), by=st.integers(-4000, 4000))
def test_moment_keeps_its_clock_in_vietnam(moment: datetime, by: int) -> None:
    aware = moment.replace(year=2015 + moment.year % 65, day=min(moment.day, 28), microsecond=0)
    moved = shift_moment(ByDays(by), aware)
    assert moved - aware == timedelta(days=by)
    assert moved.astimezone(clock.VIETNAM).time() == aware.astimezone(clock.VIETNAM).time()


# --- whole editions -------------------------------------------------------------------------------------------------


@st.composite
def said_dates(draw: st.DrawFn) -> dict[str, Any]:
    """A fair of 1 to 60 days with closed ones, its call before it, its answers between."""
    first = draw(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
    last = first + timedelta(days=draw(st.integers(0, 59)))
    inner = range(1, (last - first).days)  # it opens on its first and its last day
    shut = draw(st.sets(st.sampled_from(inner), max_size=5)) if inner else set()
    closes = first - timedelta(days=draw(st.integers(2, 90)))
    opens = closes - timedelta(days=draw(st.integers(1, 90)))
    return {
        "first_day": first,
        "last_day": last,
        "closed_days": [first + timedelta(days=number) for number in shut],
        "call_opens_at": clock.local_moment(opens, time(0, 30)),
        "call_closes_at": clock.local_moment(closes, time(23, 45)),
        "answer_by": closes + timedelta(days=1),
    }


@settings(max_examples=40)
@given(said=said_dates(), new_opening=st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_every_date_of_an_edition_is_right(
    session: Session, player: OrganiserPlayer, said: dict[str, Any], new_opening: date
) -> None:
    savepoint = session.begin_nested()
    source = a_fair(session, player, said.pop("first_day"), **said)
    made = clone_fair(session, player.actor, source, first_day=new_opening, name_vi="Kỳ mới", **SERIES)
    assert source.first_day is not None
    assert {"first_day", "last_day", "call_opens_at", "call_closes_at", "answer_by"} <= set(dates_in(source))
    assert after(made, new_opening) == after(source, source.first_day)
    assert [(day - new_opening).days for day in sorted(made.days_shut)] == [
        (day - source.first_day).days for day in sorted(source.days_shut)
    ]
    assert made.year == new_opening.year
    named = [(name, new) for name, _, new in preview_dates(source, new_opening)]
    assert named == sorted(named, key=lambda pair: pair[1])
    savepoint.rollback()


def test_tet_fair_moves_by_the_lunar_calendar(session: Session, player: OrganiserPlayer) -> None:
    """Row 27 of the record: 27 Chạp to 15 Giêng, closed mùng 1 to 3."""
    shut = [date(2026, 2, 17), date(2026, 2, 18), date(2026, 2, 19)]
    source = a_fair(session, player, date(2026, 2, 14), last_day=date(2026, 3, 3), closed_days=shut)
    made = clone_fair(
        session, player.actor, source, first_day=date(2027, 2, 14), by_lunar_date=True, name_vi="Xuân 2027", **SERIES
    )
    assert (made.first_day, made.last_day) == (date(2027, 2, 3), date(2027, 2, 20))
    assert sorted(made.days_shut) == [date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8)]


def test_equal_shift_would_have_missed_tet(session: Session, player: OrganiserPlayer) -> None:
    """Why the choice exists: the same days a year later are ordinary ones."""
    source = a_fair(session, player, date(2026, 2, 14), closed_days=[date(2026, 2, 17)])
    made = clone_fair(session, player.actor, source, first_day=date(2027, 2, 14), name_vi="Xuân 2027", **SERIES)
    shut = lunar(next(iter(made.days_shut)))
    assert shut is not None
    assert (shut.day, shut.month) != (1, 1)


def test_two_closed_days_on_one_lunar_day_become_one(session: Session, player: OrganiserPlayer) -> None:
    """29 and 30 Chạp of a long month both fall on the 29th of a short one."""
    first = date(2024, 2, 1)  # Giáp Thìn follows a Chạp of 30 days
    shut = [date(2024, 2, 8), date(2024, 2, 9)]
    assert [spoken(day) for day in shut] == ["29/12", "30/12"]
    source = a_fair(session, player, first, last_day=date(2024, 2, 20), closed_days=shut)
    made = clone_fair(
        session, player.actor, source, first_day=date(2025, 1, 15), by_lunar_date=True, name_vi="Xuân", **SERIES
    )
    assert [spoken(day) for day in made.days_shut] == ["29/12"]


# --- what else it takes over ----------------------------------------------------------------------------------------


def test_new_edition_is_a_draft_of_the_same_series(session: Session, player: OrganiserPlayer) -> None:
    source = an_open_fair(session, player, name="Hội chợ OCOP – Hè 2026")
    source.source = "Kế hoạch 48/KH-OCOP"
    made = clone_fair(
        session,
        player.actor,
        source,
        first_day=date(2027, 5, 1),
        name_vi="Hội chợ OCOP – Hè 2027",
        name_en="Summer",
        **SERIES,
    )
    assert (made.state, made.call_state, made.date_state) == (FairState.DRAFT, CallState.NOT_OPEN, DateState.TENTATIVE)
    assert (made.slug, made.name_en, made.source, made.published_at) == ("hoi-cho-ocop-he-2027", "Summer", "", None)
    assert (made.opens_at, made.organisation_id, made.kind) == (source.opens_at, source.organisation_id, source.kind)
    assert made.series is source.series
    assert made.series is not None
    assert made.series.name_vi == SERIES["series_name_vi"]
    assert [row.slug for row in editions_of(session, source)] == [made.slug]
    assert [(row.slug, row.is_public) for row in editions_of(session, made)] == [(source.slug, True)]
    entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.what == "fair.clone")).one()
    assert entry.new is not None
    copied = {"booth": 16, "fair": 1, "fair_venue": 1, "floor_plan": 1, "zone": 2}
    assert {name: entry.new["copied"][name] for name in copied} == copied


def test_plan_is_copied_and_the_old_one_untouched(session: Session, player: OrganiserPlayer) -> None:
    assert copy_floor_plans is not None
    source = a_draft_fair(session, player)
    a_zone(session, player, source, booths=5)
    block_booth(session, player.actor, booths_of(session, source)[2], reason="cột điện")
    made = clone_fair(session, player.actor, source, first_day=date(2028, 2, 29), name_vi="Kỳ mới", **SERIES)
    old, new = booths_of(session, source), booths_of(session, made)
    shape = ["code", "x_cm", "y_cm", "width_cm", "depth_cm", "switch", "reason"]
    assert [[getattr(booth, name) for name in shape] for booth in new] == [
        [getattr(booth, name) for name in shape] for booth in old
    ]
    assert new[2].reason == "cột điện"
    assert not {booth.id for booth in new} & {booth.id for booth in old}
    plan = session.scalars(sa.select(FloorPlan).where(FloorPlan.fair_id == made.id)).one()
    assert plan.fair_venue_id == made.venues[0].id
    zones = list(session.scalars(sa.select(Zone).where(Zone.plan_id == plan.id)))
    assert {booth.zone_id for booth in new} == {zone.id for zone in zones}
    assert session.scalar(sa.select(sa.func.count(Booth.id))) == 10


def test_third_edition_joins_the_series(session: Session, player: OrganiserPlayer) -> None:
    first = a_draft_fair(session, player)
    second = clone_fair(session, player.actor, first, first_day=date(2028, 5, 1), name_vi="Hai", **SERIES)
    third = clone_fair(session, player.actor, second, first_day=date(2029, 5, 1), name_vi="Ba")
    assert [row.name.vi for row in editions_of(session, first)] == ["Ba", "Hai"]
    assert third.series_id == first.series_id
    assert editions_of(session, a_draft_fair(session, player)) == []


# --- what is refused ------------------------------------------------------------------------------------------------


def refused_shift(source: Fair, first_day: date, **how: Any) -> str:
    with pytest.raises(Refused) as refused:
        shift_to(source, first_day, **how)
    return refused.value.reason


def test_shift_is_refused(session: Session, player: OrganiserPlayer) -> None:
    unknown = create_fair(
        session, player.actor, organisation_id=player.organisation.id, kind="fair", name_vi="Hội chợ",
        date_state="unknown", year=2022,
    )  # fmt: skip
    assert refused_shift(unknown, date(2027, 1, 1)) == "clone_needs_days"
    fair = a_draft_fair(session, player)
    assert refused_shift(fair, date(2012, 1, 1)) == "year_out_of_range"
    assert refused_shift(fair, date(2101, 1, 1), by_lunar_date=True) == "year_out_of_range"
    # 20 of the sixth month, then 5 of the leap sixth month of 2025: next year there is only one sixth month
    leap = a_fair(session, player, date(2025, 7, 14), last_day=date(2025, 7, 29))
    assert [spoken(date(2025, 7, 14)), spoken(date(2025, 7, 29))] == ["20/6", "5/6 leap"]
    assert refused_shift(leap, date(2026, 7, 1), by_lunar_date=True) == "lunar_order"


def test_shift_beyond_the_calendar_is_refused(session: Session, player: OrganiserPlayer) -> None:
    for shift, day in ((ByDays(10_000_000), date(2026, 1, 1)), (ByLunarYears(1000), date(2026, 1, 1))):
        with pytest.raises(Refused) as refused:
            shift.day(day)
        assert refused.value.reason == "day_out_of_range"


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ({"name_vi": " "} | SERIES, "name_missing"),
        ({"name_vi": "x" * 201} | SERIES, "text_too_long"),
        ({"name_vi": "x", "series_name_vi": ""}, "series_name_missing"),
        ({"name_vi": "x", "series_name_vi": "x" * 201}, "text_too_long"),
    ],
)
def test_names_are_refused(session: Session, player: OrganiserPlayer, names: dict[str, str], reason: str) -> None:
    source = a_draft_fair(session, player)
    with pytest.raises(Refused) as refused:
        clone_fair(session, player.actor, source, first_day=date(2027, 1, 1), **names)
    assert refused.value.reason == reason


def test_cancelled_fair_may_have_a_next_edition(session: Session, player: OrganiserPlayer) -> None:
    source = an_open_fair(session, player)
    move_fair(session, player.actor, source, "cancel", reason="Bão số 3")
    made = clone_fair(session, player.actor, source, first_day=date(2027, 1, 1), name_vi="Kỳ mới", **SERIES)
    assert (made.state, made.reason) == ("draft", "")
