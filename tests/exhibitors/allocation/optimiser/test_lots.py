"""Between applicants as large and as weighty the better ticket is in, wherever it could stand; names play no part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from exhibitors.allocation.optimiser.admission import listed_places
from exhibitors.allocation.optimiser.applicants import Question, ask
from exhibitors.allocation.optimiser.lots import Lots
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.policies import Policy, Standing, standing_under
from exhibitors.allocation.optimiser.proof import prove_admission
from exhibitors.allocation.optimiser.reading import instance_from
from tests.fair_maker import a_random_fair


def a_file_of_equals(seed: int) -> dict[str, Any]:
    """A fair of 40 booths in which everybody has the same score, without quotas."""
    fair = a_random_fair(40, 70, seed)
    for one in fair["applications"]:
        one["score"], one["first_timer"], one["no_shows"] = 60, False, 0
    fair["policy"]["quotas"] = []
    return fair


def a_fair_of_equals(seed: int) -> tuple[Question, Standing]:
    """The same as the proof is asked for it."""
    question = ask(instance_from(a_file_of_equals(seed)))
    return question, standing_under(question, Policy.FAIREST_WISHES)


def passed_over(question: Question, occupancy: Occupancy, standing: Standing) -> list[tuple[int, int]]:
    """Pairs of one who waits and an equal who is in with a later turn, of whom the first could have the block."""
    caps = question.instance.rules.booths_per_producer
    pairs = []
    for one in question.applicants:
        if one.number in occupancy.block_of or one.number in question.pinned or not one.zones:
            continue
        zones, listed = listed_places(question, one)
        for other, block in occupancy.block_of.items():
            them, zone = question.applicants[other], question.floor.blocks[block].zone
            held = occupancy.booths_of[one.application.producer]
            held -= them.size * (them.application.producer == one.application.producer)
            watts = occupancy.power[zone] - them.application.power_w + one.application.power_w
            if (
                other not in question.pinned
                and (them.size, standing.weight[them.number]) == (one.size, standing.weight[one.number])
                and standing.turn[one.number] < standing.turn[them.number]
                and question.fits(one.number, block)
                and (zone in zones or block in listed)
                and held + one.size <= caps
                and watts <= occupancy.capacity[zone]
            ):
                pairs.append((one.number, other))
    return pairs


@pytest.mark.parametrize("seed", range(6))
def test_no_better_ticket_waits_for_the_block_of_an_equal(seed: int) -> None:
    question, standing = a_fair_of_equals(seed)
    proved = prove_admission(question, standing, None)
    assert proved is not None
    occupancy = Occupancy(question, proved[0])
    assert sum(standing.weight[number] for number in proved[0]) == proved[1].weight
    assert passed_over(question, occupancy, standing) == []


def test_worst_tickets_give_way_and_nothing_else_changes() -> None:
    question, standing = a_fair_of_equals(1)
    occupancy = Occupancy(question, {})
    for one in sorted(question.applicants, key=lambda one: one.ticket, reverse=True):
        if one.number not in occupancy.block_of and occupancy.may_enter(one.number):
            zones, listed = listed_places(question, one)
            free = [
                block
                for block in occupancy.free_blocks(one.size)
                if question.fits(one.number, block)
                and (question.floor.blocks[block].zone in zones or block in listed)
                and occupancy.power[question.floor.blocks[block].zone] + one.application.power_w
                <= occupancy.capacity[question.floor.blocks[block].zone]
            ]
            if free:
                occupancy.place(one.number, free[0])
    before = sum(standing.weight[number] for number in occupancy.block_of)
    assert passed_over(question, occupancy, standing)
    drawn = Lots(occupancy, standing).draw()
    assert drawn > 0
    assert passed_over(question, occupancy, standing) == []
    assert sum(standing.weight[number] for number in occupancy.block_of) == before


@pytest.mark.parametrize("seed", range(4))
def test_who_is_in_does_not_depend_on_what_applications_are_called(seed: int) -> None:
    """Whoever has the same turn under another name, elsewhere in the file, is in as before."""
    fair = a_file_of_equals(seed)
    names = {one["id"]: f"n{999 - place}" for place, one in enumerate(fair["applications"])}
    question, standing = a_fair_of_equals(seed)
    proved = prove_admission(question, standing, None)
    for one in fair["applications"]:
        one["id"] = names[one["id"]]
    fair["pins"] = {names[id_]: booths for id_, booths in fair["pins"].items()}
    renamed = ask(instance_from(fair))
    number_of = {names[one.application.id]: one.number for one in question.applicants}
    turn = tuple(standing.turn[number_of[one.application.id]] for one in renamed.applicants)
    again = prove_admission(renamed, replace(standing_under(renamed, Policy.FAIREST_WISHES), turn=turn), None)
    assert proved is not None
    assert again is not None
    assert [one.number for one in renamed.applicants] != [number_of[one.application.id] for one in renamed.applicants]
    assert {number_of[renamed.applicants[number].application.id] for number in again[0]} == set(proved[0])


def test_time_of_filing_decides_between_equals_where_it_is_the_policy() -> None:
    fair = a_random_fair(150, 230, 5)
    for place, one in enumerate(fair["applications"]):
        one["submitted"] = 1000 - place
    fair["policy"]["quotas"] = []
    question = ask(instance_from(fair))
    standing = standing_under(question, Policy.FIRST_COME)
    proved = prove_admission(question, standing, None)
    assert proved is not None
    assert passed_over(question, Occupancy(question, proved[0]), standing) == []
