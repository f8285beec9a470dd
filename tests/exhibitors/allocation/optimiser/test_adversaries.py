"""Fairs made to break an optimiser end with a checked allocation or a named reason, never with an exception."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibitors.allocation.optimiser.allocate import Effort, allocate
from exhibitors.allocation.optimiser.applicants import ask
from exhibitors.allocation.optimiser.independent_check import shortfall, violations
from exhibitors.allocation.optimiser.instance import BadInstance
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.optimiser.reading import instance_from
from tests.fair_maker import CATEGORIES, a_booth, a_question, a_row, an_application

FLAGS = ("corner", "water", "cold", "fire")


@st.composite
def fairs(draw: st.DrawFn) -> dict[str, Any]:
    """Small fairs with broken rows, locks, reservations, scarce power, tight and contradicting quotas, odd pins."""
    flag = st.booleans()
    booths = [
        a_booth(zone, row, pos, **{name: draw(flag) for name in FLAGS}, blocked=draw(st.integers(0, 9)) == 0)
        for zone in ("Z1", "Z2")
        for row in (1, 2)
        for pos in sorted(draw(st.sets(st.integers(1, 7), max_size=5)))
    ] or [a_booth("Z1", 1, 1)]
    if draw(flag):
        booths[0]["reserved"] = {"field": "entity", "value": "coop"}
    zones = sorted({booth["zone"] for booth in booths})
    wishes = st.lists(st.sampled_from([*zones, *(booth["id"] for booth in booths)]), max_size=4)
    asking = [
        an_application(
            number,
            *draw(wishes),
            want=draw(st.integers(1, 3)),
            score=draw(st.integers(0, 100)),
            power_w=draw(st.sampled_from([0, 1000, 3000])),
            category=draw(st.sampled_from(CATEGORIES)),
            entity=draw(st.sampled_from(["household", "coop"])),
            locality=draw(st.sampled_from(["L1", "L2"])),
            accept_any=draw(flag),
            withdrawn=draw(st.integers(0, 7)) == 0,
            **{name: draw(st.integers(0, 5)) == 0 for name in FLAGS},
        )
        for number in range(draw(st.integers(1, 9)))
    ]
    least = draw(st.integers(0, 4))
    quotas = [
        {"id": "q1", "field": "locality", "value": "L1", "min": least, "max": draw(st.sampled_from([None, 1, 2]))},
        {"id": "q2", "field": "entity", "value": "coop", "min": 0, "max": draw(st.integers(0, 3))},
    ]
    question = a_question(booths, asking, power_w=draw(st.sampled_from([0, 2000, 6000])), quotas=quotas)
    question["policy"]["zone_categories"][zones[-1]] = draw(st.lists(st.sampled_from(CATEGORIES), unique=True))
    if draw(st.integers(0, 3)) == 0:
        question["pins"] = {asking[0]["id"]: [booth["id"] for booth in booths[: asking[0]["want"]]]}
    return question


@settings(max_examples=40, derandomize=True)
@given(question=fairs(), policy=st.sampled_from(list(Policy)), proved=st.booleans())
def test_odd_fair_ends_with_a_checked_allocation_or_a_named_reason(
    question: dict[str, Any], policy: Policy, proved: bool
) -> None:
    instance = instance_from(question)
    live = {one["id"] for one in question["applications"] if not one["withdrawn"]}
    if violations(instance, {id_: booths for id_, booths in instance.pins.items() if id_ in live}):
        with pytest.raises(BadInstance) as refused:
            allocate(instance, policy, Effort(proved=proved))
        assert refused.value.reason == "pins_clash"
        return
    answer = allocate(instance, policy, Effort(proved=proved))
    assert violations(instance, answer.assignments) == []
    missing = next(level for level in answer.levels if level.name == "quota_shortfall")
    assert missing.value == sum(shortfall(instance, answer.assignments).values())
    assert missing.bound is not None
    assert missing.bound <= missing.value


@settings(max_examples=15, derandomize=True)
@given(question=fairs())
def test_draft_misses_no_quota_seat_that_the_proof_fills_and_never_beats_the_proof(question: dict[str, Any]) -> None:
    instance = instance_from(question | {"pins": {}})
    draft, proof = (allocate(instance, effort=Effort(proved=proved)) for proved in (False, True))
    totals = [
        (
            sum(shortfall(instance, one.assignments).values()),
            -sum(a.weight for a in ask(instance).applicants if a.application.id in one.assignments),
        )
        for one in (draft, proof)
    ]
    assert totals[1] <= totals[0]


def test_everybody_wants_the_same_booth() -> None:
    asking = [an_application(number, "Z1-1-01", accept_any=False) for number in range(30)]
    answer = allocate(instance_from(a_question(a_row("Z1", 1, 30), asking)))
    assert list(answer.assignments.values()) == [("Z1-1-01",)]
    assert len(answer.waitlist) == 29


def test_no_trio_fits_into_rows_of_two() -> None:
    booths = [booth for row in range(1, 9) for booth in a_row("Z1", row, 2)]
    answer = allocate(instance_from(a_question(booths, [an_application(n, want=3) for n in range(8)])))
    assert answer.assignments == {}


def test_power_for_half_seats_half() -> None:
    asking = [an_application(number, power_w=1000) for number in range(20)]
    answer = allocate(instance_from(a_question(a_row("Z1", 1, 20), asking, power_w=10_000)))
    assert len(answer.assignments) == 10


def test_quotas_that_contradict_each_other_leave_the_least_shortfall_named() -> None:
    quotas = [
        {"id": "at least six of L1", "field": "locality", "value": "L1", "min": 6, "max": None},
        {"id": "at most two households", "field": "entity", "value": "household", "min": 0, "max": 2},
    ]
    asking = [an_application(number) for number in range(8)]
    instance = instance_from(a_question(a_row("Z1", 1, 8), asking, quotas=quotas))
    answer = allocate(instance, effort=Effort(proved=True))
    assert shortfall(instance, answer.assignments) == {"at least six of L1": 4}
    missing = next(level for level in answer.levels if level.name == "quota_shortfall")
    assert missing.proved


@pytest.mark.parametrize("withdrawn", [False, True])
def test_one_application(withdrawn: bool) -> None:
    answer = allocate(instance_from(a_question(a_row("Z1", 1, 1), [an_application(1, withdrawn=withdrawn)])))
    assert len(answer.assignments) == 1 - withdrawn
    assert answer.waitlist == ()
