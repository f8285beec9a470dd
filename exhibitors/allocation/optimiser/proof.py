"""The proved answer: both stages solved to the end, each with the bound that nobody can beat.

Stage one reads no wishes of applicants who take anything, stage two lets nobody in or out: who is in never depends on
where one would like to stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor

from exhibitors.allocation.optimiser.admission import AdmissionModel, admission_model, seats_of_admission
from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.linear_model import Ending, Limits, Outcome, Solver
from exhibitors.allocation.optimiser.placement import placement_model, seats_of_placement
from exhibitors.allocation.optimiser.policies import Standing

WHOLE = 0.99  # totals are whole numbers: less than one apart is the same, whatever the ticket says
TOLERANCE = 1e-4
MANY_COLUMNS = 2400  # above, few cutting planes prove sooner; below, with scarce power, many do


@dataclass(frozen=True, slots=True)
class Placed:
    """Where those who are in stand, and the least weighted cost that there can be; whether the search came to its end,
    or the clock ended it.
    """

    seats: dict[int, int]
    least_cost: float
    to_the_end: bool


@dataclass(frozen=True, slots=True)
class Bounds:
    """What nobody can beat: quota seats missing at least, weight of admissions at most (no pins; None: unknown)."""

    shortfall: int
    weight: int | None


def bounds_of(question: Question, standing: Standing) -> Bounds:
    """Bounds by linear programs alone, quick at every size."""
    admission = admission_model(question, standing.weight)
    solver = Solver(admission.model)
    outcome, missing = _least_missing(admission, solver, whole=False)
    return Bounds(missing, floor(-outcome.bound + TOLERANCE))


def prove_admission(
    question: Question, standing: Standing, seconds: float | None
) -> tuple[dict[int, int], Bounds] | None:
    """Who is in, with a block for each that shows all can stand together; None when the clock ran out before the end,
    for what was found by then depends on the machine.
    """
    admission = admission_model(question, standing.weight)
    solver = Solver(admission.model)
    outcome, missing = _least_missing(admission, solver, whole=True, seconds=seconds)
    if outcome.ending is not Ending.OPTIMAL:
        return None
    witness = seats_of_admission(admission, outcome.values)
    return witness, Bounds(missing, floor(-outcome.bound + TOLERANCE))


def _least_missing(
    admission: AdmissionModel, solver: Solver, *, whole: bool, seconds: float | None = None
) -> tuple[Outcome, int]:
    """Solve with every quota filled or, where that cannot be, with as few seats missing as can be."""

    def run() -> Outcome:
        return solver.solve(Limits(gap=WHOLE, seconds=seconds)) if whole else solver.relax()

    columns = sorted(admission.shortfall.values())
    uppers = [admission.model.upper[column] for column in columns]
    zeros = [0.0] * len(columns)
    solver.bound_columns(columns, zeros, zeros)
    outcome = run()
    if outcome.ending is not Ending.INFEASIBLE:
        return outcome, 0
    everything = range(len(admission.model.cost))
    solver.bound_columns(columns, zeros, uppers)
    solver.price_columns(everything, [0.0] * len(everything))
    solver.price_columns(columns, [1.0] * len(columns))
    missing = ceil(run().bound - TOLERANCE)
    row = solver.add_row(columns, float(missing))
    solver.price_columns(everything, admission.model.cost)
    outcome = run()
    while outcome.ending is Ending.INFEASIBLE and missing < sum(uppers):
        missing += 1
        solver.bound_row(row, float("-inf"), float(missing))
        outcome = run()
    return outcome, missing


def prove_placement(
    question: Question, standing: Standing, witness: Mapping[int, int], seconds: float | None
) -> Placed | None:
    """Where those who are in stand; None when the clock ran out before any answer."""
    placement = placement_model(question, standing.wish_class, witness)
    model = placement.packing.model
    limits = Limits(gap=WHOLE, seconds=seconds, few_cuts=len(model.cost) > MANY_COLUMNS)
    outcome = Solver(model).solve(limits)
    if not outcome.values:
        return None
    seats = seats_of_placement(placement, outcome.values)
    to_the_end = outcome.ending is Ending.OPTIMAL
    return Placed(seats, outcome.bound, to_the_end) if len(seats) == len(witness) else None
