"""The optimiser in its own process: what it says is understood, and it never outlives whoever asked."""

from __future__ import annotations

import json

import pytest

from exhibitors.allocation.proposals.solver_process import Impossible, SolverEnded, SolverUnwanted, solving
from tests.fair_maker import a_random_fair

QUESTION = json.dumps(a_random_fair(12, 14, seed=7))
POLICY = "strict-merit"


def wanted() -> bool:
    return True


def test_draft_and_proof_come_from_one_process() -> None:
    with solving(QUESTION, POLICY, [0, 30]) as solver:
        answers = [json.loads(solver.next_answer(wanted)) for _ in range(2)]
    assert [answer["meta"]["proved"] for answer in answers] == [False, True]
    assert solver.process.poll() is not None


def test_what_cannot_be_is_told_with_its_reason() -> None:
    with solving('{"format": "another"}', POLICY, [0]) as solver, pytest.raises(Impossible) as impossible:
        solver.next_answer(wanted)
    assert set(impossible.value.no) == {"reason", "sentence", "clashes"}


def test_process_that_breaks_leaves_its_last_words() -> None:
    with solving(QUESTION, "no-such-policy", [0]) as solver, pytest.raises(SolverEnded, match="no-such-policy"):
        solver.next_answer(wanted)


def test_unwanted_search_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exhibitors.allocation.proposals.solver_process.LOOK_EVERY_SECONDS", 0.001)
    with solving(QUESTION, POLICY, [30]) as solver, pytest.raises(SolverUnwanted):
        solver.next_answer(lambda: False)
    assert solver.process.poll() is not None
