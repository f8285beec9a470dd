"""One fair at a glance for its organisers: how far it has come, what waits today, its dates, zones and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.fair_steps import FairSteps, steps_of
from events.fairs.legal_basis import DeadlineState, LegalDeadline
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone
from events.places.locality import District, Locality
from exhibitors.allocation.booth_assignment import AssignmentState, BoothAssignment
from exhibitors.allocation.fair_deadlines import Milestone, milestones_of, moments_beside
from exhibitors.allocation.legal_dates import due_for_fair, end_of
from exhibitors.allocation.organiser_desk import (
    NO_APPLICATIONS,
    NO_BOOTHS,
    ApplicationCounts,
    DeskRow,
    count_applications,
    count_booths,
    live_on,
)
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.queue_filters import VIEWS
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.bilingual import Bilingual

FIRM = (AssignmentState.CONFIRMED, AssignmentState.OCCUPIED)


@dataclass(frozen=True, slots=True)
class ZoneFill:
    """A zone's usable booths: firmly taken, waiting for an answer, free."""

    code: str
    name: Bilingual
    confirmed: int
    waiting: int
    free: int

    @property
    def booths(self) -> int:
        """All that can be used."""
        return self.confirmed + self.waiting + self.free


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the dashboard of a fair."""

    row: DeskRow
    steps: FairSteps
    zones: list[ZoneFill]
    places: Sequence[tuple[str, int]]
    milestones: Sequence[Milestone]
    confirm_by: datetime | None
    longest_wait: int | None
    overdue: Sequence[str]
    missed_at_law: Sequence[LegalDeadline]

    @property
    def total(self) -> ZoneFill:
        """All zones together."""
        confirmed, waiting, free = (
            sum(getattr(zone, part) for zone in self.zones) for part in ("confirmed", "waiting", "free")
        )
        return ZoneFill("", Bilingual(""), confirmed, waiting, free)


def dashboard_of(session: Session, fair: Fair) -> Dashboard:
    """The dashboard as it stands now."""
    applications: ApplicationCounts = count_applications(session, [fair.id]).get(fair.id, NO_APPLICATIONS)
    booths = count_booths(session, [fair.id]).get(fair.id, NO_BOOTHS)
    beside = moments_beside(session, [fair.id]).get(fair.id, {})
    at_law = due_for_fair(session, fair)
    ahead = {due.name: end_of(due) for due in at_law if due.state is not DeadlineState.MISSED}
    return Dashboard(
        row=DeskRow(fair, fair.phase(), applications, booths),
        steps=steps_of(session, fair),
        zones=_zones(session, fair),
        places=_places(session, fair),
        milestones=milestones_of(fair, {**beside, **ahead}),
        confirm_by=beside.get("confirm_by"),
        longest_wait=_longest_wait(session, fair),
        overdue=_overdue(session, fair),
        missed_at_law=[due for due in at_law if due.state is DeadlineState.MISSED],
    )


def _longest_wait(session: Session, fair: Fair) -> int | None:
    """For how many days the oldest application has waited to be reviewed."""
    since = session.scalar(
        select(func.min(BoothApplication.submitted_at)).where(BoothApplication.fair_id == fair.id, VIEWS["to_review"])
    )
    return (clock.today() - clock.local_day(since)).days if since else None


def _overdue(session: Session, fair: Fair) -> list[str]:
    """The producers who are overdue with what they were asked to change, the longest overdue first; three at most."""
    rows = session.scalars(
        select(Producer.name_vi)
        .join(BoothApplication, BoothApplication.producer_id == Producer.id)
        .where(BoothApplication.fair_id == fair.id, BoothApplication.state == S.NEEDS_CHANGES)
        .where(BoothApplication.changes_due_at < clock.now())
        .order_by(BoothApplication.changes_due_at)
        .limit(3)
    )
    return list(rows)


def _zones(session: Session, fair: Fair) -> list[ZoneFill]:
    """Booths of each zone: firm, held, free; one that two share is one booth."""
    firm = func.count(distinct(case((BoothAssignment.state.in_(FIRM), BoothAssignment.booth_id))))
    held = func.count(distinct(BoothAssignment.booth_id))
    rows = session.execute(
        select(Zone.code, Zone.name_vi, Zone.name_en, func.count(distinct(Booth.id)), held, firm)
        .join(FloorPlan, FloorPlan.id == Zone.plan_id)
        .join(Booth, Booth.zone_id == Zone.id)
        .outerjoin(BoothAssignment, live_on(Booth))
        .where(FloorPlan.fair_id == fair.id, Booth.switch == BoothSwitch.OPEN)
        .group_by(Zone.id, Zone.code, Zone.name_vi, Zone.name_en)
        .order_by(Zone.code)
    )
    return [
        ZoneFill(code, Bilingual(vi, en), firmly, taken - firmly, booths - taken)
        for code, vi, en, booths, taken, firmly in rows
    ]


def _places(session: Session, fair: Fair) -> list[tuple[str, int]]:
    """Booths held by producers of each former district, most first; "" gathers those from outside the province."""
    district_id = func.coalesce(Producer.district_id, Locality.district_id)
    rows = session.execute(
        select(func.coalesce(District.name, ""), func.count(BoothAssignment.id))
        .join(BoothApplication, BoothApplication.id == BoothAssignment.application_id)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .outerjoin(Locality, Locality.id == Producer.locality_id)
        .outerjoin(District, District.id == district_id)
        .where(BoothApplication.fair_id == fair.id, BoothAssignment.state != AssignmentState.RELEASED)
        .group_by(District.name)
    )
    return sorted(((name, number) for name, number in rows), key=lambda place: (-place[1], place[0]))
