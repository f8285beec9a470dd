"""Allocates again after publication: as few missing quota seats as can be, nobody published lost, as few moved as can
be, then the highest priority, then near their old place, then wishes. Whoever need not move stays; better booths that
came free are offered in order and never taken silently.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, hypot

from exhibitors.allocation.optimiser.aiming import TOLERANCE, WHOLE
from exhibitors.allocation.optimiser.applicants import Question, ask
from exhibitors.allocation.optimiser.linear_model import Limits, Solver
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.placement import PlacementModel, add_stay, placement_model, seats_of_placement
from exhibitors.allocation.optimiser.policies import Standing

POINT = 1000.0  # one point of priority, in units of squared ranks
MISSING_SEAT = 10_000.0  # in points: more than any admission
LOST = 1_000.0
HEAVIEST_CLASS = 512.0
FAR = 0.5  # squared ranks for a hundred metres: the first tie-break for those who must move


@dataclass(frozen=True, slots=True)
class Change:
    """What a re-run did: who had to move, at least how many had to, and who lost the place."""

    occupancy: Occupancy
    forced: tuple[int, ...]
    least_moves: int


def change_least(question: Question, standing: Standing) -> Change:
    """A new allocation of a published fair."""
    published = published_places(question)
    kept = _valid_together(question, published)
    victims = [number for number in published if number not in kept]
    occupancy = _around(question, standing, kept, published)
    least = len(victims)
    if _lost(occupancy, published) or occupancy.shortfall():
        freed = _movers(question, standing, published, kept)
        if freed is not None:
            kept, least = freed
            occupancy = _around(question, standing, kept, published)
    return Change(occupancy, tuple(victims), least)


def published_places(question: Question) -> dict[int, tuple[int, ...]]:
    """Booths of those who were published, have not withdrawn and are not pinned anyway."""
    numbers, booths = question.applicant_number, question.floor.booth_number
    return {
        numbers[id_]: tuple(sorted(booths[booth] for booth in taken))
        for id_, taken in (question.instance.published or {}).items()
        if not question.applicants[numbers[id_]].application.withdrawn and numbers[id_] not in question.pinned
    }


def _valid_together(question: Question, published: dict[int, tuple[int, ...]]) -> dict[int, int]:
    """Published places that can stand side by side; where a rule now binds, those of the lowest score go first."""
    occupancy = Occupancy(question, {})
    kept: dict[int, int] = {}
    for number in sorted(published, key=lambda n: (-question.applicants[n].score, question.applicants[n].ticket)):
        block = question.floor.of_booths.get(published[number])
        if block is None or not question.fits(number, block) or question.rank(number, block) is None:
            continue
        found = question.floor.blocks[block]
        watts = occupancy.power[found.zone] + question.applicants[number].application.power_w
        free = all(booth in occupancy.free_booths for booth in found.booths)
        if free and watts <= occupancy.capacity[found.zone] and occupancy.may_enter(number):
            occupancy.place(number, block)
            kept[number] = block
    return kept


def _around(
    question: Question, standing: Standing, kept: dict[int, int], published: dict[int, tuple[int, ...]]
) -> Occupancy:
    """Seat everybody else on what those who stay leave free; those who stay count as pinned meanwhile."""
    fixed = fixed_question(question, kept)
    candidates = [one.number for one in fixed.applicants if one.zones and one.number not in fixed.pinned]
    loss = {number: POINT * (standing.weight[number] + (LOST if number in published else 0.0)) for number in candidates}
    placement = placement_model(fixed, standing.wish_class, candidates, heaviest=HEAVIEST_CLASS, loss=loss)
    _price_distance(placement, published)
    for column in placement.shortfall.values():
        placement.packing.model.cost[column] = MISSING_SEAT * POINT
    outcome = Solver(placement.packing.model).solve(Limits(gap=POINT / 2, nodes=2000))
    return Occupancy(fixed, seats_of_placement(placement, outcome.values) if outcome.values else {})


def fixed_question(question: Question, kept: dict[int, int]) -> Question:
    """The same question with some places made by hand."""
    instance = question.instance
    pins = {
        question.applicants[number].application.id: tuple(
            instance.booths[booth].id for booth in question.floor.blocks[block].booths
        )
        for number, block in kept.items()
    }
    return ask(replace(instance, pins=instance.pins | pins))


def _price_distance(placement: PlacementModel, published: dict[int, tuple[int, ...]]) -> None:
    """Those who must move would rather stay near."""
    question, cost = placement.packing.question, placement.packing.model.cost
    booths, zones = question.instance.booths, question.instance.zones
    for (number, zone), column in placement.in_zone.items():
        if published.get(number):
            old = booths[published[number][0]]
            home = zones[question.floor.zone_number[old.zone]]
            cost[column] += FAR * hypot(zones[zone].x - home.x, zones[zone].y - home.y) / 100


def _lost(occupancy: Occupancy, published: dict[int, tuple[int, ...]]) -> bool:
    return any(number not in occupancy.block_of for number in published)


def _movers(
    question: Question, standing: Standing, published: dict[int, tuple[int, ...]], kept: dict[int, int]
) -> tuple[dict[int, int], int] | None:
    """Who stays when as few as can be move so that nobody is lost and quotas are kept; and the least number, proved."""
    candidates = [one.number for one in question.applicants if one.zones and one.number not in question.pinned]
    placement = placement_model(question, standing.wish_class, candidates, loss=dict.fromkeys(candidates, 0.0))
    stays = {number: add_stay(placement, number, block) for number, block in kept.items()}
    model = placement.packing.model
    model.cost = [0.0] * len(model.cost)
    moves = [(number, column) for (number, _), column in (*placement.in_zone.items(), *placement.on_block.items())]
    for number, column in (*moves, *placement.off_list.items()):
        model.cost[column] = float(number in published)
    for number, column in placement.without.items():
        model.cost[column] = LOST * (number in published)
    for column in placement.shortfall.values():
        model.cost[column] = MISSING_SEAT
    outcome = Solver(model).solve(Limits(gap=WHOLE, nodes=5000))
    if not outcome.values:
        return None
    staying = {number: block for number, block in kept.items() if outcome.values[stays[number]] > 0.5}
    heavier = sum(model.cost[column] * outcome.values[column] for column in placement.shortfall.values())
    heavier += sum(model.cost[column] * outcome.values[column] for column in placement.without.values())
    return staying, max(0, ceil(outcome.bound - heavier - TOLERANCE))
