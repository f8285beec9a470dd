"""Allocating again after publication: nobody lost, only those moved who must be."""

from __future__ import annotations

import random
from typing import Any

import pytest

from exhibitors.allocation.optimiser.allocate import allocate
from exhibitors.allocation.optimiser.allocation import Allocation
from exhibitors.allocation.optimiser.independent_check import violations
from exhibitors.allocation.optimiser.reading import instance_from
from tests.fair_maker import a_question, a_random_fair, a_row, an_application


def level(answer: Allocation, name: str) -> int:
    return next(one.value for one in answer.levels if one.name == name)


def published(question: dict[str, Any], answer: Allocation) -> dict[str, Any]:
    gone = {one["id"] for one in question["applications"] if one["withdrawn"]}
    places = {id_: list(booths) for id_, booths in answer.assignments.items() if id_ not in gone}
    return question | {"published": places}


@pytest.mark.parametrize("seed", range(6))
def test_after_withdrawals_and_lost_booths_nobody_published_is_lost(seed: int) -> None:
    question = a_random_fair(60, 60, seed)
    answer = allocate(instance_from(question))
    chance = random.Random(seed)  # noqa: S311 - chance only shapes test data
    for id_ in chance.sample(sorted(answer.assignments), 4):
        next(one for one in question["applications"] if one["id"] == id_)["withdrawn"] = True
    again = published(question, answer)
    held = sorted(booth for booths in again["published"].values() for booth in booths)
    blocked = chance.choice(held)
    next(booth for booth in again["booths"] if booth["id"] == blocked)["blocked"] = True
    changed = allocate(instance_from(again))
    assert violations(instance_from(again), changed.assignments) == []
    moved = next(one for one in changed.levels if one.name == "published_moved")
    assert level(changed, "published_lost") == 0
    assert moved.bound is not None
    assert 1 <= moved.bound <= moved.value <= moved.bound * 1.2
    assert moved.value == len(changed.facts["moved"])


def test_nothing_changes_when_nothing_happened() -> None:
    question = a_random_fair(40, 45, seed=2)
    answer = allocate(instance_from(question))
    assert allocate(instance_from(published(question, answer))).assignments == answer.assignments


def test_freed_better_booth_is_offered_to_the_higher_and_taken_by_nobody() -> None:
    asking = [an_application(number, "Z1-1-01", "Z2", score=90 - 20 * number) for number in range(3)]
    question = a_question([*a_row("Z1", 1, 1), *a_row("Z2", 1, 2)], asking)
    answer = allocate(instance_from(question))
    assert answer.assignments["A0000"] == ("Z1-1-01",)
    asking[0]["withdrawn"] = True
    changed = allocate(instance_from(published(question, answer)))
    assert changed.assignments == {id_: answer.assignments[id_] for id_ in ("A0001", "A0002")}
    (offer,) = changed.facts["offers"]
    assert offer == {"application": "A0001", "booths": ["Z1-1-01"], "rank": 1, "now": 2}


def test_one_moves_so_that_a_trio_that_lost_its_row_is_not_lost() -> None:
    booths = [*a_row("Z1", 1, 3), *a_row("Z2", 1, 4)]
    asking = [an_application(1, "Z1", want=3, score=80), an_application(2, "Z2-1-02", score=60)]
    question = a_question(booths, asking)
    answer = allocate(instance_from(question))
    assert answer.assignments["A0002"] == ("Z2-1-02",)
    booths[1]["blocked"] = True
    changed = allocate(instance_from(published(question, answer)))
    assert level(changed, "published_lost") == 0
    assert changed.facts["moved"] == ["A0001", "A0002"]
