"""Whole allocations: valid, best at each level, the same however the file is ordered."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest

from exhibitors.allocation.optimiser.allocate import Effort, allocate
from exhibitors.allocation.optimiser.applicants import ask
from exhibitors.allocation.optimiser.independent_check import violations
from exhibitors.allocation.optimiser.instance import BadInstance
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.optimiser.reading import instance_from
from tests.fair_maker import a_booth, a_question, a_random_fair, a_row, an_application


def shuffled(question: dict[str, Any], seed: int) -> dict[str, Any]:
    order = random.Random(seed)  # noqa: S311 - any order will do
    mixed = dict(question)
    for name in ("applications", "booths", "zones", "edges"):
        mixed[name] = order.sample(question[name], len(question[name]))
    return mixed


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("proved", [False, True])
def test_random_fair_is_allocated_validly_and_repeats_to_the_byte(policy: Policy, proved: bool) -> None:
    question = a_random_fair(40, 45, seed=3)
    instance = instance_from(question)
    answer = allocate(instance, policy, Effort(proved=proved))
    assert violations(instance, answer.assignments) == []
    assert len(answer.assignments) + len(answer.waitlist) == 45
    again = allocate(instance_from(shuffled(question, 5)), policy, Effort(proved=proved))
    assert again.to_json() == answer.to_json()


@pytest.mark.parametrize("policy", [Policy.FIRST_COME, Policy.DRAW])
def test_fair_of_hundreds_is_allocated_where_everybody_is_a_class_of_its_own(policy: Policy) -> None:
    """The weights of some 400 classes, each above the next, would not fit into a float."""
    instance = instance_from(a_random_fair(400, 450, seed=2))
    answer = allocate(instance, policy)
    assert violations(instance, answer.assignments) == []
    assert len(answer.assignments) > 200


def best_priority(instance: Any) -> int:
    """By trying everything: only for a handful of applications."""
    question = ask(instance)
    choices = [
        [None, *(b for zone in one.zones for b in question.blocks_in(one.number, zone) if question.rank(one.number, b))]
        for one in question.applicants
    ]
    best = 0
    for chosen in product(*choices):
        booths = instance.booths
        seats = {
            one.application.id: [booths[booth].id for booth in question.floor.blocks[block].booths]
            for one, block in zip(question.applicants, chosen, strict=True)
            if block is not None
        }
        total = sum(question.applicants[question.applicant_number[id_]].weight for id_ in seats)
        if total > best and not violations(instance, seats):
            best = total
    return best


@pytest.mark.parametrize("seed", range(6))
def test_priority_is_the_best_that_trying_everything_finds(seed: int) -> None:
    question = a_random_fair(8, 5, seed)
    question["policy"]["quotas"] = []
    instance = instance_from(question)
    answer = allocate(instance, effort=Effort(proved=True))
    reached = next(level for level in answer.levels if level.name == "priority")
    assert reached.value == best_priority(instance)


def test_higher_band_holds_the_booth_that_everybody_wants() -> None:
    wanted = "Z1-1-02"
    asking = [an_application(number, wanted, score=40 + 5 * number) for number in range(10)]
    answer = allocate(instance_from(a_question(a_row("Z1", 1, 10), asking)))
    assert answer.assignments["A0009"] == (wanted,)
    assert len(answer.assignments) == 10


def test_pin_on_a_blocked_booth_is_named_with_its_remedy() -> None:
    question = a_question([a_booth("Z1", 1, 1, blocked=True), a_booth("Z1", 1, 2)], [an_application(1)])
    question["pins"] = {"A0001": ["Z1-1-01"]}
    with pytest.raises(BadInstance) as refused:
        allocate(instance_from(question))
    assert refused.value.reason == "pins_clash"
    assert "BLOCKED A0001: unblock the booth or pin another one" in str(refused.value)
