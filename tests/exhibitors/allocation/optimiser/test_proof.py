"""The proof of who is in leaves less than a point open; the search for places ends after a fixed number of rounds."""

from __future__ import annotations

from exhibitors.allocation.optimiser.applicants import Question, ask
from exhibitors.allocation.optimiser.linear_model import Ending, Limits, Outcome, Solver
from exhibitors.allocation.optimiser.placement import placement_model
from exhibitors.allocation.optimiser.policies import Policy, standing_under
from exhibitors.allocation.optimiser.proof import bounds_of, prove_admission
from exhibitors.allocation.optimiser.reading import instance_from
from tests.fair_maker import a_random_fair


def a_question(seed: int) -> Question:
    """A fair of 60 booths."""
    return ask(instance_from(a_random_fair(60, 90, seed)))


def test_proof_of_who_is_in_leaves_less_than_a_point_open() -> None:
    question = a_question(5)
    standing = standing_under(question, Policy.BANDED_MERIT)
    proved = prove_admission(question, standing, None)
    assert proved is not None
    assert sum(standing.weight[number] for number in proved[0]) == proved[1].weight
    assert proved[1].weight <= (bounds_of(question, standing).weight or 0)


def test_search_ended_by_rounds_ends_the_same_every_time() -> None:
    question = a_question(3)
    standing = standing_under(question, Policy.BANDED_MERIT)
    proved = prove_admission(question, standing, None)
    assert proved is not None

    def search(rounds: int | None) -> Outcome:
        placement = placement_model(question, standing.wish_class, proved[0])
        return Solver(placement.packing.model).solve(Limits(gap=0.99, rounds=rounds))

    short, again, whole = search(0), search(0), search(None)
    assert (short.ending, whole.ending) == (Ending.ROUNDS, Ending.OPTIMAL)
    assert (short.values, short.bound) == (again.values, again.bound)
    assert short.bound <= whole.cost <= short.cost
