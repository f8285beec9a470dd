"""Equal products are parted, by exchanges of two or by longer chains, and nobody pays for it with a rank."""

from __future__ import annotations

import pytest

from exhibitors.allocation.optimiser.allocation import assignments_of, conflicts_of
from exhibitors.allocation.optimiser.applicants import Question, ask
from exhibitors.allocation.optimiser.independent_check import violations
from exhibitors.allocation.optimiser.neighbours import Neighbours
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.reading import instance_from
from tests.benchmarks.allocation import by_hand
from tests.fair_maker import a_booth, a_question, a_random_fair, an_application

FEW_PRODUCTS = 9


def ranks(question: Question, occupancy: Occupancy) -> dict[int, int | None]:
    """What everybody got of its own list."""
    return {number: question.rank(number, block) for number, block in occupancy.block_of.items()}


@pytest.mark.parametrize("seed", range(6))
def test_parting_costs_no_rank_breaks_no_rule_and_is_the_same_twice(seed: int) -> None:
    fair = a_random_fair(90, 110, seed)
    for number, one in enumerate(fair["applications"]):
        one["product"] = f"product {number % FEW_PRODUCTS}"
    question = ask(instance_from(fair))
    parted = []
    for _ in range(2):
        occupancy = by_hand(question)
        before, met = ranks(question, occupancy), conflicts_of(occupancy)
        Neighbours(occupancy).settle()
        assert ranks(question, occupancy) == before
        assert met > conflicts_of(occupancy)
        assert not violations(question.instance, assignments_of(occupancy))
        parted.append(occupancy.block_of)
    assert parted[0] == parted[1]


def test_three_change_places_in_a_ring_where_no_two_can() -> None:
    booths = [
        a_booth("A", 1, 1, corner=True),
        a_booth("A", 1, 2, water=True),
        a_booth("A", 2, 1, water=True, cold=True),
        a_booth("A", 3, 1, cold=True),
    ]
    applications = [
        an_application(1, "A", product="honey", corner=True),
        an_application(2, "A", product="honey", water=True),
        an_application(3, "A", product="tea", cold=True),
        an_application(4, "A", product="wine"),
    ]
    question = ask(instance_from(a_question(booths, applications)))
    single = [block.id for block in question.floor.blocks if len(block.booths) == 1]
    occupancy = Occupancy(question, dict(enumerate(single)))
    assert conflicts_of(occupancy) == 1
    Neighbours(occupancy).settle()
    assert conflicts_of(occupancy) == 0
    assert set(occupancy.block_of) == {0, 1, 2, 3}


def test_both_of_a_pair_move_where_neither_alone_gets_away() -> None:
    """The double and the single face each other wherever only one of them goes."""
    booths = [a_booth("A", 1, pos, water=True) for pos in (1, 2, 3)] + [
        a_booth("A", 2, pos, cold=True) for pos in (2, 3)
    ]
    applications = [
        an_application(1, "A", product="honey", want=2, water=True),
        an_application(2, "A", product="tea", water=True),
        an_application(3, "A", product="honey", cold=True),
        an_application(4, "A", product="rice", cold=True),
    ]
    fair = a_question(booths, applications)
    fair["edges"] += [[f"A-1-0{pos}", f"A-2-0{pos}", "face"] for pos in (2, 3)]
    question = ask(instance_from(fair))
    places = enumerate([(1, 2), (0,), (3,), (4,)])
    occupancy = Occupancy(question, {number: question.floor.of_booths[booths] for number, booths in places})
    assert conflicts_of(occupancy) == 1
    Neighbours(occupancy).settle()
    assert conflicts_of(occupancy) == 0
