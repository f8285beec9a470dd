"""Allocates the booths of a fair: who is in, then where, then neighbours; checked before it is handed out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from exhibitors.allocation.optimiser.aiming import TOLERANCE
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
from exhibitors.allocation.optimiser.changes import changes_of, moves_of
from exhibitors.allocation.optimiser.draft import Draft
from exhibitors.allocation.optimiser.independent_check import violations
from exhibitors.allocation.optimiser.instance import Instance
from exhibitors.allocation.optimiser.least_change import Change, change_least
from exhibitors.allocation.optimiser.linear_model import RANDOM_SEED, solver_version
from exhibitors.allocation.optimiser.neighbours import Neighbours
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.organiser_conflicts import refuse_what_cannot_be
from exhibitors.allocation.optimiser.placement import DRAW_SHARE
from exhibitors.allocation.optimiser.policies import Policy, Standing, standing_under
from exhibitors.allocation.optimiser.proof import Bounds, bounds_of, prove_admission, prove_placement


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try; `who_alone` proves who is in and looks no further for where they stand best."""

    proved: bool = False
    seconds: float | None = None
    who_alone: bool = False


class BrokenAllocation(Exception):
    """The independent check found a broken rule: a fault of the program, never handed out."""


def allocate(instance: Instance, policy: Policy = Policy.BANDED_MERIT, effort: Effort | None = None) -> Allocation:
    """A checked allocation; refuses with BadInstance what no allocation could satisfy."""
    effort = effort or Effort()
    question = ask(instance)
    refuse_what_cannot_be(question)
    standing = standing_under(question, policy)
    if instance.published is not None:
        return _finished(question, policy, standing, _changed(question, standing))
    search = _proved(question, standing, effort) if effort.proved else _drafted(question, standing)
    _settle(search.occupancy, standing)
    return _finished(question, policy, standing, search)


def _settle(occupancy: Occupancy, standing: Standing) -> None:
    """Better seats, then better neighbours; again while an exchange of neighbours opens a better seat to somebody."""
    better, neighbours = BetterSeats(occupancy, standing.wish_class), Neighbours(occupancy)
    better.improve()
    neighbours.settle()
    while better.improve():
        neighbours.settle()


@dataclass(frozen=True, slots=True)
class Search:
    """What a search ended with."""

    occupancy: Occupancy
    bounds: Bounds
    proved: bool
    least_regret: float | None = None
    by_clock: bool = False
    """Who is in is proved, but the search for where they stand was ended by the clock: it cannot be repeated."""
    to_the_end: bool = False
    """No better places can be found for those who are in, by the weights of their classes; otherwise a fixed number of
    rounds, the same everywhere, or the clock ended the search for them.
    """
    change: Change | None = None


def _changed(question: Question, standing: Standing) -> Search:
    change = change_least(question, standing)
    _settle(change.occupancy, standing)
    occupancy = Occupancy(question, change.occupancy.block_of)
    return Search(occupancy, bounds_of(question, standing), proved=True, change=change)


def _drafted(question: Question, standing: Standing) -> Search:
    draft = Draft(question, standing)
    occupancy = draft.make()
    return Search(occupancy, Bounds(0, None if draft.rough else draft.bound), proved=False)


def _proved(question: Question, standing: Standing, effort: Effort) -> Search:
    admitted = prove_admission(question, standing, effort.seconds)
    if admitted is None:
        return _drafted(question, standing)
    witness, bounds = admitted
    placed = None if effort.who_alone else prove_placement(question, standing, witness, effort.seconds)
    if placed is None:
        return Search(Occupancy(question, witness), bounds, proved=True, by_clock=True)
    least = placed.least_cost if len(set(standing.wish_class)) == 1 else None
    occupancy = Occupancy(question, placed.seats)
    return Search(
        occupancy,
        bounds,
        proved=True,
        least_regret=least,
        by_clock=placed.by_clock,
        to_the_end=placed.to_the_end,
    )


def _finished(question: Question, policy: Policy, standing: Standing, search: Search) -> Allocation:
    occupancy = search.occupancy
    assignments = assignments_of(occupancy)
    broken = violations(question.instance, assignments)
    if broken:
        raise BrokenAllocation(f"{len(broken)} rules broken, first {broken[0]}")
    return Allocation(
        policy.value,
        assignments,
        waitlist_of(occupancy, policy),
        _levels(question, standing, search),
        ({"ended_by_clock": True} if search.by_clock else {})
        | {"places_searched_to_the_end": search.to_the_end}
        | {"proved": search.proved, "random_seed": RANDOM_SEED, "solver": solver_version()}
        | changes_of(question, standing, occupancy),
    )


def _levels(question: Question, standing: Standing, search: Search) -> tuple[Level, ...]:
    occupancy, bounds = search.occupancy, search.bounds
    applicants, weight = question.applicants, standing.weight
    pinned = sum(weight[number] for number in question.pinned)
    reached = sum(weight[number] for number in occupancy.block_of)
    conflicts = conflicts_of(occupancy)
    levels = [
        Level("quota_shortfall", occupancy.shortfall(), bounds.shortfall, "less"),
        *_levels_of_change(question, search),
        Level("standing", reached, None if bounds.weight is None else max(reached, bounds.weight + pinned), "more"),
        Level("regret", regret_of(occupancy), _least_regret(search), "less"),
        Level("conflicts", conflicts, 0 if conflicts == 0 else None, "less"),
    ]
    scores = sum(applicants[number].weight for number in occupancy.block_of)
    if scores != reached:
        levels.append(Level("priority", scores, None, "more"))
    else:
        levels = [replace(level, name="priority") if level.name == "standing" else level for level in levels]
    return tuple(levels)


def _levels_of_change(question: Question, search: Search) -> list[Level]:
    if search.change is None:
        return []
    lost, moved = moves_of(question, search.occupancy)
    return [
        Level("published_lost", len(lost), 0, "less"),
        Level("published_moved", len(moved), min(len(moved), search.change.least_moves), "less"),
    ]


def _least_regret(search: Search) -> int | None:
    """Proved for one class only: with several, the wishes of the higher ones come first."""
    if search.least_regret is None:
        return None
    return min(regret_of(search.occupancy), ceil(search.least_regret / (1 + DRAW_SHARE) - TOLERANCE))
