"""The proved answer: both stages solved to the end, each with the bound that nobody can beat.

Stage one reads no wishes of applicants who take anything, stage two lets nobody in or out: who is in never depends on
where one would like to stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, floor

from exhibitors.allocation.optimiser.admission import AdmissionModel, admission_model, seats_of_admission
from exhibitors.allocation.optimiser.aiming import TOLERANCE, WHOLE, least_whole
from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.linear_model import Ending, Limits, Outcome, Solver
from exhibitors.allocation.optimiser.lots import Lots
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.placement import placement_model, seats_of_placement
from exhibitors.allocation.optimiser.policies import Standing

MANY_COLUMNS = 2400  # above, and where classes outweigh each other, few cutting planes do; else many find more
ROUNDS, MANY_ROUNDS = 24, 600  # of the search for the best places, below and above that many columns


@dataclass(frozen=True, slots=True)
class Placed:
    """Where those who are in stand, and the least weighted cost that there can be; whether the search came to its end.
    Where it did not, a number of rounds ended it, the same on every machine, or else the clock did.
    """

    seats: dict[int, int]
    least_cost: float
    to_the_end: bool
    by_clock: bool


@dataclass(frozen=True, slots=True)
class Bounds:
    """What nobody can beat: quota seats missing at least, weight of admissions at most (no pins; None: unknown)."""

    shortfall: int
    weight: int | None


def bounds_of(question: Question, standing: Standing) -> Bounds:
    """Bounds by linear programs alone, quick at every size."""
    admission = admission_model(question, standing)
    outcome, missing = _least_missing(admission, lambda: Solver(admission.model).relax())
    return Bounds(missing, floor(-outcome.bound + TOLERANCE))


def prove_admission(
    question: Question, standing: Standing, seconds: float | None
) -> tuple[dict[int, int], Bounds] | None:
    """Who is in, equals by lot, with a block for each that shows all can stand together; None when the clock ran out
    before the end, for what was found by then depends on the machine.
    """
    admission = admission_model(question, standing)
    outcome, missing = _least_missing(admission, lambda: least_whole(admission.model, seconds))
    if outcome.ending is not Ending.OPTIMAL:
        return None
    occupancy = Occupancy(question, seats_of_admission(admission, outcome.values))
    Lots(occupancy, standing).draw()
    witness = {number: block for number, block in occupancy.block_of.items() if number not in question.pinned}
    return witness, Bounds(missing, floor(-outcome.bound + TOLERANCE))


def _least_missing(admission: AdmissionModel, run: Callable[[], Outcome]) -> tuple[Outcome, int]:
    """Run with every quota filled or, where that cannot be, with as few seats missing as can be."""
    model, columns = admission.model, sorted(admission.shortfall.values())
    uppers, costs = list(model.upper), list(model.cost)
    for column in columns:
        model.upper[column] = 0.0
    outcome = run()
    if outcome.ending is not Ending.INFEASIBLE:
        return outcome, 0
    model.upper, model.cost = uppers, [0.0] * len(costs)
    for column in columns:
        model.cost[column] = 1.0
    missing = ceil(run().bound - TOLERANCE)
    row, model.cost = model.row(upper=float(missing)), costs
    for column in columns:
        model.put(row, column)
    outcome = run()
    while outcome.ending is Ending.INFEASIBLE and missing < sum(uppers[column] for column in columns):
        missing += 1
        model.row_upper[row] = float(missing)
        outcome = run()
    return outcome, missing


def prove_placement(
    question: Question, standing: Standing, witness: Mapping[int, int], seconds: float | None
) -> Placed | None:
    """Where those who are in stand; None when the clock ran out before any answer.

    Searched without a gap, so that tickets settle what is equal: a list that is cut short then gains nothing by chance.
    """
    placement = placement_model(question, standing.wish_class, witness)
    model = placement.packing.model
    many, several = len(model.cost) > MANY_COLUMNS, len(set(standing.wish_class)) > 1
    limits = Limits(rounds=MANY_ROUNDS if many else ROUNDS, seconds=seconds, few_cuts=many or several)
    outcome = Solver(model).solve(limits)
    if not outcome.values:
        return None
    seats = seats_of_placement(placement, outcome.values)
    if len(seats) < len(witness):
        return None
    to_the_end = outcome.ending is Ending.OPTIMAL or outcome.cost - outcome.bound < WHOLE
    return Placed(seats, outcome.bound, to_the_end=to_the_end, by_clock=outcome.ending is Ending.LIMIT)
