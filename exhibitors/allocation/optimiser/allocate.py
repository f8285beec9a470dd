"""Allocates the booths of a fair: who is in, then where, then neighbours; checked before it is handed out."""

from __future__ import annotations

from dataclasses import dataclass

from exhibitors.allocation.optimiser.admission import admission_model, seats_of_admission
from exhibitors.allocation.optimiser.allocation import (
    Allocation,
    Level,
    assignments_of,
    conflicts_of,
    regret_of,
    waitlist_of,
)
from exhibitors.allocation.optimiser.applicants import Question, ask
from exhibitors.allocation.optimiser.better_seats import BetterSeats
from exhibitors.allocation.optimiser.independent_check import violations
from exhibitors.allocation.optimiser.instance import Instance
from exhibitors.allocation.optimiser.linear_model import Ending, Limits, Solver
from exhibitors.allocation.optimiser.neighbours import Neighbours
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.organiser_conflicts import refuse_what_cannot_be
from exhibitors.allocation.optimiser.placement import placement_model, seats_of_placement
from exhibitors.allocation.optimiser.policies import Policy, Standing, standing_under


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try."""

    proved: bool = False
    seconds: float | None = None


class BrokenAllocation(Exception):
    """The independent check found a broken rule: a fault of the program, never handed out."""


def allocate(instance: Instance, policy: Policy = Policy.BANDED_MERIT, effort: Effort | None = None) -> Allocation:
    """A checked allocation; refuses with BadInstance what no allocation could satisfy."""
    effort = effort or Effort()
    question = ask(instance)
    refuse_what_cannot_be(question)
    standing = standing_under(question, policy)
    witness = _admit(question, standing)
    occupancy = _place(question, standing, witness)
    BetterSeats(occupancy, standing.wish_class).improve()
    Neighbours(occupancy).settle()
    return _finished(question, policy, occupancy, effort)


def _admit(question: Question, standing: Standing) -> dict[int, int]:
    admission = admission_model(question, standing.weight)
    solver = Solver(admission.model)
    columns = sorted(admission.shortfall.values())
    solver.bound_columns(columns, [0.0] * len(columns), [0.0] * len(columns))
    outcome = solver.solve(Limits(gap=0.99))
    if outcome.ending is Ending.INFEASIBLE:
        solver.bound_columns(columns, [0.0] * len(columns), [admission.model.upper[c] for c in columns])
        solver.price_columns(columns, [-sum(admission.model.cost)] * len(columns))
        outcome = solver.solve(Limits(gap=0.99))
    return seats_of_admission(admission, outcome.values)


def _place(question: Question, standing: Standing, witness: dict[int, int]) -> Occupancy:
    placement = placement_model(question, standing.wish_class, witness)
    outcome = Solver(placement.packing.model).solve(Limits(gap=0.99))
    seats = seats_of_placement(placement, outcome.values)
    return Occupancy(question, seats if len(seats) == len(witness) else witness)


def _finished(question: Question, policy: Policy, occupancy: Occupancy, effort: Effort) -> Allocation:
    assignments = assignments_of(occupancy)
    broken = violations(question.instance, assignments)
    if broken:
        raise BrokenAllocation(f"{len(broken)} rules broken, first {broken[0]}")
    applicants = question.applicants
    levels = (
        Level("quota_shortfall", occupancy.shortfall(), None, "less"),
        Level("priority", sum(applicants[number].weight for number in occupancy.block_of), None, "more"),
        Level("regret", regret_of(occupancy), None, "less"),
        Level("conflicts", conflicts_of(occupancy), None, "less"),
    )
    return Allocation(policy.value, assignments, waitlist_of(occupancy), levels, {"proved": effort.proved})
