"""What organiser and applicant read about a place: true to the answer, nobody named, nothing before its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from events.floor_plans.draw_floor_plan import block_booth
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.optimiser.explanations import Why
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.place_on_booth import move_to_booth
from exhibitors.allocation.proposals.adopt_proposal import adopt_proposal
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal
from exhibitors.allocation.proposals.explain_place import explained_place, explained_to_applicant
from exhibitors.allocation.proposals.reason_wording import reason_words
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import stage_decision
from foundation import clock
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.scenes import Play


def two_booths_for_three(session: Session, accepted: Screening) -> tuple[Screening, AllocationProposal]:
    """Two booths in use for three; the third unit has five stars, the first two as many points as each other."""
    for booth in accepted.booths:
        if booth.code not in {"A01", "B01"}:
            block_booth(session, accepted.organiser.actor, booth, "Chưa dựng")
    accepted.applications[2].producer.products[0].stars = 5
    session.commit()
    proposal = a_proposal(session, accepted, policy=Policy.STRICT_MERIT)
    adopt_proposal(session, accepted.organiser.actor, proposal)
    session.commit()
    return accepted, proposal


@pytest.fixture
def scarce(play: Play, accepted: Screening) -> tuple[Screening, AllocationProposal]:
    """Two booths in use for three; the third unit has five stars, the first two as many points as each other."""
    return play(two_booths_for_three, accepted)


def left_out(session: Session, screening: Screening) -> int:
    return next(n for n, one in enumerate(screening.applications) if not assignments_of(session, one.id))


def test_organiser_reads_wish_points_and_why_not(
    session: Session, scarce: tuple[Screening, AllocationProposal]
) -> None:
    screening, _ = scarce
    best = explained_place(session, screening.applications[2])
    assert best is not None
    assert (best.is_placed, best.outcome.rank, best.outcome.score, best.outcome.reasons) == (True, 1, 100, [])
    loser = screening.applications[left_out(session, screening)]
    explained = explained_place(session, loser)
    assert explained is not None
    assert (explained.is_placed, explained.outcome.waiting, explained.left_out) == (False, 1, 1)
    assert [(one["zone"], one["code"]) for one in explained.outcome.reasons] == [
        ("A", Why.HELD_BY_HIGHER),
        ("B", Why.HELD_BY_HIGHER),
        (None, Why.HELD_BY_HIGHER),
    ]
    assert [one["lowest_score"] for one in explained.outcome.reasons] == [100, 88, 88]


def test_applicant_reads_nothing_before_it_is_published(
    session: Session, scarce: tuple[Screening, AllocationProposal]
) -> None:
    screening, _ = scarce
    actor, loser = screening.organiser.actor, screening.applications[left_out(session, screening)]
    assert [explained_to_applicant(session, one) for one in screening.applications] == [None] * 3
    stage_decision(session, actor, loser, Decision.WAITLIST, reason="Đã hết gian.", reason_code=ReasonCode.NO_ROOM)
    publish_decisions(session, actor, screening.fair, confirm_by=clock.now() + timedelta(days=7), base_url=BASE_URL)
    told = [explained_to_applicant(session, one) for one in screening.applications]
    assert [one is not None and one.is_placed for one in told] == [one is not loser for one in screening.applications]


def test_moved_by_hand_the_computed_reason_no_longer_stands(
    session: Session, scarce: tuple[Screening, AllocationProposal]
) -> None:
    screening, _ = scarce
    best = screening.applications[2]
    [held] = assignments_of(session, best.id)
    other = next(one for one in screening.booths if one.code not in {"A01", "B01"})
    other.switch = "open"
    move_to_booth(session, screening.organiser.actor, held, other)
    assert explained_place(session, best) is None


FACTS = {
    Why.NO_ROW: {"booths": 2},
    Why.FACILITY_MISSING: {"needs": ["water", "cold"], "together": False},
    Why.HELD_BY_HIGHER: {"lowest_score": 88, "own_score": 73, "fitting": 3, "by_hand": 0},
    Why.NO_SEAT_FOR_OTHER: {"lowest_score": 60, "own_score": 73, "lower": 1},
    Why.POWER_FULL: {"watts_left": 500, "watts_needed": 1000},
    Why.TOTAL: {"lowest_score": 60, "own_score": 73},
}
NEVER_OF_A_ZONE = {Why.NOWHERE, Why.TOTAL}
OF_THE_WHOLE = {Why.QUOTA_FULL, Why.PRODUCER_CAP, Why.NOWHERE, Why.TOTAL, Why.HELD_BY_HIGHER}


@pytest.fixture
def sentences(app: Flask) -> dict[str, list[str]]:
    """Every reason under every policy, to both readers, by language."""
    reasons = [{"zone": "A", "code": code} | FACTS.get(code, {}) for code in Why if code not in NEVER_OF_A_ZONE]
    reasons += [{"zone": None, "code": code} | FACTS.get(code, {}) for code in OF_THE_WHOLE]
    said: dict[str, list[str]] = {}
    for language in ("vi", "en"):
        with app.test_request_context(environ_overrides={"gianhang.language": language}):
            said[language] = [
                reason_words(reason, policy, own=own)
                for reason in reasons
                for policy in Policy
                for own in (False, True)
            ]
    return said


def test_every_reason_has_a_sentence_in_both_languages(sentences: dict[str, list[str]]) -> None:
    everything = sentences["vi"] + sentences["en"]
    assert [one for one in everything if "%(" in one or not one.endswith(".")] == []
    assert [one for one in sentences["vi"] if one in sentences["en"]] == []


@pytest.mark.parametrize(
    ("lower", "no_seat", "told"),
    [
        (1, 0, "one by a unit with fewer points that would lose as much or more by making room."),
        (2, 2, "2 of them by units with fewer points that would have no place if they made room."),
        (3, 2, "3 of them by units with fewer points: 2 would have no place if they made room, the others would lose"),
    ],
)
def test_reason_says_what_room_would_have_cost_those_with_fewer_points(
    app: Flask, lower: int, no_seat: int, told: str
) -> None:
    reason = {"zone": "A", "code": Why.NO_SEAT_FOR_OTHER, "lower": lower, "no_seat": no_seat}
    with app.test_request_context(environ_overrides={"gianhang.language": "en"}):
        assert told in reason_words(reason, Policy.BANDED_MERIT)


def test_points_are_spoken_of_only_where_points_decide(app: Flask) -> None:
    with app.test_request_context(environ_overrides={"gianhang.language": "en"}):
        reason = {"zone": "A", "code": Why.HELD_BY_HIGHER} | FACTS[Why.HELD_BY_HIGHER]
        assert reason_words(reason, Policy.STRICT_MERIT, own=True) == (
            "Zone A: all its places are taken by units with at least 88 points; you have 73."
        )
        assert reason_words(reason, Policy.DRAW, own=True) == (
            "Zone A: all its places are taken by units whose turn came earlier."
        )
