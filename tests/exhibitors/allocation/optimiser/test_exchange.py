"""Letting in whom the search left out: a gain in priority, or nothing is touched."""

from __future__ import annotations

import pytest

from exhibitors.allocation.optimiser.allocation import assignments_of
from exhibitors.allocation.optimiser.applicants import ask
from exhibitors.allocation.optimiser.exchange import Exchange
from exhibitors.allocation.optimiser.independent_check import shortfall, violations
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.policies import Policy, standing_under
from exhibitors.allocation.optimiser.reading import instance_from
from tests.benchmarks.allocation import by_hand
from tests.fair_maker import a_booth, a_question, a_random_fair, an_application


@pytest.mark.parametrize("seed", range(6))
def test_exchanges_raise_the_priority_and_break_no_rule(seed: int) -> None:
    question = ask(instance_from(a_random_fair(60, 90, seed)))
    occupancy = by_hand(question)
    weight = standing_under(question, Policy.BANDED_MERIT).weight

    def value() -> int:
        missing = sum(shortfall(question.instance, assignments_of(occupancy)).values())
        return sum(weight[number] for number in occupancy.block_of) - 1000 * missing

    before, made = value(), Exchange(occupancy, weight).run()
    assert (value() > before) == (made > 0)
    assert not violations(question.instance, assignments_of(occupancy))


def test_trio_enters_where_three_light_ones_can_go_elsewhere_or_out() -> None:
    booths = [a_booth("A", 1, pos) for pos in (1, 2, 3)] + [a_booth("B", 1, 1)]
    light = [an_application(number, "A", score=20) for number in (1, 2, 3)]
    lightest = an_application(4, "B", score=10)
    trio = an_application(5, "A", score=50, want=3)
    question = ask(instance_from(a_question(booths, [*light, lightest, trio])))
    occupancy = Occupancy(question, {})
    for number, booth in enumerate(booths):
        occupancy.place(number, question.floor.of_booths[(question.floor.booth_number[booth["id"]],)])
    assert Exchange(occupancy, standing_under(question, Policy.BANDED_MERIT).weight).run() == 1
    answer = assignments_of(occupancy)
    assert len(answer["A0005"]) == 3
    assert "A0004" not in answer
    assert len(set(answer) & {"A0001", "A0002", "A0003"}) == 1


def test_nobody_enters_over_the_cap_of_its_producer() -> None:
    booths = [a_booth("A", 1, pos) for pos in (1, 2)]
    rich = [an_application(number, "A", score=90, producer="P") for number in (1, 2)]
    poor = an_application(3, "A", score=20)
    question = ask(instance_from(a_question(booths, [*rich, poor], max_booths_per_producer=1)))
    occupancy = Occupancy(question, {})
    occupancy.place(0, question.floor.of_booths[(0,)])
    occupancy.place(2, question.floor.of_booths[(1,)])
    assert Exchange(occupancy, standing_under(question, Policy.BANDED_MERIT).weight).run() == 0
    assert sorted(assignments_of(occupancy)) == ["A0001", "A0003"]


def test_a_producer_at_its_cap_gives_up_a_lighter_application_for_a_weightier_one() -> None:
    booths = [a_booth("A", 1, pos) for pos in (1, 2)] + [a_booth("B", 1, 1)]
    others = [an_application(number, "A", score=20) for number in (1, 2)]
    light = an_application(3, "B", score=40, producer="P")
    heavy = an_application(4, "A", score=90, want=2, producer="P")
    question = ask(instance_from(a_question(booths, [*others, light, heavy], max_booths_per_producer=2)))
    occupancy = Occupancy(question, {})
    for number, booth in enumerate(booths):
        occupancy.place(number, question.floor.of_booths[(question.floor.booth_number[booth["id"]],)])
    assert Exchange(occupancy, standing_under(question, Policy.BANDED_MERIT).weight).run() == 1
    answer = assignments_of(occupancy)
    assert len(answer["A0004"]) == 2
    assert "A0003" not in answer
    assert not violations(question.instance, answer)
