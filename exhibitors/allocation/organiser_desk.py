"""The organiser's desk: every fair of the person's organisations with how its applications and booths stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, case, distinct, func, or_, select
from sqlalchemy.orm import Session, joinedload

from events.fairs.browse_fairs import passed_without_days, with_places
from events.fairs.fair import Fair, FairState, Phase
from events.fairs.permissions import desk_fairs
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan
from exhibitors.allocation.booth_assignment import AssignmentState, BoothAssignment
from exhibitors.applications.application_moves import DECIDABLE, Decision
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.booth_application import BoothApplication
from foundation import clock
from foundation.actor import Actor

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class ApplicationCounts:
    """How many applications of a fair stand where; `submitted` is all that were ever handed in."""

    drafts: int = 0
    submitted: int = 0
    to_review: int = 0
    needs_changes: int = 0
    changes_overdue: int = 0
    staged: int = 0
    eligible: int = 0
    rejected: int = 0
    waitlisted: int = 0
    waiting_for_answer: int = 0
    confirmed: int = 0
    declined: int = 0
    with_booth: int = 0
    eligible_without_booth: int = 0


@dataclass(frozen=True, slots=True)
class BoothCounts:
    """How many booths of a fair can be used, and how many of them nobody holds."""

    usable: int = 0
    free: int = 0


NO_APPLICATIONS = ApplicationCounts()
NO_BOOTHS = BoothCounts()


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One fair on the desk."""

    fair: Fair
    phase: Phase
    applications: ApplicationCounts
    booths: BoothCounts

    @property
    def waits(self) -> Sequence[tuple[str, int]]:
        """What waits for the organiser today: code and number, the most pressing first."""
        counts = self.applications
        found = {
            "changes_overdue": counts.changes_overdue,
            "waiting_for_answer": counts.waiting_for_answer,
            "to_review": counts.to_review,
            "eligible_without_booth": counts.eligible_without_booth,
            "staged": counts.staged,
        }
        return [(code, number) for code, number in found.items() if number]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of the desk; `number` counts from 1."""

    rows: Sequence[DeskRow]
    total: int
    number: int
    pages: int


def desk_page(session: Session, actor: Actor, page: int = 1) -> DeskPage:
    """Fairs still to be worked on, soonest first, then those that are over; as many queries for one as for fifty."""
    mine = desk_fairs(actor)
    total = session.scalar(select(func.count(Fair.id)).where(mine)) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, page), pages)
    statement = select(Fair).options(*with_places(), joinedload(Fair.organisation)).where(mine).order_by(*_order())
    fairs = list(session.scalars(statement.offset((number - 1) * PER_PAGE).limit(PER_PAGE)))
    ids = [fair.id for fair in fairs]
    applications, booths = count_applications(session, ids), count_booths(session, ids)
    rows = [
        DeskRow(fair, fair.phase(), applications.get(fair.id, NO_APPLICATIONS), booths.get(fair.id, NO_BOOTHS))
        for fair in fairs
    ]
    return DeskPage(rows, total, number, pages)


def count_applications(session: Session, fair_ids: Collection[int]) -> Mapping[int, ApplicationCounts]:
    """The counts of each fair that has applications; one query."""
    holds = (
        select(BoothAssignment.id)
        .where(BoothAssignment.application_id == BoothApplication.id)
        .where(BoothAssignment.state != AssignmentState.RELEASED)
        .exists()
    )
    state, now = BoothApplication.state, clock.now()
    in_review, decision = state == S.IN_REVIEW, BoothApplication.pending_decision
    decidable = state.in_([one.value for one in DECIDABLE])
    eligible = or_(and_(decidable, decision == Decision.ACCEPT), state.in_([S.ACCEPTED, S.CONFIRMED]))
    conditions: dict[str, ColumnElement[bool]] = {
        "drafts": state == S.DRAFT,
        "submitted": BoothApplication.submitted_at.is_not(None),
        "to_review": or_(state == S.SUBMITTED, and_(in_review, decision.is_(None))),
        "needs_changes": state == S.NEEDS_CHANGES,
        "changes_overdue": and_(state == S.NEEDS_CHANGES, BoothApplication.changes_due_at < now),
        "staged": and_(decidable, decision.is_not(None)),
        "eligible": eligible,
        "rejected": state == S.REJECTED,
        "waitlisted": state == S.WAITLISTED,
        "waiting_for_answer": state == S.ACCEPTED,
        "confirmed": state == S.CONFIRMED,
        "declined": state.in_([S.DECLINED, S.EXPIRED]),
        "with_booth": holds,
        "eligible_without_booth": and_(eligible, ~holds),
    }
    sums = [func.sum(case((condition, 1), else_=0)) for condition in conditions.values()]
    statement = select(BoothApplication.fair_id, *sums).where(BoothApplication.fair_id.in_(fair_ids))
    rows = session.execute(statement.group_by(BoothApplication.fair_id))
    return {row[0]: ApplicationCounts(**dict(zip(conditions, map(int, row[1:]), strict=True))) for row in rows}


def count_booths(session: Session, fair_ids: Collection[int]) -> Mapping[int, BoothCounts]:
    """The counts of each fair that has booths; one query."""
    rows = session.execute(usable_booths(fair_ids).group_by(FloorPlan.fair_id))
    return {fair_id: BoothCounts(usable, usable - held) for fair_id, usable, held in rows}


def usable_booths(fair_ids: Collection[int]) -> Select[int, int, int]:
    """Fair, number of booths that are open or held, number of those that are held; to be grouped by fair.

    A booth that two share is one booth.
    """
    booths, held = func.count(distinct(Booth.id)), func.count(distinct(BoothAssignment.booth_id))
    return (
        select(FloorPlan.fair_id, booths, held)
        .join(Booth, Booth.plan_id == FloorPlan.id)
        .outerjoin(BoothAssignment, live_on(Booth))
        .where(FloorPlan.fair_id.in_(fair_ids), Booth.switch == BoothSwitch.OPEN)
    )


def live_on(booth: type[Booth]) -> ColumnElement[bool]:
    """The join of a booth with the assignments that hold it: two where it is shared."""
    return and_(BoothAssignment.booth_id == booth.id, BoothAssignment.state != AssignmentState.RELEASED)


def _order() -> tuple[UnaryExpression[Any], ...]:
    today = clock.today()
    over = or_(Fair.last_day < today, and_(Fair.last_day.is_(None), passed_without_days(today)))
    done = or_(over, Fair.state == FairState.CANCELLED)
    soonest = case((done, None), else_=Fair.first_day)
    return (
        case((done, 1), else_=0).asc(),
        soonest.asc().nulls_last(),
        Fair.year.desc(),
        Fair.first_day.desc().nulls_last(),
        Fair.id.desc(),
    )
