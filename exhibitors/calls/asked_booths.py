"""Which booths are asked for at a fair: the floor that knows the applications answers here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
    query = select(func.count(Booth.id)).join(FloorPlan, FloorPlan.id == Booth.plan_id)
    usable = session.scalar(query.where(FloorPlan.fair_id == fair.id, Booth.switch == BoothSwitch.OPEN)) or 0
    return max(0, usable - (quota.most or 0))
