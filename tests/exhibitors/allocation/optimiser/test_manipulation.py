"""Nobody gains by a list of wishes that says less, or more, than the truth."""

from __future__ import annotations

import random
from typing import Any

import pytest

from exhibitors.allocation.optimiser.allocate import Effort, allocate
from exhibitors.allocation.optimiser.applicants import ask
from exhibitors.allocation.optimiser.reading import instance_from
from tests.fair_maker import a_random_fair

NOWHERE = 99  # worse than every rank
TRIALS = 6


def seats(question: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return allocate(instance_from(question), effort=Effort(proved=True)).assignments


def with_wishes(question: dict[str, Any], wishes: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    asking = [one | {"prefs": wishes.get(one["id"], one["prefs"])} for one in question["applications"]]
    return question | {"applications": asking}


def disappointed(question: dict[str, Any], found: dict[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """Those who take anything, wish for several places and did not get the first."""
    return [
        one
        for one in question["applications"]
        if one["accept_any"] and len(one["prefs"]) > 1 and true_rank(question, one["id"], found) > 1
    ][:TRIALS]


def true_rank(question: dict[str, Any], id_: str, found: dict[str, tuple[str, ...]]) -> int:
    """Of the place somebody got, on the list as it was meant."""
    if id_ not in found:
        return NOWHERE
    asked = ask(instance_from(question))
    block = asked.floor.of_booths[tuple(sorted(asked.floor.booth_number[booth] for booth in found[id_]))]
    return asked.rank(asked.applicant_number[id_], block) or NOWHERE


@pytest.mark.parametrize("seed", [1, 2])
def test_shorter_list_gains_nothing(seed: int) -> None:
    question = a_random_fair(50, 60, seed)
    found = seats(question)
    tempted = disappointed(question, found)
    assert tempted
    for one in tempted:
        got = seats(with_wishes(question, {one["id"]: one["prefs"][:1]}))
        assert true_rank(question, one["id"], got) >= true_rank(question, one["id"], found)


@pytest.mark.parametrize("seed", [1, 2])
def test_zones_closed_to_the_category_change_nothing_in_a_list(seed: int) -> None:
    question = a_random_fair(50, 60, seed)
    allowed = question["policy"]["zone_categories"]
    first = min(allowed)
    allowed[first] = ["fresh"]
    found = seats(question)
    outside = [one for one in disappointed(question, found) if one["category"] != "fresh"]
    assert outside
    padded = {one["id"]: [{"zone": first}, *one["prefs"]] for one in outside}
    assert seats(with_wishes(question, padded)) == found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_wishes_of_those_who_take_anything_decide_nothing_about_who_is_in(seed: int) -> None:
    question = a_random_fair(50, 60, seed)
    chance = random.Random(seed)  # noqa: S311 - chance only shapes test data
    zones = sorted(question["policy"]["zone_categories"])
    drawn = {
        one["id"]: [{"zone": zone} for zone in chance.sample(zones, min(2, len(zones)))]
        for one in question["applications"]
        if one["accept_any"]
    }
    assert seats(with_wishes(question, drawn)).keys() == seats(question).keys()
