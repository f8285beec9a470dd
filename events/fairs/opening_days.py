"""Which days of a fair are closed, which have hours of their own, and when the ground is there for building."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from events.fairs.archive_fair import refuse_archived
from events.fairs.fair import ClosedDay, Fair
from events.fairs.fair_hours import FairHours
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.days import format_date
from foundation.overtaken import refuse_overtaken, version_of_facts
from foundation.refusal import Refused

LONGEST_BUILDING = 60
"""Days on the ground before the opening and after the closing, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningDays:
    """What an organiser says about the days; hours are those of the site for exhibitors while they build."""

    closed_days: Sequence[date] = ()
    own_hours: Mapping[date, tuple[time, time]] = field(default_factory=dict)
    build_up_from: date | None = None
    tear_down_until: date | None = None
    site_opens_at: time | None = None
    site_closes_at: time | None = None

    def faults(self, first: date | None, last: date | None) -> list[Refused]:
        """All rules that are broken, each with the day it concerns.

        Codes: days_needed, closed_day_outside, no_open_day, closed_day_at_end, own_hours_outside,
        own_hours_of_closed_day, own_hours_in_order, build_up_after_opening, tear_down_before_closing,
        building_too_long, site_hours_in_order.
        """
        if first is None or last is None:
            return [Refused("days_needed")]
        faults = [*self._faults_of_closed_days(first, last), *self._faults_of_hours(first, last)]
        if self.build_up_from and self.build_up_from >= first:
            faults.append(Refused("build_up_after_opening", first_day=format_date(first)))
        if self.tear_down_until and self.tear_down_until <= last:
            faults.append(Refused("tear_down_before_closing", last_day=format_date(last)))
        before = (first - self.build_up_from).days if self.build_up_from else 0
        after = (self.tear_down_until - last).days if self.tear_down_until else 0
        if max(before, after) > LONGEST_BUILDING:
            faults.append(Refused("building_too_long", most=LONGEST_BUILDING, after=after > before))
        if bool(self.site_opens_at) != bool(self.site_closes_at):
            faults.append(Refused("site_hours_half"))
        elif self.site_opens_at and self.site_closes_at and self.site_closes_at <= self.site_opens_at:
            faults.append(Refused("site_hours_in_order"))
        return faults

    def _faults_of_closed_days(self, first: date, last: date) -> list[Refused]:
        outside = [day for day in sorted(self.closed_days) if not first <= day <= last]
        faults = [Refused("closed_day_outside", day=format_date(day), at=day) for day in outside]
        if len(set(self.closed_days) - set(outside)) > (last - first).days:
            faults.append(Refused("no_open_day"))
        else:
            ends = [day for day in dict.fromkeys((first, last)) if day in self.closed_days]
            faults += [Refused("closed_day_at_end", day=format_date(day), at=day) for day in ends]
        return faults

    def _faults_of_hours(self, first: date, last: date) -> list[Refused]:
        faults = []
        for day, (opens, closes) in sorted(self.own_hours.items()):
            told = {"day": format_date(day), "at": day}
            if not first <= day <= last:
                faults.append(Refused("own_hours_outside", **told))
            elif day in self.closed_days:
                faults.append(Refused("own_hours_of_closed_day", **told))
            if closes <= opens:
                faults.append(Refused("own_hours_in_order", **told))
        return faults


def set_opening_days(session: Session, actor: Actor, fair: Fair, said: OpeningDays, *, expected_version: int) -> None:
    """Replace what is said about the fair's days. Refuses `set_up_changed_meanwhile` and the first of `said.faults`."""
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    refuse_overtaken(days_version(fair), expected_version)
    refuse_archived(fair)
    for fault in said.faults(fair.first_day, fair.last_day):
        raise fault
    old = _for_audit(fair)
    present = {closed.day: closed for closed in fair.closed_days}
    fair.closed_days = [present.get(day) or ClosedDay(day=day) for day in sorted(set(said.closed_days))]
    _put_hours(fair, said.own_hours)
    for name in ("build_up_from", "tear_down_until", "site_opens_at", "site_closes_at"):
        setattr(fair, name, getattr(said, name))
    new = _for_audit(fair)
    if new != old:
        flag_modified(fair, "year")  # the days lie in other tables; the fair's version follows them
        session.flush()
        record(session, actor, "fair.set_days", fair, fair_id=fair.id, old=old, new=new)


def days_version(fair: Fair) -> int:
    """Another number whenever the fair has other days, or `set_opening_days` would say another thing of them."""
    return version_of_facts(fair.first_day, fair.last_day, _for_audit(fair))


def follow_moved_days(fair: Fair, old_first: date | None, old_last: date | None) -> None:
    """Own hours and building days move with the fair: the opening evening stays that of the first day.

    Refuses `own_hours_outside` when a shorter fair no longer has such a day.
    """
    if fair.first_day is None or fair.last_day is None:
        fair.own_hours = []
        fair.build_up_from = fair.tear_down_until = None
        return
    by_first = fair.first_day - old_first if old_first else timedelta()
    by_last = fair.last_day - old_last if old_last else timedelta()
    moved = {hours.day + by_first: (hours.opens_at, hours.closes_at) for hours in fair.own_hours}
    for day in moved:
        if day > fair.last_day:
            raise Refused("own_hours_outside", day=format_date(day), at=day)
    _put_hours(fair, moved)
    fair.build_up_from = fair.build_up_from and fair.build_up_from + by_first
    fair.tear_down_until = fair.tear_down_until and fair.tear_down_until + by_last


def _put_hours(fair: Fair, wanted: Mapping[date, tuple[time, time]]) -> None:
    """Rows of days that stay are kept: two rows of one day may not meet even for a moment."""
    known = {hours.day: hours for hours in fair.own_hours}
    fair.own_hours = [known.get(day) or FairHours(day=day) for day in sorted(wanted)]
    for hours in fair.own_hours:
        hours.opens_at, hours.closes_at = wanted[hours.day]


def opening_days_of(fair: Fair) -> OpeningDays:
    """What is said about the fair's days now."""
    return OpeningDays(
        closed_days=sorted(fair.days_shut),
        own_hours={hours.day: (hours.opens_at, hours.closes_at) for hours in fair.own_hours},
        build_up_from=fair.build_up_from,
        tear_down_until=fair.tear_down_until,
        site_opens_at=fair.site_opens_at,
        site_closes_at=fair.site_closes_at,
    )


def _for_audit(fair: Fair) -> dict[str, object]:
    said = opening_days_of(fair)
    hours = {day.isoformat(): f"{opens:%H:%M}-{closes:%H:%M}" for day, (opens, closes) in said.own_hours.items()}
    rest = {
        name: getattr(said, name) for name in ("build_up_from", "tear_down_until", "site_opens_at", "site_closes_at")
    }
    plain = {name: value.isoformat() if value else None for name, value in rest.items()}
    return {"closed_days": [day.isoformat() for day in said.closed_days], "own_hours": hours, **plain}
