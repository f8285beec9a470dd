"""Say who may apply and when: the terms of a fair's call, and zones that have a window of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.edition_dates import EditionDate, dates_with_edition
from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone, zones_of
from events.places.locality_register import registered_localities
from exhibitors.calls.call_terms import CallTerms, ZoneCall, terms_of, window_of, zone_calls_of
from exhibitors.calls.call_window import CallWindow
from exhibitors.calls.who_may_apply import Conditions, Origin
from exhibitors.producers.producer import ProducerKind
from exhibitors.producers.product_group_register import registered_groups
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.overtaken import refuse_overtaken, say_anew
from foundation.refusal import Refused


class TermsFacts(TypedDict, total=False):
    """What is said about a call; what is left out asks nothing."""

    soft_closes_at: datetime | None
    is_by_invitation: bool
    kinds: Sequence[str]
    groups: Sequence[str]
    least_stars: int | None
    needs_certificate: bool
    origin: str
    places: Sequence[str]


def set_call_terms(
    session: Session, actor: Actor, fair: Fair, seen: int | None = None, **facts: Unpack[TermsFacts]
) -> CallTerms:
    """Replace the terms as their version `seen` said them, 0 for none.

    Refuses soft_close_outside (it lies between the opening and the close), soft_close_needs_close,
    conditions_unknown (a kind, group, locality, origin or number of stars that does not exist),
    places_need_province (localities chosen for producers from outside) and as `say_anew`.
    """
    session.flush()
    session.scalar(select(Fair.id).where(Fair.id == fair.id).with_for_update())
    columns = _columns(facts)
    _check_soft_close(fair, facts.get("soft_closes_at"))
    terms = terms_of(session, fair)
    changes = say_anew(session, terms, columns, seen)
    session.add(terms)
    session.flush()
    if changes[1]:
        before, after = ({name: _plain(value) for name, value in values.items()} for values in changes)
        record(session, actor, "call.set_terms", terms, fair_id=fair.id, old=before, new=after)
    return terms


def set_zone_call(
    session: Session, actor: Actor, fair: Fair, zone: Zone, window: CallWindow, *, seen: int | None = None
) -> ZoneCall | None:
    """Give a zone its own window instead of that of version `seen`, 0 for none; an empty one takes it away.

    Refuses `zone_call_order`, `zone_call_outside` and as `say_anew`.
    """
    session.flush()
    session.scalar(select(Zone.id).where(Zone.id == zone.id).with_for_update())
    call = session.scalar(select(ZoneCall).where(ZoneCall.zone_id == zone.id))
    outer = window_of(fair, terms_of(session, fair))
    if not window.is_in_order:
        raise Refused("zone_call_order")
    for moment in (window.opens_at, window.soft_closes_at, window.closes_at):
        if moment is not None and not _lies_within(moment, outer):
            raise Refused("zone_call_outside")
    if window == CallWindow():
        if call is not None:
            refuse_overtaken(call.version, seen)
            session.delete(call)
            record(session, actor, "call.clear_zone", zone, fair_id=fair.id, old=_moments(call.window))
            session.flush()
        return None
    call = call or ZoneCall(zone_id=zone.id)
    old = _moments(call.window)
    columns = {"opens_at": window.opens_at, "soft_closes_at": window.soft_closes_at, "closes_at": window.closes_at}
    _before, after = say_anew(session, call, columns, seen)
    if not after:
        return call
    session.add(call)
    session.flush()
    record(session, actor, "call.set_zone", zone, fair_id=fair.id, old=old, new=_moments(window))
    return call


@copies_with_edition(Stage.CALL)
def copy_call(edition: Edition) -> None:
    """The next edition asks the same, its dates moved; invitation codes are not taken over.

    Refuses `lunar_order` where the lunar calendar would turn the moments of a window around.
    """
    zones = [zone.id for zone in zones_of(edition.session, edition.source)]
    for call in edition.session.scalars(select(ZoneCall).where(ZoneCall.zone_id.in_(zones))):
        if not CallWindow(*map(edition.moved, (call.opens_at, call.soft_closes_at, call.closes_at))).is_in_order:
            raise Refused("lunar_order")
    edition.copy_all(CallTerms, CallTerms.fair_id == edition.source.id)
    edition.copy_all(ZoneCall, ZoneCall.zone_id.in_(zones))


@dates_with_edition
def dates_of_call(session: Session, fair: Fair) -> Iterator[EditionDate]:
    """The soft close, and the moments of zones that have a window of their own."""
    if soft := terms_of(session, fair).soft_closes_at:
        yield EditionDate("call_soft_closes", soft)
    calls = zone_calls_of(session, fair)
    for zone in zones_of(session, fair) if calls else ():
        window = calls[zone.id].window if zone.id in calls else CallWindow()
        named = {"opens": window.opens_at, "soft_closes": window.soft_closes_at, "closes": window.closes_at}
        for name, moment in named.items():
            if moment is not None:
                yield EditionDate(
                    f"zone_call_{name}",
                    moment,
                    Bilingual(f"{zone.code} {zone.name_vi}", zone.name_en and f"{zone.code} {zone.name_en}"),
                )


def conditions_of(**facts: Unpack[TermsFacts]) -> Conditions:
    """The conditions in what was typed, to count with before anything is saved. Refuses as `set_call_terms` does."""
    return CallTerms(**_columns(facts)).conditions


def _columns(facts: TermsFacts) -> dict[str, Any]:
    soft = facts.get("soft_closes_at")
    columns: dict[str, Any] = {
        "soft_closes_at": soft and soft.replace(second=0, microsecond=0),
        "is_by_invitation": facts.get("is_by_invitation", False),
        "kinds": sorted(set(facts.get("kinds", ()))),
        "groups": sorted(set(facts.get("groups", ()))),
        "least_stars": facts.get("least_stars"),
        "needs_certificate": facts.get("needs_certificate", False),
        "origin": facts.get("origin", Origin.ANYWHERE.value),
        "places": sorted(set(facts.get("places", ()))),
    }
    known: dict[str, set[str]] = {
        "kinds": set(ProducerKind),
        "groups": {group.key for group in registered_groups()},
        "places": {locality.code for locality in registered_localities()},
    }
    if any(not set(columns[name]) <= known[name] for name in known) or columns["origin"] not in set(Origin):
        raise Refused("conditions_unknown")
    if columns["least_stars"] is not None and not 1 <= columns["least_stars"] <= 5:
        raise Refused("conditions_unknown")
    if columns["places"] and columns["origin"] == Origin.OUTSIDE:
        raise Refused("places_need_province")
    return columns


def _check_soft_close(fair: Fair, soft_closes_at: datetime | None) -> None:
    if soft_closes_at is None:
        return
    if fair.call_closes_at is None:
        raise Refused("soft_close_needs_close")
    if not CallWindow(fair.call_opens_at, soft_closes_at, fair.call_closes_at).is_in_order:
        raise Refused("soft_close_outside")


def _lies_within(moment: datetime, outer: CallWindow) -> bool:
    after = outer.opens_at is None or moment >= outer.opens_at
    return after and (outer.closes_at is None or moment <= outer.closes_at)


def _moments(window: CallWindow) -> dict[str, str | None]:
    moments = {"opens_at": window.opens_at, "soft_closes_at": window.soft_closes_at, "closes_at": window.closes_at}
    return {name: _plain(moment) for name, moment in moments.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
