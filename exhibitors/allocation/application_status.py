"""What an applicant may know of an application: what has been published, never what is only staged or proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events.floor_plans.floor_plan import Booth, FloorPlan, Zone
from exhibitors.allocation.booth_assignment import AssignmentState, BoothAssignment, names_beside
from exhibitors.applications.application_history import Turn, turns_of
from exhibitors.applications.application_moves import ENDED
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.drawn_plan import DrawnBooth, booths_with_own
from foundation.bilingual import Bilingual

SHOWN = (AssignmentState.PUBLISHED, AssignmentState.CONFIRMED, AssignmentState.OCCUPIED)


class Step(StrEnum):
    """The stations of an application, in their order."""

    START = "start"
    SEND = "send"
    TURN = "turn"
    REVIEW = "review"
    ANSWER = "answer"
    CONFIRM = "confirm"
    OPENING = "opening"
    END = "end"


@dataclass(frozen=True, slots=True)
class StepFact:
    """A station: done, current or todo; `at` is when it was or will be, `move` the name of the turn that it tells."""

    step: Step
    state: str
    at: datetime | date | None = None
    move: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationStatus:
    """The page's facts; `booths` holds published booths only, by code; `beside` who shares one, by its number."""

    application: BoothApplication
    booths: Sequence[Booth]
    steps: Sequence[StepFact]
    plan: FloorPlan | None = None
    beside: Mapping[int, Bilingual] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """The codes of the booths offered or held."""
        return [booth.code for booth in self.booths]

    @property
    def wish_met(self) -> int | None:
        """Which wish the booth's zone is, 1 for the first; None when it is another zone."""
        zones = {booth.zone_id for booth in self.booths}
        return next((wish.rank for wish in self.application.wishes if wish.zone_id in zones), None)

    @property
    def drawn_booths(self) -> list[DrawnBooth]:
        """The plan with one's own booths, for drawing."""
        return booths_with_own(self.plan, self.codes) if self.plan else []


def application_status(session: Session, application: BoothApplication) -> ApplicationStatus:
    """Load what the applicant may know; a fixed number of queries."""
    booths = session.scalars(
        select(Booth)
        .join(BoothAssignment, BoothAssignment.booth_id == Booth.id)
        .where(BoothAssignment.application_id == application.id, BoothAssignment.state.in_(SHOWN))
        .options(joinedload(Booth.zone))
        .order_by(Booth.code)
    ).all()
    if application.current not in {S.ACCEPTED, S.CONFIRMED}:
        booths = []
    plan = _plan_of(session, booths[0].plan_id) if booths else None
    beside = names_beside(session, application.id, [booth.id for booth in booths]) if booths else {}
    return ApplicationStatus(application, booths, _steps(application, turns_of(session, application)), plan, beside)


def _plan_of(session: Session, plan_id: int) -> FloorPlan | None:
    query = select(FloorPlan).where(FloorPlan.id == plan_id)
    return session.scalar(query.options(selectinload(FloorPlan.zones).selectinload(Zone.booths)))


def _steps(application: BoothApplication, turns: Sequence[Turn]) -> list[StepFact]:
    """Every station with its moment; the turn that led to where it stands now is the current one."""
    state, fair = application.current, application.fair
    if state is S.DRAFT:
        return [StepFact(Step.START, "current", application.saved_at), StepFact(Step.SEND, "todo", fair.call_closes_at)]
    first = application.submitted_at
    steps = [StepFact(Step.SEND, "done", first) if first else StepFact(Step.START, "done", application.started_at)]
    is_at_turn = bool(turns) and (state in ENDED or state is S.NEEDS_CHANGES)
    newest = turns[-1] if is_at_turn else None
    steps += [StepFact(Step.TURN, "done", turn.at, turn.move) for turn in (turns[:-1] if newest else turns)]
    at_turn = (newest.at, newest.move) if newest else (None, "")
    if state in {S.SUBMITTED, S.IN_REVIEW, S.NEEDS_CHANGES}:
        steps += [StepFact(Step.REVIEW, "current", *at_turn), StepFact(Step.ANSWER, "todo", fair.answer_by)]
        return [*steps, StepFact(Step.CONFIRM, "todo"), StepFact(Step.OPENING, "todo", fair.first_day)]
    if application.decided_at is not None:
        steps.append(StepFact(Step.REVIEW, "done", application.decided_at))
    if state in ENDED:
        return [*steps, StepFact(Step.END, "current", *at_turn)]
    if state is S.WAITLISTED:
        return [*steps, StepFact(Step.ANSWER, "current")]
    steps.append(StepFact(Step.ANSWER, "done", application.decided_at))
    confirmed = state is S.CONFIRMED
    at = application.confirmed_at if confirmed else application.confirm_by
    steps.append(StepFact(Step.CONFIRM, "done" if confirmed else "current", at))
    return [*steps, StepFact(Step.OPENING, "current" if confirmed else "todo", fair.first_day)]
