"""How each booth of a plan stands today: free, blocked, or held by whom and how firmly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from events.floor_plans.booth_holders import BoothHolder, knows_holders
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan
from exhibitors.allocation.booth_assignment import AssignmentState, BoothAssignment
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.held_booths import HeldBooth, knows_booths
from exhibitors.producers.producer import Producer

WORDS_OF_PLAN = {
    AssignmentState.PROPOSED: "proposed",
    AssignmentState.PUBLISHED: "offered",
    AssignmentState.CONFIRMED: "confirmed",
    AssignmentState.OCCUPIED: "occupied",
}
"""The state of an assignment as plans draw it (design guide, section 8), the firmest last."""
BESIDE = " + "
"""Between the names of two who share a booth."""


@dataclass(frozen=True, slots=True)
class BoothStanding:
    """A booth as organisers see it; the holder's facts are empty while nobody holds it.

    Of two who share it `holder` has both names, the rest is of whoever stood there first and is not hidden, and
    `state` is the firmer one. `held_by` are all their applications, be they hidden.
    """

    booth: Booth
    state: str
    assignment_id: int | None = None
    application_code: str = ""
    holder: str = ""
    since: datetime | None = None
    held_by: tuple[int, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Whether two stand there."""
        return len(self.held_by) > 1

    @property
    def can_be_dragged(self) -> bool:
        """Whether it is clear who is meant by the booth: one holder, who is not hidden."""
        return bool(self.application_code) and not self.is_shared


@knows_holders
def holders_by_assignment(
    session: Session, booth_ids: Collection[int], hidden: Collection[int] = ()
) -> Mapping[int, BoothHolder]:
    """Who holds which of these booths, be it only proposed, without the names of `hidden` applications; one query.

    Two who share a booth are one holder with both names and the firmer state.
    """
    name = case((BoothApplication.id.in_(sorted(hidden)), ""), else_=Producer.name_vi)
    rows = session.execute(
        select(BoothAssignment.booth_id, BoothAssignment.state, name)
        .join(BoothApplication, BoothApplication.id == BoothAssignment.application_id)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(BoothAssignment.booth_id.in_(booth_ids), BoothAssignment.state != AssignmentState.RELEASED)
        .order_by(BoothAssignment.share_position)
    )
    held: dict[int, list[tuple[str, str]]] = {}
    for booth_id, state, named in rows:
        held.setdefault(booth_id, []).append((state, named))
    return {
        booth_id: BoothHolder(BESIDE.join(name for _, name in those if name), firmest(state for state, _ in those))
        for booth_id, those in held.items()
    }


def firmest(states: Iterable[str]) -> str:
    """The word of plans for the firmest of these states of assignments."""
    return WORDS_OF_PLAN[max((AssignmentState(state) for state in states), key=list(WORDS_OF_PLAN).index)]


@knows_booths
def booths_by_assignment(session: Session, application_ids: Collection[int]) -> Mapping[int, Sequence[HeldBooth]]:
    """Which booths these applications hold, be it only proposed; one query."""
    rows = session.execute(
        select(BoothAssignment.application_id, Booth.code, BoothAssignment.state)
        .join(Booth, Booth.id == BoothAssignment.booth_id)
        .where(BoothAssignment.application_id.in_(application_ids), BoothAssignment.state != AssignmentState.RELEASED)
        .order_by(Booth.code)
    )
    held: dict[int, list[HeldBooth]] = {}
    for application_id, code, state in rows:
        held.setdefault(application_id, []).append(HeldBooth(code, WORDS_OF_PLAN[AssignmentState(state)]))
    return held


def booth_states(session: Session, plan: FloorPlan, hidden: frozenset[int] = frozenset()) -> list[BoothStanding]:
    """Every booth of the plan that was not removed, by code; of `hidden` applications only that the booth is held.

    One query.
    """
    rows = session.execute(
        select(Booth, BoothAssignment, BoothApplication.code, Producer.name_vi)
        .outerjoin(
            BoothAssignment,
            (BoothAssignment.booth_id == Booth.id) & (BoothAssignment.state != AssignmentState.RELEASED),
        )
        .outerjoin(BoothApplication, BoothApplication.id == BoothAssignment.application_id)
        .outerjoin(Producer, Producer.id == BoothApplication.producer_id)
        .where(Booth.plan_id == plan.id, Booth.switch != BoothSwitch.REMOVED)
        .order_by(Booth.code, Booth.id, BoothAssignment.share_position)
    )
    standings: dict[int, BoothStanding] = {}
    for booth, assignment, code, holder in rows:
        shown = _standing(booth, assignment, code, holder, hidden)
        known = standings.get(booth.id)
        standings[booth.id] = _together(known, shown) if known else shown
    return list(standings.values())


def _standing(
    booth: Booth, assignment: BoothAssignment | None, code: str | None, holder: str | None, hidden: frozenset[int]
) -> BoothStanding:
    if assignment is None:
        return BoothStanding(booth, "blocked" if booth.switch == BoothSwitch.BLOCKED else "free")
    state, held_by = WORDS_OF_PLAN[AssignmentState(assignment.state)], (assignment.application_id,)
    if assignment.application_id in hidden:
        return BoothStanding(booth, state, assignment.id, since=assignment.assigned_at, held_by=held_by)
    return BoothStanding(booth, state, assignment.id, code or "", holder or "", assignment.assigned_at, held_by)


def _together(first: BoothStanding, second: BoothStanding) -> BoothStanding:
    """Two who share a booth, as one standing."""
    order = list(WORDS_OF_PLAN.values())
    shown = first if first.application_code else second
    return replace(
        shown,
        state=max(first.state, second.state, key=order.index),
        holder=BESIDE.join(name for name in (first.holder, second.holder) if name),
        held_by=(*first.held_by, *second.held_by),
    )
