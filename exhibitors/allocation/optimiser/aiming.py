"""Proves the least cost, a whole number, by aiming just above what the linear program leaves possible.

A search that may only find answers near the bound is soon over where there is none, and small where there is one: most
of what would cost more can be left out. Where nothing reaches the aim, it is set further off, by more each time.
Whether a solution turns up at once or after a thousand nodes is luck; hence short attempts, each another way through.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import count
from math import ceil

from exhibitors.allocation.optimiser.linear_model import INFINITY, Ending, Limits, LinearModel, Outcome, Solver

WHOLE = 0.99  # totals are whole numbers: less than one apart is the same
TOLERANCE = 1e-4
AIMS = (0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32)  # how far above the bound to look, one after the other, and then anywhere
NODES, ATTEMPTS, MORE = 40, 6, 2  # nodes of an attempt; after so many attempts, so many times as many nodes
NONE = Outcome(Ending.INFEASIBLE, (), INFINITY, INFINITY)


def least_whole(model: LinearModel, seconds: float | None) -> Outcome:
    """The solution of least cost, a whole number for every solution; ends with LIMIT where the clock ran out."""
    relaxed = Solver(model).relax()
    if relaxed.ending is Ending.INFEASIBLE:
        return relaxed
    ends = None if seconds is None else time.monotonic() + seconds
    least: float = ceil(relaxed.bound - TOLERANCE)
    for further in (*AIMS, INFINITY):
        outcome = _up_to(least + further, model, ends)
        if outcome.ending is not Ending.INFEASIBLE:
            return outcome
        least += further + 1
    return NONE


def _up_to(most: float, model: LinearModel, ends: float | None) -> Outcome:
    """The solution of least cost if that is `most` or less, "infeasible" if it is more."""
    found = NONE
    for attempt in count():
        below = min(most, found.cost - 1) + 0.5
        nodes = NODES * MORE ** (attempt // ATTEMPTS)
        seconds = None if ends is None else max(0.0, ends - time.monotonic())
        limits = Limits(gap=WHOLE, nodes=nodes, seconds=seconds, few_cuts=True, below=below, attempt=attempt)
        outcome = Solver(model).solve(limits)
        if outcome.values and outcome.cost < below:
            found = outcome
        if outcome.ending is Ending.LIMIT:
            return outcome
        if outcome.ending is not Ending.NODES:
            break
    return replace(found, ending=Ending.OPTIMAL, bound=found.cost) if found.values else NONE
