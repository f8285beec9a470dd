"""Aiming near the bound finds what an ordinary search finds, and the rows for caps cut off nothing that can be."""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement

import pytest

from exhibitors.allocation.optimiser import aiming
from exhibitors.allocation.optimiser.admission import admission_model
from exhibitors.allocation.optimiser.aiming import least_whole
from exhibitors.allocation.optimiser.applicants import ask
from exhibitors.allocation.optimiser.linear_model import Ending, Limits, LinearModel, Solver
from exhibitors.allocation.optimiser.policies import Policy, standing_under
from exhibitors.allocation.optimiser.quota_rows import clashes
from exhibitors.allocation.optimiser.reading import instance_from
from tests.fair_maker import a_random_fair


def a_model(seed: int) -> LinearModel:
    """Who is in at a fair of 60 booths."""
    question = ask(instance_from(a_random_fair(60, 90, seed)))
    return admission_model(question, standing_under(question, Policy.BANDED_MERIT)).model


@pytest.mark.parametrize("nodes", [1, aiming.NODES])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_aiming_finds_what_an_ordinary_search_finds(seed: int, nodes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aiming, "NODES", nodes)
    model = a_model(seed)
    aimed, plain = least_whole(model, None), Solver(model).solve(Limits(gap=aiming.WHOLE))
    assert aimed.ending is Ending.OPTIMAL
    assert round(aimed.cost) == round(plain.cost) == round(aimed.bound)


def test_what_cannot_be_is_said_to_be_impossible() -> None:
    model = LinearModel()
    column = model.column(-1.0, upper=3.0)
    model.put(model.row(0.4, 0.6), column)  # half an applicant would do
    assert least_whole(model, None).ending is Ending.INFEASIBLE


def test_clock_that_ran_out_is_told() -> None:
    assert least_whole(a_model(1), 0.0).ending is Ending.LIMIT


def test_optimum_far_from_the_bound_is_found() -> None:
    model = LinearModel()
    columns = [model.column(-70.0) for _ in range(3)]
    for pair in combinations(columns, 2):  # the linear program takes half of each: 105 where 70 is all there is
        row = model.row(upper=1.0)
        for column in pair:
            model.put(row, column)
    assert round(least_whole(model, None).cost) == -70


@pytest.mark.parametrize("most", [1, 2, 3, 4, 6])
def test_rows_for_caps_cut_off_nothing_that_can_be(most: int) -> None:
    for count in range(1, 6):
        for sizes in combinations_with_replacement((1, 2, 3), count):
            rows = [(limit, set(some)) for some, limit in clashes(sizes, most).items()]
            for together in (set(some) for size in range(count + 1) for some in combinations(range(count), size)):
                fits = sum(sizes[place] for place in together) <= most
                assert not fits or all(len(together & some) <= limit for limit, some in rows)


def test_two_large_applications_of_one_producer_are_known_to_exclude_each_other() -> None:
    assert clashes([1, 3], 3) == {(0, 1): 1}
    assert clashes([1, 2, 2], 3)[1, 2] == 1
