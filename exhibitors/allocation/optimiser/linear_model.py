"""A linear program written down column by column and handed to HiGHS, one thread, the same answer every time.

The solver is imported when a model is first solved: a server that never allocates never carries it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

INFINITY = float("inf")
AS_SET, UNSCALED = 2, 0  # how the simplex method scales rows; these models are nearly all ones: unscaled is quicker
FEW_CUTS = (
    ("mip_allow_restart", False),
    ("mip_heuristic_run_root_reduced_cost", False),
    ("mip_pool_soft_limit", 100),
    ("mip_pool_age_limit", 5),
    ("mip_lp_age_limit", 3),
)
RANDOM_SEED = 1  # part of the protocol: another seed may choose another of several equally good answers


class Ending(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    LIMIT = "limit"
    NODES = "nodes"
    ROUNDS = "rounds"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solve found; `values` is empty without a solution, `bound` is a proved lower bound of the cost."""

    ending: Ending
    values: Sequence[float]
    cost: float
    bound: float
    reduced: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: gaps, nodes and `rounds` (the solver's own, of cutting planes, probing and branching; it goes on
    until there is a solution) repeat exactly; `seconds` only guards against a stuck search.

    `few_cuts` is for small models by the dozen: no second start, few cutting planes; as good, in half the time.
    With `below` only solutions cheaper than that are looked for: without one the answer is "infeasible", or whatever
    dearer one the solver came across. `attempt` 0, 1, 2 and so on are different ways through the same search.
    """

    gap: float = 0.0
    relative_gap: float = 0.0
    nodes: int | None = None
    rounds: int | None = None
    seconds: float | None = None
    few_cuts: bool = False
    below: float = INFINITY
    attempt: int = 0


@dataclass
class LinearModel:
    """Columns with cost and bounds, rows with bounds, their entries; the cost is minimised."""

    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    entry_row: list[int] = field(default_factory=list)
    entry_column: list[int] = field(default_factory=list)
    entry_value: list[float] = field(default_factory=list)

    def column(self, cost: float = 0.0, lower: float = 0.0, upper: float = 1.0, *, integer: bool = True) -> int:
        """A new column; returns its number."""
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.integer.append(integer)
        return len(self.cost) - 1

    def row(self, lower: float = -INFINITY, upper: float = INFINITY) -> int:
        """A new row; returns its number."""
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        return len(self.row_lower) - 1

    def put(self, row: int, column: int, value: float = 1.0) -> None:
        """Write one coefficient; each pair of row and column at most once."""
        self.entry_row.append(row)
        self.entry_column.append(column)
        self.entry_value.append(value)


class Solver:
    """HiGHS holding one model; bounds and costs may change between solves."""

    def __init__(self, model: LinearModel) -> None:
        import highspy  # reason: 6 MB of native code that only an allocation needs
        import numpy as np  # reason: comes with the solver

        self._highspy, self._np = highspy, np
        self.model = model
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # its stubs leave it open
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("parallel", "off"),
            ("random_seed", RANDOM_SEED),
            ("mip_heuristic_run_feasibility_jump", False),  # a quarter of a small model's time, seldom for anything
            ("mip_heuristic_run_shifting", True),
        ):
            self._highs.setOptionValue(name, value)
        self._highs.passModel(self._written())

    def _written(self) -> Any:
        np, highspy, model = self._np, self._highspy, self.model
        columns = np.asarray(model.entry_column, dtype=np.int32)
        order = np.argsort(columns, kind="stable")
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(model.cost), len(model.row_lower)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = (
            np.asarray(x, float) for x in (model.cost, model.lower, model.upper)
        )
        lp.row_lower_, lp.row_upper_ = np.asarray(model.row_lower, float), np.asarray(model.row_upper, float)
        counts = np.bincount(columns, minlength=len(model.cost))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        lp.a_matrix_.index_ = np.asarray(model.entry_row, dtype=np.int32)[order]
        lp.a_matrix_.value_ = np.asarray(model.entry_value, float)[order]
        return lp

    def relax(self, *, interior: bool = False) -> Outcome:
        """Solve without integrality."""
        self._integrality(whole=False)
        options = self._highs.setOptionValue
        options("solver", "ipm" if interior else "choose")
        options("presolve", "choose" if interior else "off")
        options("simplex_scale_strategy", AS_SET if interior else UNSCALED)
        self._highs.run()
        options("presolve", "choose")
        options("simplex_scale_strategy", AS_SET)
        return self._outcome(whole=False)

    def solve(self, limits: Limits | None = None, start: Sequence[float] | None = None) -> Outcome:
        """Solve with integrality, from a known solution if there is one."""
        limits = limits or Limits()
        self._integrality(whole=True)
        options = self._highs.setOptionValue
        options("mip_abs_gap", limits.gap)
        options("mip_rel_gap", limits.relative_gap)
        options("mip_max_nodes", limits.nodes if limits.nodes is not None else 2**31 - 1)
        options("time_limit", limits.seconds if limits.seconds is not None else INFINITY)
        options("objective_bound", limits.below)
        options("random_seed", RANDOM_SEED + limits.attempt)
        options("presolve", "off" if limits.attempt % 3 == 1 else "choose")
        options("mip_heuristic_run_feasibility_jump", limits.attempt % 3 == 2)
        for name, value in FEW_CUTS if limits.few_cuts else ():
            options(name, value)
        if start is not None:
            known = self._highspy.HighsSolution()
            known.col_value = list(start)
            self._highs.setSolution(known)
        with self._stopped_after(limits.rounds):
            self._highs.run()
        return self._outcome(whole=True)

    @contextmanager
    def _stopped_after(self, most: int | None) -> Iterator[None]:
        """Stop the search after that many of the solver's own rounds, once it has a solution; None: do not."""
        if most is None:
            yield
            return
        rounds = 0

        def count(event: Any) -> None:
            nonlocal rounds
            rounds += 1
            if rounds > most and event.data_out.mip_primal_bound < INFINITY:
                event.interrupt()

        self._highs.cbMipInterrupt.subscribe(count)
        yield
        self._highs.cbMipInterrupt.unsubscribe(count)

    def _integrality(self, *, whole: bool) -> None:
        kinds, np = self._highspy.HighsVarType, self._np
        count = len(self.model.cost)
        marks = [kinds.kInteger if whole and flag else kinds.kContinuous for flag in self.model.integer]
        self._highs.changeColsIntegrality(count, np.arange(count, dtype=np.int32), np.asarray(marks))

    def _outcome(self, *, whole: bool) -> Outcome:
        status, kinds = self._highs.getModelStatus(), self._highspy.HighsModelStatus
        if status == kinds.kInfeasible:
            return Outcome(Ending.INFEASIBLE, (), INFINITY, INFINITY)
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        values = list(solution.col_value) if solution.value_valid else []
        endings = {kinds.kOptimal: Ending.OPTIMAL, kinds.kInterrupt: Ending.ROUNDS, kinds.kSolutionLimit: Ending.NODES}
        ending = endings.get(status, Ending.LIMIT)
        bound = info.mip_dual_bound if whole else info.objective_function_value
        reduced = () if whole else list(solution.col_dual)
        return Outcome(ending, values, info.objective_function_value if values else INFINITY, bound, reduced)


def solver_version() -> str:
    """Name and version of the solver, for the protocol."""
    import highspy  # reason: 6 MB of native code that only an allocation needs

    return f"HiGHS {highspy.Highs().version()}"  # type: ignore[no-untyped-call]  # its stubs leave it open
