"""Create and change a fair, publish it, open its call for applications, postpone or cancel it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Unpack

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from events.fairs.archive_fair import refuse_archived
from events.fairs.fair import CallState, ClosedDay, DateState, Fair, FairState, FairVenue, move_call, move_fair
from events.fairs.fair_course import is_past
from events.fairs.fair_facts import FairFacts, FairSayings
from events.fairs.fair_news import tell_course
from events.fairs.objections import ask_objections, first_objection
from events.fairs.opening_days import follow_moved_days
from events.places.venue import Venue
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import slugify
from foundation.overtaken import refuse_overtaken, version_of_facts
from foundation.refusal import Refused

TAKEN_SLUGS = frozenset({"new"})
"""Addresses beside /fairs/<slug> that a fair must not take."""


def create_fair(
    session: Session,
    actor: Actor,
    *,
    organisation_id: int,
    is_demonstration: bool = False,
    **said: Unpack[FairSayings],
) -> Fair:
    """A new draft; its address comes from its name and stays. Refuses what `FairFacts.check` and `_venues` refuse."""
    facts = FairFacts(**said)
    facts.check()
    fair = Fair(
        organisation_id=organisation_id,
        is_demonstration=is_demonstration,
        slug=free_slug(session, facts.name_vi, facts.name_en, f"{facts.kind} {facts.year}"),
        created_at=clock.now(),
        **facts.columns(),
    )
    _set_closed_days(fair, facts)
    _set_venues(session, fair, facts)
    session.add(fair)
    session.flush()
    record(session, actor, "fair.create", fair, fair_id=fair.id, new=_for_audit(_facts_now(fair)))
    return fair


def change_fair(
    session: Session, actor: Actor, fair: Fair, *, expected_version: int, **said: Unpack[FairSayings]
) -> Fair:
    """Replace everything said about the fair.

    Refuses `set_up_changed_meanwhile` when `details_version` is another than the expected one,
    `venue_has_plan`, `own_hours_outside`, and what `create_fair` refuses.
    """
    session.flush()  # a refresh drops what is not written yet
    session.refresh(fair, with_for_update={"of": Fair})
    refuse_overtaken(details_version(fair), expected_version)
    refuse_archived(fair)
    facts = FairFacts(**said)
    facts.check()
    old = _facts_now(fair)
    old_days = (fair.first_day, fair.last_day)
    with session.no_autoflush:  # the days and what hangs on them are written together
        for name, value in facts.columns().items():
            setattr(fair, name, value)
        follow_moved_days(fair, *old_days)
    _set_closed_days(fair, facts)
    _set_venues(session, fair, facts)
    new = _facts_now(fair)
    changed = [name for name in new if new[name] != old[name]]
    if changed:
        _touch(fair, changed)
        session.flush()
        old, new = ({name: state[name] for name in changed} for state in (old, new))
        record(session, actor, "fair.change", fair, fair_id=fair.id, old=_for_audit(old), new=_for_audit(new))
    return fair


def details_version(fair: Fair) -> int:
    """Another number whenever what `change_fair` and `name_series` say is another; texts and own hours do not count."""
    facts = sorted(_facts_now(fair).items())
    return version_of_facts(fair.series_id, [_in_utc(value) for _name, value in facts])


def publish_fair(session: Session, actor: Actor, fair: Fair) -> None:
    """Show the fair to everybody. Refuses with the first of `missing_for_publishing`."""
    for reason in missing_for_publishing(fair):
        raise Refused(reason)
    move_fair(session, actor, fair, "publish")


def missing_for_publishing(fair: Fair) -> list[str]:
    """Reason codes of what is still missing: no_dates, no_venue, source_missing.

    An event of an earlier year, or of a month that has passed, may be published with what its source tells, and where
    nothing but the year or the month is known, the source is what lacks.
    """
    was = is_past(fair.year, fair.month, clock.today())
    if fair.source and was:
        return []
    if was and fair.date_state == DateState.UNKNOWN:
        return ["source_missing"]
    gaps = {"no_dates": fair.date_state == DateState.UNKNOWN, "no_venue": not fair.venues}
    return [reason for reason, missing in gaps.items() if missing]


def open_call(session: Session, actor: Actor, fair: Fair) -> None:
    """Let producers apply, from `call_opens_at` on where that is still to come.

    Refuses with the first of `missing_for_call`.
    """
    for reason in missing_for_call(session, fair):
        raise Refused(reason)
    move_call(session, actor, fair, "open_call")


def missing_for_call(session: Session, fair: Fair) -> list[str]:
    """Reason codes of what stands in the way of the call: call_needs_published_fair, no_dates, call_has_no_end,
    call_end_is_past, and what floors above object to (no_booths).
    """
    gaps = {
        "call_needs_published_fair": fair.state != FairState.PUBLISHED,
        "no_dates": fair.date_state == DateState.UNKNOWN,
        "call_has_no_end": fair.call_closes_at is None,
        "call_end_is_past": fair.call_closes_at is not None and fair.call_closes_at <= clock.now(),
    }
    reasons = [reason for reason, missing in gaps.items() if missing]
    objection = first_objection(session, "open_call", fair)
    return [*reasons, objection] if objection else reasons


def close_call(session: Session, actor: Actor, fair: Fair) -> None:
    """Take no more applications; it can be opened again."""
    move_call(session, actor, fair, "close_call")


def withdraw_from_public(session: Session, actor: Actor, fair: Fair) -> None:
    """Make a published fair a draft again. Refuses `call_is_open` and what floors above object to."""
    if fair.call_state == CallState.OPEN:
        raise Refused("call_is_open")
    ask_objections(session, "withdraw_from_public", fair)
    move_fair(session, actor, fair, "withdraw_from_public")


def postpone_fair(session: Session, actor: Actor, fair: Fair, *, reason: str) -> None:
    """Say that the fair is put off; its days stay until new ones are set. Refuses `fair_reason_missing`."""
    move_fair(session, actor, fair, "postpone", reason=_reason(reason))
    tell_course(session, actor, fair, "postpone")


def cancel_fair(session: Session, actor: Actor, fair: Fair, *, reason: str) -> None:
    """Say that the fair does not take place; it stays public with its reason. Refuses `fair_reason_missing`."""
    move_fair(session, actor, fair, "cancel", reason=_reason(reason))
    tell_course(session, actor, fair, "cancel")


def resume(session: Session, actor: Actor, fair: Fair) -> None:
    """A postponed fair takes place after all, on the days that stand now."""
    move_fair(session, actor, fair, "resume")
    tell_course(session, actor, fair, "resume")


def restore(session: Session, actor: Actor, fair: Fair) -> None:
    """Undo a cancellation."""
    move_fair(session, actor, fair, "restore")
    tell_course(session, actor, fair, "restore")


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("fair_reason_missing")
    return reason.strip()


def free_slug(session: Session, name_vi: str, name_en: str = "", otherwise: str = "fair") -> str:
    """An address made of the name that no other fair has."""
    base = slugify(name_vi) or slugify(name_en) or slugify(otherwise)
    taken = set(session.scalars(select(Fair.slug).where(Fair.slug.startswith(base, autoescape=True)))) | TAKEN_SLUGS
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def _set_closed_days(fair: Fair, facts: FairFacts) -> None:
    present = {closed.day: closed for closed in fair.closed_days}
    fair.closed_days = [present.get(day) or ClosedDay(day=day) for day in facts.closed_days]


def _set_venues(session: Session, fair: Fair, facts: FairFacts) -> None:
    """Keep the places that stay; a venue that replaces another takes over its place and with it the plan."""
    known = {venue.id: venue for venue in session.scalars(select(Venue).where(Venue.id.in_(facts.venue_ids)))}
    for unknown in set(facts.venue_ids) - set(known):
        raise Refused("venue_unknown", venue_id=unknown)
    staying = {place.venue.id: place for place in fair.venues if place.venue.id in known}
    leaving = [place for place in fair.venues if place.venue.id not in known]
    for venue_id in facts.venue_ids:
        if venue_id not in staying:
            staying[venue_id] = leaving.pop(0) if leaving else FairVenue()
            staying[venue_id].venue = known[venue_id]
    for place in leaving:
        _drop_place(session, fair, place)
    for position, venue_id in enumerate(facts.venue_ids):
        staying[venue_id].position = position
    fair.venues = [staying[venue_id] for venue_id in facts.venue_ids]


def _drop_place(session: Session, fair: Fair, place: FairVenue) -> None:
    name = place.venue.name_vi
    try:
        with session.begin_nested():
            fair.venues.remove(place)
            session.flush()
    except IntegrityError as error:
        raise Refused("venue_has_plan", venue=name) from error


def _touch(fair: Fair, changed: list[str]) -> None:
    """A change that lies in other tables counts too: the version and the folded words follow the fair's own row."""
    if set(changed) <= {"closed_days", "venues"}:
        flag_modified(fair, "year")


def _facts_now(fair: Fair) -> dict[str, object]:
    columns = {name: getattr(fair, name) for name in FairFacts.__dataclass_fields__ if name in Fair.__table__.columns}
    closed = sorted(closed.day for closed in fair.closed_days)
    return {**columns, "closed_days": closed, "venues": [place.venue.id for place in fair.venues]}


def _in_utc(value: object) -> object:
    """A moment just typed and the same one read back are written alike."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _for_audit(facts: dict[str, object]) -> dict[str, object]:
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
