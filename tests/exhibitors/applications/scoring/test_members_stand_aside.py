"""Members of a unit stand aside from its applications by that alone, whatever they are at the fair."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from accounts.organisation import actor_for, enrol
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.apply_for_booth import start_application
from exhibitors.applications.permissions import (
    may_cancel_application,
    may_read_application,
    may_score,
    may_screen,
    may_see_application,
)
from exhibitors.applications.queue_filters import QueueFilters
from exhibitors.applications.review.score_applications import score_application
from exhibitors.applications.review.who_reviews import Tie, tie_between
from exhibitors.applications.scoring.review_list import review_page
from exhibitors.applications.screen_applications import ask_for_changes, stage_decision
from exhibitors.applications.screening_queue import queue_page
from foundation import clock
from foundation.actor import Role
from foundation.refusal import Refused
from tests.cast import BASE_URL, a_producer
from tests.exhibitors.applications.scoring.conftest import Panel


@pytest.fixture
def board(panel: Callable[[], Panel]) -> Panel:
    return panel()


def test_member_of_the_unit_stands_aside_without_saying_so(store: Session, board: Panel) -> None:
    first, second = board.applications
    person = board.people[0]
    before = board.actor(0)
    stage_decision(store, board.actor(1), first, Decision.ACCEPT)
    enrol(store, person, first.producer.organisation, Role.READER)
    actor = board.actor(0)
    assert (actor.stands_aside, actor.aside_at, before.aside_at) == ({first.id}, {board.fair.id}, frozenset())
    asked = [may(actor, board.fair, first) for may in (may_read_application, may_screen, may_score)]
    assert asked == [False, False, False]
    assert may_read_application(actor, board.fair, second)
    assert may_see_application(actor, first)  # as the unit's own, on the producers' pages
    queue = queue_page(store, board.fair, QueueFilters(hidden=actor.stands_aside), 1)
    assert [row.code for row in queue.rows] == [second.code]
    aside = review_page(store, actor, board.fair, "aside", 1)
    assert [(row.code, row.tie) for row in aside.rows] == [(first.code, Tie.SAME_UNIT)]
    acts = (
        lambda: score_application(store, actor, first, board.points(5, 5)),
        lambda: stage_decision(store, actor, first, None),
        lambda: ask_for_changes(store, actor, first, points="x", due_at=clock.now(), base_url=BASE_URL),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason == "recused_same_unit"
    assert tie_between(store, before, first) is Tie.SAME_UNIT  # the membership is younger than this actor


def test_administrator_who_belongs_to_the_unit_leaves_it_to_another(store: Session, board: Panel) -> None:
    first, second = board.applications
    owner = board.leader.user
    enrol(store, owner, first.producer.organisation, Role.OWNER)
    owner.is_admin = True
    leader = actor_for(store, owner)
    seen = [may_read_application(leader, board.fair, one) for one in (first, second)]
    assert seen == [False, True]
    assert not may_cancel_application(leader, board.fair, first)
    assert may_screen(board.actor(1), board.fair, first)
    unit = a_producer(store, "HTX Chưa Nộp", "chuanop@units.example")
    start_application(store, unit.actor, board.fair, unit.producer)
    enrol(store, board.people[2], unit.producer.organisation, Role.OWNER)
    assert board.actor(2).aside_at == frozenset()  # nothing has been handed in that a page could keep from them
