"""Across all fairs of an organiser: what waits today, which dates come next, what was done lately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairState
from events.fairs.legal_basis import DeadlineState
from events.fairs.permissions import desk_fairs, may_read_desk
from exhibitors.allocation.fair_deadlines import Deadline, answers_are_late, moments_beside, next_deadlines
from exhibitors.allocation.legal_dates import due_at_law, end_of
from exhibitors.allocation.organiser_desk import NO_APPLICATIONS, ApplicationCounts, count_applications
from exhibitors.allocation.recent_changes import RecentChange, recent_changes
from foundation import clock
from foundation.actor import Actor

MOST_FAIRS = 200
MOST_TASKS = 12
MOST_DEADLINES = 8
MOST_CHANGES = 5
LATELY = timedelta(days=90)
URGENCY = (
    "registration_missed",
    "report_missed",
    "answers_late",
    "changes_overdue",
    "waiting_for_answer",
    "to_review",
    "eligible_without_booth",
    "staged",
)  # fmt: skip - one line of codes
"""Codes of what waits, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits at one fair: which and how many."""

    fair: Fair
    code: str
    number: int


@dataclass(frozen=True, slots=True)
class DeskToday:
    """The head of the desk; `tasks` holds the most pressing ones, `tasks_in_all` says how many there are."""

    totals: Mapping[str, int]
    tasks: Sequence[Task]
    tasks_in_all: int
    deadlines: Sequence[Deadline]
    changes: Sequence[RecentChange]
    fairs: Mapping[int, Fair]


def desk_today(session: Session, actor: Actor) -> DeskToday:
    """What waits now at current fairs, and what the law still asks; seven queries however many there are."""
    fairs = current_fairs(session, actor)
    counts = count_applications(session, fairs)
    at_law = due_at_law(session, actor)
    tasks = [Task(fair, f"{due.name}_missed", 1) for fair, due in at_law if due.state is DeadlineState.MISSED]
    ahead = [Deadline(fair, due.name, end_of(due)) for fair, due in at_law if due.state is not DeadlineState.MISSED]
    tasks += [task for fair in fairs.values() for task in _tasks(fair, counts.get(fair.id, NO_APPLICATIONS))]
    tasks.sort(key=lambda task: URGENCY.index(task.code))
    return DeskToday(
        totals={code: sum(task.number for task in tasks if task.code == code) for code in URGENCY},
        tasks=tasks[:MOST_TASKS],
        tasks_in_all=len(tasks),
        deadlines=next_deadlines(list(fairs.values()), moments_beside(session, fairs), MOST_DEADLINES, ahead),
        changes=recent_changes(session, fairs, MOST_CHANGES, since=clock.now() - LATELY, hidden=actor.stands_aside),
        fairs=fairs,
    )


def current_fairs(session: Session, actor: Actor) -> dict[int, Fair]:
    """The fairs that the person reads in whole and that are not over, soonest first, by their numbers; 200 at most."""
    today = clock.today()
    not_over = or_(Fair.last_day >= today, (Fair.last_day.is_(None)) & (Fair.year >= today.year))
    found = session.scalars(
        select(Fair)
        .where(desk_fairs(actor), not_over, Fair.state != FairState.CANCELLED)
        .order_by(Fair.first_day.asc().nulls_last(), Fair.id)
        .limit(MOST_FAIRS)
    )
    return {fair.id: fair for fair in found if may_read_desk(actor, fair)}


def _tasks(fair: Fair, counts: ApplicationCounts) -> list[Task]:
    unanswered = counts.to_review + counts.staged
    found = {
        "answers_late": unanswered if answers_are_late(fair) else 0,
        "changes_overdue": counts.changes_overdue,
        "waiting_for_answer": counts.waiting_for_answer,
        "to_review": counts.to_review,
        "eligible_without_booth": counts.eligible_without_booth,
        "staged": counts.staged,
    }
    return [Task(fair, code, number) for code, number in found.items() if number]
