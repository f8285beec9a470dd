"""What the optimiser needs to know of a fair, read from the database in a constant number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone, plans_of
from exhibitors.allocation.booth_assignment import KNOWN_TO_HOLDER, AssignmentState, BoothAssignment
from exhibitors.allocation.proposals.allocation_proposal import Candidates
from exhibitors.applications.application_moves import HOLDS_BOOTH, ApplicationState, Decision
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.calls.known_units import places_of_units
from exhibitors.calls.quota import Quota, quotas_of
from exhibitors.producers.producer import Product

S = ApplicationState
FIRM = frozenset({AssignmentState.CONFIRMED, AssignmentState.OCCUPIED})
"""Assignments that only the unit itself or a person by hand gives up: the optimiser never moves them."""


@dataclass(frozen=True, slots=True)
class Held:
    """The live booths of one application, and how firm they are."""

    booths: tuple[int, ...]
    is_pinned: bool
    is_published: bool


@dataclass(frozen=True)
class FairFacts:
    """A fair as it stands; `numbers` are the applications' numbers in the draw, in the order of their sending.

    `sharing` are applications that share a booth: a person put them together, so they stay where they stand and no
    question asks about them (decision 0017). `held` has their booths, too.
    """

    fair: Fair
    plans: Sequence[FloorPlan]
    zones: Sequence[Zone]
    booths: Sequence[Booth]
    applications: Sequence[BoothApplication]
    sharing: Sequence[BoothApplication]
    numbers: Mapping[int, str]
    held: Mapping[int, Held]
    places: Mapping[int, frozenset[str]]
    seasoned: frozenset[int]
    quotas: Sequence[Quota]

    @cached_property
    def closed_by_sharing(self) -> frozenset[int]:
        """Booths of those who share one: taken for everybody else."""
        return frozenset(booth for one in self.sharing for booth in self.held[one.id].booths)

    @cached_property
    def booth_names(self) -> dict[int, str]:
        """Booth id → its code; with the number of its plan where two plans use the same code."""
        return self._names(self.booths)

    @cached_property
    def zone_names(self) -> dict[int, str]:
        """Zone id → its code, made distinct like those of booths."""
        return self._names(self.zones)

    def _names(self, things: Iterable[Booth | Zone]) -> dict[int, str]:
        plan_number = {plan.id: number for number, plan in enumerate(self.plans, start=1)}
        rows = [(thing.id, thing.code, thing.plan_id) for thing in things]
        times = Counter(code for _, code, _ in rows)
        return {id_: code if times[code] == 1 else f"{plan_number[plan_id]}:{code}" for id_, code, plan_id in rows}


def fair_facts(session: Session, fair: Fair, candidates: Candidates) -> FairFacts:
    """Read everything; the number of queries does not depend on how many apply."""
    held = _held(session, fair)
    together = _sharing(held)
    placed = BoothApplication.id.in_(sorted(together))
    asked = session.scalars(
        select(BoothApplication)
        .where(BoothApplication.fair_id == fair.id, or_(_to_place(candidates, held), placed))
        .options(
            joinedload(BoothApplication.producer),
            selectinload(BoothApplication.wishes).joinedload(ZoneWish.zone),
            selectinload(BoothApplication.goods).joinedload(ApplicationProduct.product).joinedload(Product.group),
        )
        .order_by(BoothApplication.id)
    ).all()
    producer_ids = [application.producer_id for application in asked]
    return FairFacts(
        fair=fair,
        plans=plans_of(session, fair),
        zones=_zones(session, fair),
        booths=_booths(session, fair),
        applications=[one for one in asked if one.id not in together],
        sharing=[one for one in asked if one.id in together],
        numbers=numbers_in_draw(session, fair),
        held=held,
        places=places_of_units(session, producer_ids),
        seasoned=_seasoned(session, fair),
        quotas=quotas_of(session, fair),
    )


def numbers_in_draw(session: Session, fair: Fair) -> dict[int, str]:
    """Every application handed in has a number, in the order of sending: nobody can choose a lucky one."""
    query = select(BoothApplication.id).where(
        BoothApplication.fair_id == fair.id, BoothApplication.submitted_at.is_not(None)
    )
    ids = session.scalars(query.order_by(BoothApplication.submitted_at, BoothApplication.id))
    return {id_: f"{number:05d}" for number, id_ in enumerate(ids, start=1)}


def count_not_taken_up(session: Session, fair: Fair) -> int:
    """How many were sent and are in no proposal, since nobody has taken them up; whoever asks for one must know."""
    query = select(func.count(BoothApplication.id)).where(
        BoothApplication.fair_id == fair.id, BoothApplication.state == S.SUBMITTED
    )
    return session.scalar(query) or 0


def _to_place(candidates: Candidates, held: Mapping[int, Held]) -> ColumnElement[bool]:
    noted = BoothApplication.pending_decision == Decision.ACCEPT
    if candidates is Candidates.REVIEWED:
        noted = or_(noted, BoothApplication.pending_decision.is_(None))
    in_review = and_(BoothApplication.state == S.IN_REVIEW, noted)
    going_on = and_(BoothApplication.id.in_(held), BoothApplication.state.in_([state.value for state in HOLDS_BOOTH]))
    return or_(in_review, going_on, BoothApplication.state.in_([S.ACCEPTED, S.CONFIRMED, S.WAITLISTED]))


def _held(session: Session, fair: Fair) -> dict[int, Held]:
    rows = session.execute(
        select(
            BoothAssignment.application_id, BoothAssignment.booth_id, BoothAssignment.state, BoothAssignment.is_locked
        )
        .join(BoothApplication, BoothApplication.id == BoothAssignment.application_id)
        .where(BoothApplication.fair_id == fair.id, BoothAssignment.state != AssignmentState.RELEASED)
        .order_by(BoothAssignment.booth_id)
    )
    held: dict[int, Held] = {}
    for application_id, booth_id, state, is_locked in rows:
        before = held.get(application_id, Held((), is_pinned=False, is_published=False))
        held[application_id] = Held(
            (*before.booths, booth_id),
            is_pinned=before.is_pinned or is_locked or state in FIRM,
            is_published=before.is_published or state in KNOWN_TO_HOLDER,
        )
    return held


def _sharing(held: Mapping[int, Held]) -> frozenset[int]:
    times = Counter(booth for one in held.values() for booth in one.booths)
    return frozenset(number for number, one in held.items() if any(times[booth] > 1 for booth in one.booths))


def _zones(session: Session, fair: Fair) -> Sequence[Zone]:
    query = select(Zone).join(FloorPlan).where(FloorPlan.fair_id == fair.id).options(joinedload(Zone.plan))
    return session.scalars(query.order_by(Zone.plan_id, Zone.code)).all()


def _booths(session: Session, fair: Fair) -> Sequence[Booth]:
    query = (
        select(Booth)
        .join(FloorPlan, FloorPlan.id == Booth.plan_id)
        .where(FloorPlan.fair_id == fair.id, Booth.switch != BoothSwitch.REMOVED)
    )
    return session.scalars(query.order_by(Booth.plan_id, Booth.code)).all()


def _seasoned(session: Session, fair: Fair) -> frozenset[int]:
    """Producers who took part in another fair: whoever is not among them comes for the first time."""
    query = select(BoothApplication.producer_id).where(
        BoothApplication.state == S.CONFIRMED, BoothApplication.fair_id != fair.id
    )
    return frozenset(session.scalars(query.distinct()))
