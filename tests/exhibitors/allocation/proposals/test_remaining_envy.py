"""Units that would rather stand where fewer points stand: counted and told with why that was not changed."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from exhibitors.allocation.optimiser.explanations import Why
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal
from exhibitors.allocation.proposals.remaining_envy import remaining_envy
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.exhibitors.conftest import Visitor

if TYPE_CHECKING:
    from flask import Flask

HELD_BY_LOWER = {"zone": "A", "code": Why.NO_SEAT_FOR_OTHER.value, "lower": 3, "no_seat": 2, "lowest_score": 40}


@pytest.fixture
def envied(session: Session, accepted: Screening) -> AllocationProposal:
    """Two of three units found the zone of their wish with lower points on it."""
    proposal = a_proposal(session, accepted)
    for outcome, score in zip(proposal.outcomes[:2], (60, 80), strict=True):
        outcome.score, outcome.reasons = score, [HELD_BY_LOWER]
    session.commit()
    return proposal


def test_most_points_come_first_with_what_making_room_would_do(envied: AllocationProposal) -> None:
    envies = remaining_envy(envied.outcomes, Policy.BANDED_MERIT)
    assert [(one.outcome.score, one.zone, one.lower, one.no_seat, one.worse) for one in envies] == [
        (80, "A", 3, 2, 1),
        (60, "A", 3, 2, 1),
    ]


def test_nobody_is_counted_where_points_do_not_decide(envied: AllocationProposal) -> None:
    assert remaining_envy(envied.outcomes, Policy.DRAW) == []


def test_organiser_reads_who_and_why(
    app: Flask, session: Session, envied: AllocationProposal, accepted: Screening
) -> None:
    address, email = f"/organise/fairs/{accepted.fair.slug}/proposals/{envied.number}", accepted.organiser.user.email
    session.commit()
    page = unescape(Visitor(app, email).get(address).text)
    assert "Muốn chỗ đang thuộc đơn vị ít điểm hơn" in page
    assert "Ở 2 chỗ, đơn vị đang giữ sẽ không còn gian nào nếu phải nhường." in page
    assert "Ở 1 chỗ, đơn vị đang giữ có thể đứng nơi khác nhưng thiệt bằng hoặc hơn phần được lợi." in page
