"""Which booths are asked for at a fair: the floor that knows the applications answers here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan
from exhibitors.calls.quota import Quota, quotas_of
from exhibitors.calls.quota_counters import Asked, Count, QuotaKind, count_booths

AskedQuestion = Callable[[Session, Fair], Sequence[Asked]]
_questions: list[AskedQuestion] = []


def knows_asked_booths(question: AskedQuestion) -> AskedQuestion:
    """Register `question(session, fair)`: it answers the booths of every application handed in and still going on."""
    if question not in _questions:
        _questions.append(question)
    return question


def asked_booths(session: Session, fair: Fair) -> list[Asked]:
    """The booths asked for at a fair; a constant number of queries."""
    return [asked for question in _questions for asked in question(session, fair)]


def quota_counts(session: Session, fair: Fair) -> list[tuple[Quota, Count]]:
    """Every quota with its count as it stands now; no further query where the fair has no quota."""
    quotas = quotas_of(session, fair)
    if not quotas:
        return []
    asked = asked_booths(session, fair)
    return [
        (quota, count_booths(quota.measure, asked, least=quota.least, most=most_of(session, fair, quota)))
        for quota in quotas
    ]


def most_of(session: Session, fair: Fair, quota: Quota) -> int | None:
    """How many booths may be given: for a reserve, all open booths of the plans but those kept back."""
    if quota.kind != QuotaKind.RESERVE:
        return quota.most
    return max(0, sum(usable_booths(session, fair).values()) - (quota.most or 0))


def usable_booths(session: Session, fair: Fair) -> dict[int, int]:
    """How many booths can be given away, by zone."""
    query = select(Booth.zone_id, func.count(Booth.id)).join(FloorPlan, FloorPlan.id == Booth.plan_id)
    there = query.where(FloorPlan.fair_id == fair.id, Booth.switch == BoothSwitch.OPEN).group_by(Booth.zone_id)
    return {row[0]: row[1] for row in session.execute(there)}


@dataclass(frozen=True, slots=True)
class BeyondBooths:
    """Quotas that say more than there are booths: by the quota's id how many there are, and kinds whose leasts
    together are more than all (kind → their sum).
    """

    total: int
    single: dict[int, int]
    together: dict[str, int]


def beyond_booths(session: Session, fair: Fair, quotas: Sequence[Quota]) -> BeyondBooths:
    """What of the quotas cannot come true on the plan as it is drawn; nothing while no booth is drawn."""
    usable = usable_booths(session, fair) if quotas else {}
    total = sum(usable.values())
    if not total:
        return BeyondBooths(0, {}, {})
    room = {quota.id: usable.get(quota.zone_id, 0) if quota.zone_id else total for quota in quotas}
    single = {quota.id: room[quota.id] for quota in quotas if max(quota.least or 0, quota.most or 0) > room[quota.id]}
    sums: dict[str, list[int]] = {}
    for quota in quotas:
        sums.setdefault(quota.kind, []).append(quota.least or 0)
    together = {kind: sum(each) for kind, each in sums.items() if len(each) > 1 and sum(each) > total}
    return BeyondBooths(total, single, together)
