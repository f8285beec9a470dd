"""What the program sees of an application by looking beyond it: twins at the same fair, earlier fairs, quotas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_moves import ENDED
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.automatic_checks import Check, Finding
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.asked_booths import asked_booths, most_of
from exhibitors.calls.quota import Quota, quotas_of
from exhibitors.calls.quota_counters import exceeds
from exhibitors.producers.producer import Producer

FEW = 100
"""Up to so many are asked for by what they hold; more by the fair, which is one value instead of thousands."""
SAME = {
    "tax_code": (Finding.SAME_TAX_CODE, "warn"),
    "name_key": (Finding.SAME_NAME, "warn"),
    "contact_phone": (Finding.SAME_PHONE, "info"),
}
"""Columns of a unit that two units seldom share by chance, the surest first; a pair is told once."""
GIVEN_UP = {
    S.EXPIRED: Finding.OFFER_LAPSED,
    S.WITHDRAWN: Finding.GAVE_UP,
    S.CANCELLED: Finding.CANCELLED,
}
MOST_TOLD = 3


class LookedAt(Protocol):
    """What is known of an application before looking further."""

    id: Any
    producer_id: Any


def checks_beyond(
    session: Session, fair: Fair, applications: Collection[LookedAt], hidden: frozenset[int] = frozenset()
) -> dict[int, list[Check]]:
    """Findings by application: twins among those still going on at the fair but `hidden`, and what became of places
    given at other fairs of the same organiser. Three queries however many applications there are.
    """
    found: dict[int, list[Check]] = defaultdict(list)
    if applications:
        _find_twins(session, fair, applications, hidden, found)
        _find_given_up(session, fair, applications, found)
    return found


def _find_twins(
    session: Session,
    fair: Fair,
    applications: Collection[LookedAt],
    hidden: frozenset[int],
    found: dict[int, list[Check]],
) -> None:
    going_on = (
        select(BoothApplication.id, BoothApplication.code, *(getattr(Producer, name) for name in SAME))
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(BoothApplication.fair_id == fair.id, BoothApplication.submitted_at.is_not(None))
        .where(BoothApplication.state.not_in([state.value for state in ENDED]))
        .order_by(BoothApplication.id)
    )
    by_value: dict[tuple[str, str], list[Any]] = defaultdict(list)
    own, going_on = _own(session, going_on, applications)
    for row in session.execute(going_on):
        for name in SAME:
            if row.id not in hidden and getattr(row, name):
                by_value[name, getattr(row, name)].append(row)
    for row in own:
        told = {row.id}
        for name, (finding, tone) in SAME.items():
            twins = [one for one in by_value.get((name, getattr(row, name)), ()) if one.id not in told]
            told |= {one.id for one in twins}
            found[row.id] += [Check(finding, tone, {"code": one.code}) for one in twins[:MOST_TOLD]]


def _own(session: Session, going_on: Select[Any], applications: Collection[LookedAt]) -> tuple[list[Any], Select[Any]]:
    """The rows of these applications as long as they go on, and the question narrowed to whom they could be like."""
    numbers = {one.id for one in applications}
    if len(numbers) > FEW:
        return [row for row in session.execute(going_on) if row.id in numbers], going_on
    own = list(session.execute(going_on.where(BoothApplication.id.in_(numbers))))
    alike: list[ColumnElement[bool]] = [false()]
    for name in SAME:
        values = {getattr(row, name) for row in own} - {""}
        alike.append(getattr(Producer, name).in_(values))
    return own, going_on.where(or_(*alike))


def _find_given_up(
    session: Session, fair: Fair, applications: Iterable[LookedAt], found: dict[int, list[Check]]
) -> None:
    by_unit = defaultdict(list)
    for one in applications:
        by_unit[one.producer_id].append(one.id)
    confirmed_before = and_(
        BoothApplication.state.in_([S.WITHDRAWN, S.CANCELLED]), BoothApplication.confirmed_at.is_not(None)
    )
    query = (
        select(BoothApplication.producer_id, BoothApplication.state, Fair.name_vi)
        .join(Fair, Fair.id == BoothApplication.fair_id)
        .where(Fair.organisation_id == fair.organisation_id, Fair.id != fair.id)
        .where(or_(BoothApplication.state == S.EXPIRED, confirmed_before))
        .order_by(BoothApplication.id.desc())
    )
    if len(by_unit) <= FEW:
        query = query.where(BoothApplication.producer_id.in_(by_unit))
    for unit, state, name in session.execute(query):
        for number in by_unit.get(unit, ()):
            if sum(check.finding in set(GIVEN_UP.values()) for check in found[number]) < MOST_TOLD:
                found[number].append(Check(GIVEN_UP[S(state)], "warn", {"fair": name}))


def quotas_without_room(session: Session, application: BoothApplication) -> list[tuple[Quota, int]]:
    """The quotas that accepting it would pass as things stand now, each with its most; the same questions for one
    application as for a fair of thousands, none but one where the fair has no quota.
    """
    fair = application.fair
    quotas = quotas_of(session, fair)
    asked = asked_booths(session, fair) if quotas else []
    own = next((one for one in asked if one.application_id == application.id), None)
    if own is None:
        return []
    limits = [(quota, most_of(session, fair, quota)) for quota in quotas]
    return [(quota, most) for quota, most in limits if most is not None and exceeds(quota.measure, most, asked, own)]
