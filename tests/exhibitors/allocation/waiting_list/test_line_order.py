"""Freed booths are offered by the rule that filled the board, and the page of the line says which that is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from exhibitors.allocation.optimiser.lottery import commitment_of, ticket
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.proposals.adopt_proposal import adopt_proposal
from exhibitors.allocation.proposals.lottery_draw import commit_draw
from exhibitors.allocation.proposals.undo_adoption import undo_adoption
from exhibitors.allocation.waiting_list.next_in_line import next_offers
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.exhibitors.allocation.waiting_list.conftest import freed
from tests.exhibitors.conftest import Visitor
from tests.scenes import Play

pytestmark = pytest.mark.each_database

POINTS = "Thứ tự theo điểm, bằng điểm thì theo bốc thăm."
DRAWN = "Thứ tự chỉ theo bốc thăm, như trên bảng; không tính điểm."
SENT = "Thứ tự theo thời điểm gửi hồ sơ, như trên bảng; không tính điểm."
SECOND, THIRD = 1, 2


def drawn(session: Session, waiting: Screening, first: str, other: str) -> None:
    """A draw whose tickets put the one before the other."""
    draw = commit_draw(session, waiting.organiser.actor, waiting.fair)
    draw.seed = next(seed for seed in map(str, range(99)) if ticket(seed, first) < ticket(seed, other))
    draw.commitment = commitment_of(draw.seed)


@pytest.mark.parametrize(
    ("policy", "next_one", "words"),
    [
        (Policy.BANDED_MERIT, THIRD, POINTS),
        (Policy.STRICT_MERIT, THIRD, POINTS),
        (Policy.FAIREST_WISHES, THIRD, POINTS),
        (Policy.FIRST_COME, SECOND, SENT),
        (Policy.DRAW, SECOND, DRAWN),
    ],
)
def test_line_follows_the_policy_on_the_board(
    play: Play,
    visit: Callable[..., Visitor],
    session: Session,
    waiting: Screening,
    policy: Policy,
    next_one: int,
    words: str,
) -> None:
    """The third unit has more points; the second sent earlier and has the better ticket."""
    drawn(session, waiting, "00002", "00003")
    adopt_proposal(session, waiting.organiser.actor, play(a_proposal, waiting, policy=policy))
    freed(session, waiting)
    [offer] = next_offers(session, waiting.fair)
    assert offer.application is waiting.applications[next_one]
    page = visit(waiting.organiser.user.email).get(f"/organise/fairs/{waiting.fair.slug}/waiting-list").text
    assert words in page


def test_by_ticket_alone_the_later_one_with_more_points_may_be_first(
    play: Play, session: Session, waiting: Screening
) -> None:
    drawn(session, waiting, "00003", "00002")
    adopt_proposal(session, waiting.organiser.actor, play(a_proposal, waiting, policy=Policy.DRAW))
    freed(session, waiting)
    [offer] = next_offers(session, waiting.fair)
    assert offer.application is waiting.applications[THIRD]


def test_taken_off_the_board_its_policy_counts_no_more(play: Play, session: Session, waiting: Screening) -> None:
    actor = waiting.organiser.actor
    proposal = play(a_proposal, waiting, policy=Policy.FIRST_COME)
    adopt_proposal(session, actor, proposal)
    undo_adoption(session, actor, proposal)
    freed(session, waiting)
    [offer] = next_offers(session, waiting.fair)
    assert offer.application is waiting.applications[THIRD]


def test_without_a_draw_the_page_says_that_the_sending_parts_equals(
    visit: Callable[..., Visitor], waiting: Screening
) -> None:
    page = visit(waiting.organiser.user.email).get(f"/organise/fairs/{waiting.fair.slug}/waiting-list").text
    assert "bằng điểm thì theo thời điểm gửi hồ sơ." in page
