"""Make the next edition of a fair from an earlier one, with every date moved."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from events.fairs.day_shift import ByDays, ByLunarYears, DayShift, shift_moment
from events.fairs.edition_copiers import Edition, Stage, copies_with_edition, moved_columns, run_copiers
from events.fairs.edition_dates import MovedDate, day_of, move_dates_told
from events.fairs.fair import CallState, ClosedDay, DateState, Fair, FairState, FairVenue
from events.fairs.fair_facts import FIRST_YEAR, LAST_YEAR, LONGEST
from events.fairs.fair_hours import FairHours
from events.fairs.fair_series import find_or_add_series
from events.fairs.organise_fair import free_slug
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.clock import local_day
from foundation.folding import nfc, strip_controls
from foundation.lunar import lunar
from foundation.refusal import Refused


def clone_fair(
    session: Session,
    actor: Actor,
    source: Fair,
    *,
    first_day: date,
    name_vi: str,
    name_en: str = "",
    by_lunar_date: bool = False,
    series_name_vi: str = "",
    series_name_en: str = "",
) -> Fair:
    """A draft with tentative dates that takes over everything the copiers copy; both fairs become editions of a series.

    By lunar date every day moves to the same lunar day, in the year that brings the opening nearest to `first_day`.
    Refuses what `shift_to` refuses, name_missing, text_too_long, series_name_missing.
    """
    session.flush()
    session.refresh(source, with_for_update={"of": Fair})
    shift = shift_to(source, first_day, by_lunar_date=by_lunar_date)
    names = {"name_vi": _name(name_vi, "name_vi"), "name_en": _name(name_en, "name_en", needed=False)}
    if source.series_id is None:
        source.series_id = find_or_add_series(
            session, organisation_id=source.organisation_id, name_vi=series_name_vi, name_en=series_name_en
        ).id
    new_first = shift.day(_known(source.first_day))
    anew = {
        **names, "slug": free_slug(session, names["name_vi"], names["name_en"]), "year": new_first.year,
        "date_state": DateState.TENTATIVE.value, "state": FairState.DRAFT.value, "reason": "", "source": "",
        "call_state": CallState.NOT_OPEN.value, "created_at": clock.now(), "published_at": None, "archived_at": None,
    }  # fmt: skip
    target = Fair(**moved_columns(source, shift, {}) | anew)
    for name, day in (("build_up_from", target.build_up_from), ("tear_down_until", target.tear_down_until)):
        setattr(target, name, day and _outside(name, day, new_first, shift.day(_known(source.last_day))))
    session.add(target)
    session.flush()
    edition = Edition(session, actor, source, target, shift, {(Fair.__tablename__, source.id): target})
    run_copiers(edition)
    session.refresh(target)
    new = {"from": source.slug, "first_day": new_first.isoformat(), "by_lunar_date": by_lunar_date}
    record(session, actor, "fair.clone", target, fair_id=target.id, new=new | {"copied": edition.counts()})
    return target


def shift_to(source: Fair, first_day: date, *, by_lunar_date: bool = False) -> DayShift:
    """How far the source's dates move so that it begins on `first_day`, or on its lunar day near it.

    Refuses `clone_needs_days`, `year_out_of_range`, `day_out_of_range`, and `lunar_order` when a leap month, or a 30th
    that becomes a 29th, would turn the order of the source's days or of the call's moments around.
    """
    opening = _known(source.first_day)
    if not FIRST_YEAR <= first_day.year <= LAST_YEAR:
        raise Refused("year_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)
    if not by_lunar_date:
        return ByDays((first_day - opening).days)
    old, new = lunar(opening), lunar(first_day)
    if old is None or new is None:
        raise Refused("day_out_of_range")
    nearby = [ByLunarYears(new.year - old.year + more) for more in (0, -1, 1)]
    shift = min(nearby, key=lambda one: abs((one.day(opening) - first_day).days))
    moved = [shift.day(day) for _, day in dates_of(source)]
    call = [shift_moment(shift, moment) for moment in (source.call_opens_at, source.call_closes_at) if moment]
    if moved != sorted(moved) or len(set(call)) < len(call) or call != sorted(call):
        raise Refused("lunar_order")
    return shift


def preview_dates(source: Fair, first_day: date, *, by_lunar_date: bool = False) -> list[tuple[str, date, date]]:
    """Name, old and new day of each of the fair's own dates, in their order. Refuses what `shift_to` refuses."""
    shift = shift_to(source, first_day, by_lunar_date=by_lunar_date)
    first, last = shift.day(_known(source.first_day)), shift.day(_known(source.last_day))
    return [(name, day, _outside(name, shift.day(day), first, last)) for name, day in dates_of(source)]


def moved_dates(session: Session, source: Fair, first_day: date, *, by_lunar_date: bool = False) -> list[MovedDate]:
    """Every date that the new edition takes over: the fair's own days and what its set-up tells, by the old day.

    Refuses what `shift_to` refuses.
    """
    shift = shift_to(source, first_day, by_lunar_date=by_lunar_date)
    own = [
        MovedDate(name, old, new) for name, old, new in preview_dates(source, first_day, by_lunar_date=by_lunar_date)
    ]
    return sorted([*own, *move_dates_told(session, source, shift)], key=day_of)


def dates_of(fair: Fair) -> list[tuple[str, date]]:
    """The fair's own days in their order, each with the name of what falls on it."""
    moments = {"call_opens": fair.call_opens_at, "call_closes": fair.call_closes_at}
    days = {name: local_day(moment) for name, moment in moments.items() if moment}
    days |= {
        name: day
        for name in ("answer_by", "build_up_from", "first_day", "last_day", "tear_down_until")
        if (day := getattr(fair, name))
    }
    closed = [("closed_day", day) for day in sorted(fair.days_shut)]
    own = [("own_hours", hours.day) for hours in fair.own_hours]
    return sorted([*days.items(), *closed, *own], key=lambda named: named[1])


@copies_with_edition(Stage.FAIR)
def copy_venues_and_days(edition: Edition) -> None:
    """The venues in their order, days with their own hours, and closed days.

    Two days may fall on one lunar day, the 29th of a short month: it stays closed if both were.
    """
    source, target = edition.source, edition.target
    edition.copy_all(FairVenue, FairVenue.fair_id == source.id)
    open_days = {edition.moved(day) for day in _days_of(source) if day not in source.days_shut}
    for day in sorted({edition.moved(day) for day in source.days_shut} - open_days):
        edition.session.add(ClosedDay(fair_id=target.id, day=day))
    own_hours = {edition.moved(own.day): own for own in source.own_hours}
    for day, own in own_hours.items():
        edition.session.add(FairHours(fair_id=target.id, day=day, opens_at=own.opens_at, closes_at=own.closes_at))


def _days_of(fair: Fair) -> list[date]:
    """From the first to the last day, closed ones too."""
    first, last = _known(fair.first_day), _known(fair.last_day)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _outside(name: str, day: date, first: date, last: date) -> date:
    """Building on the 29th before an opening on the 30th still comes before it where the month has no 30th."""
    if name == "build_up_from":
        return min(day, first - timedelta(days=1))
    return max(day, last + timedelta(days=1)) if name == "tear_down_until" else day


def _known(day: date | None) -> date:
    if day is None:
        raise Refused("clone_needs_days")
    return day


def _name(name: str, field: str, *, needed: bool = True) -> str:
    clean = nfc(strip_controls(name)).strip()
    if needed and not clean:
        raise Refused("name_missing")
    if len(clean) > LONGEST[field]:
        raise Refused("text_too_long", field=field, most=LONGEST[field])
    return clean
