"""Improving a placement: the quick look at all blocks at once overlooks nothing that a close look would find."""

from __future__ import annotations

import pytest

from exhibitors.allocation.optimiser.applicants import ask
from exhibitors.allocation.optimiser.better_seats import exact_weights
from exhibitors.allocation.optimiser.occupancy import FREE, Occupancy
from exhibitors.allocation.optimiser.policies import Policy, standing_under
from exhibitors.allocation.optimiser.promising import Promising
from exhibitors.allocation.optimiser.reading import instance_from
from tests.benchmarks.allocation import by_hand
from tests.fair_maker import a_random_fair


@pytest.mark.parametrize("policy", [Policy.BANDED_MERIT, Policy.STRICT_MERIT, Policy.FAIREST_WISHES])
@pytest.mark.parametrize("seed", range(3))
def test_no_exchange_of_places_that_pays_is_overlooked(seed: int, policy: Policy) -> None:
    question = ask(instance_from(a_random_fair(60, 80, seed)))
    occupancy, wish_class = by_hand(question), standing_under(question, policy).wish_class
    promising = Promising(question, wish_class)
    promising.look(occupancy)
    weight = exact_weights(question, wish_class)
    paying = found = 0
    for number in sorted(set(occupancy.block_of) - set(question.pinned)):
        seen = {block for _, block in promising.blocks(number, occupancy.block_of[number])}
        for block in range(len(question.floor.blocks)):
            if question.fits(number, block) and pays(occupancy, weight, number, block):
                paying += 1
                found += block in seen
    assert found == paying
    assert paying


def pays(occupancy: Occupancy, weight: list[int], number: int, block: int) -> bool:
    """Whether moving to a free block, or changing places with the one who holds it all, lessens the total cost."""
    question, home = occupancy.question, occupancy.block_of[number]
    holders = {occupancy.holder[booth] for booth in question.floor.blocks[block].booths}

    def cost(who: int, where: int) -> float:
        rank = question.rank(who, where)
        return float("inf") if rank is None or not question.fits(who, where) else weight[who] * (rank - 1) ** 2

    gain = cost(number, home) - cost(number, block)
    if holders == {FREE}:
        return gain > 0
    other = min(holders)
    if len(holders) > 1 or other == number or other in question.pinned or occupancy.block_of.get(other) != block:
        return False
    return gain > 0 and cost(other, home) - cost(other, block) < gain
