"""Scoring: what counts, who may, who stands aside, and that standing aside is enforced wherever one could act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import OrganisationKind, actor_for, enrol
from events.fairs.permissions import may_enter_desk, may_score_some
from events.places.locality import Locality
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.decide_many import Step, decide_many
from exhibitors.applications.permissions import (
    may_read_application,
    may_score,
    may_screen,
)
from exhibitors.applications.queue_filters import QueueFilters
from exhibitors.applications.review.application_review import Recusal, ReviewSummary, Score
from exhibitors.applications.review.review_round import find_criterion
from exhibitors.applications.review.score_applications import score_application, stand_aside
from exhibitors.applications.review.set_up_review import (
    lift_recusal,
    place_reviewer,
    remove_criterion,
    set_criterion,
)
from exhibitors.applications.review.who_reviews import Tie, note_if_tied, tie_between
from exhibitors.applications.scoring.assign_reviewers import assign_reviewers
from exhibitors.applications.scoring.compare_scores import ScoreFilters, score_page
from exhibitors.applications.scoring.review_list import next_to_score, review_page
from exhibitors.applications.scoring.review_progress import review_progress
from exhibitors.applications.screen_applications import ask_for_changes, stage_decision, take_up
from exhibitors.applications.screening_queue import queue_page
from foundation import clock
from foundation.actor import Role
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.cast import BASE_URL
from tests.exhibitors.applications.scoring.conftest import Panel


@pytest.fixture
def board(panel: Callable[[], Panel]) -> Panel:
    return panel()


def summary_of(session: Session, application: BoothApplication) -> tuple[int, int | None, int | None] | None:
    found = session.get(ReviewSummary, application.id, populate_existing=True)
    return (found.reviews, found.mean, found.median) if found else None


def test_points_are_weighed_and_the_table_shows_middle_and_spread(store: Session, board: Panel) -> None:
    first = board.applications[0]
    for place, given in enumerate([(5, 5), (1, 5), (3, 1)]):
        score_application(store, board.actor(place), first, board.points(*given))
    assert summary_of(store, first) == (3, 54, 38)  # 100, 25 and 37.5
    row = score_page(store, board.fair, ScoreFilters(sort="spread"), 1).rows[0]
    assert (row.code, row.mean, row.median, row.lowest, row.highest, row.spread) == (first.code, 54, 38, 25, 100, 75)
    assert sorted(total for _, total in row.given) == [25, 38, 100]
    score_application(store, board.actor(0), first, board.points(1, 1))
    assert summary_of(store, first) == (3, 21, 25)


def test_new_criterion_leaves_reviews_unwhole_and_its_end_makes_them_whole(store: Session, board: Panel) -> None:
    first = board.applications[0]
    score_application(store, board.actor(0), first, board.points(5, 5))
    third = set_criterion(store, board.leader.actor, board.fair, name_vi="Độc đáo", weight=10)
    assert summary_of(store, first) is None
    assert review_page(store, board.actor(0), board.fair, "done", 1).counts["done"] == 0
    known = find_criterion(store, board.fair, third.id)
    assert known is not None
    remove_criterion(store, board.leader.actor, board.fair, known)
    assert summary_of(store, first) == (1, 100, 100)


@pytest.mark.parametrize(
    ("given", "reason"),
    [((5,), "scores_missing"), ((0, 3), "scores_wrong"), ((6, 3), "scores_wrong")],
)
def test_points_that_do_not_count(store: Session, board: Panel, given: tuple[int, ...], reason: str) -> None:
    points = dict(zip(board.criteria, given, strict=False))
    with pytest.raises(Refused) as refused:
        score_application(store, board.actor(0), board.applications[0], points)
    assert refused.value.reason == reason
    assert store.scalars(select(Score)).all() == []


def test_round_has_its_days_and_decided_applications_keep_their_scores(store: Session, board: Panel) -> None:
    now = clock.now()
    reasons = []
    for rules in ({"opens_at": now + timedelta(days=1)}, {"closes_at": now - timedelta(days=1)}, {}):
        board.rule(**rules)
        if not rules:
            board.applications[0].state = ApplicationState.ACCEPTED.value
        with pytest.raises(Refused) as refused:
            score_application(store, board.actor(0), board.applications[0], board.points(3, 3))
        reasons.append(refused.value.reason)
    assert reasons == ["round_not_open", "round_not_open", "score_too_late"]
    with pytest.raises(Refused) as refused:
        board.rule(opens_at=now, closes_at=now)
    assert refused.value.reason == "review_order"


def test_whoever_stands_aside_neither_sees_nor_scores_nor_decides(store: Session, board: Panel) -> None:
    first, second = board.applications
    score_application(store, board.actor(0), first, board.points(5, 5))
    score_application(store, board.actor(1), first, board.points(1, 1))
    stand_aside(store, board.actor(0), first, " Em ruột làm ở đó ")
    assert summary_of(store, first) == (1, 0, 0)  # the points given are taken out
    actor = board.actor(0)
    asked = [may(actor, board.fair, first) for may in (may_read_application, may_screen, may_score)]
    assert asked == [False, False, False]
    assert may_read_application(actor, board.fair, second)
    queue = queue_page(store, board.fair, QueueFilters(hidden=actor.stands_aside), 1)
    assert [row.code for row in queue.rows] == [second.code]
    acts = (
        lambda: score_application(store, actor, first, board.points(5, 5)),
        lambda: take_up(store, actor, first),
        lambda: stage_decision(store, actor, first, Decision.ACCEPT),
        lambda: ask_for_changes(store, actor, first, points="x", due_at=clock.now(), base_url=BASE_URL),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason == "recused_declared"
    with pytest.raises(Refused) as refused:
        stand_aside(store, actor, first, "Lần nữa")
    assert refused.value.reason == "recused_declared"


def test_old_actor_of_somebody_who_has_stood_aside_is_refused_too(store: Session, board: Panel) -> None:
    actor = board.actor(0)
    stand_aside(store, actor, board.applications[0], "Người nhà")
    with pytest.raises(Refused) as refused:
        score_application(store, actor, board.applications[0], board.points(5, 5))
    assert refused.value.reason == "recused_declared"


def test_leader_who_stands_aside_is_kept_away_like_anybody(store: Session, board: Panel) -> None:
    first = board.applications[0]
    stand_aside(store, board.leader.actor, first, "Vợ chồng")
    leader = actor_for(store, board.leader.user)
    assert not may_read_application(leader, board.fair, first)
    hidden = ScoreFilters(hidden=leader.stands_aside)
    assert [row.code for row in score_page(store, board.fair, hidden, 1).rows] == [board.applications[1].code]
    recusal = store.get_one(Recusal, (first.id, leader.user_id))
    with pytest.raises(Refused) as refused:
        lift_recusal(store, leader, board.fair, recusal)
    assert refused.value.reason == "recusal_own"


def test_member_of_the_unit_and_neighbour_cannot_score_and_it_is_kept(store: Session, board: Panel) -> None:
    first, second = board.applications
    enrol(store, board.people[0], first.producer.organisation, Role.READER)
    assert first.producer.organisation.kind == OrganisationKind.PRODUCER
    home = store.get_one(Locality, second.producer.locality_id)
    place_reviewer(store, board.leader.actor, board.fair, board.people[1].id, home)
    ties = [
        [tie_between(store, board.actor(place), application) for application in board.applications] for place in (0, 1)
    ]
    assert ties == [[Tie.SAME_UNIT, None], [Tie.SAME_PLACE, Tie.SAME_PLACE]]
    done = decide_many(store, board.actor(1), board.fair, {second.code: None}, Step.ACCEPT)
    assert [(code, refusal.reason) for code, refusal in done.refused] == [(second.code, "recused_same_place")]
    kept = store.scalars(select(AuditEntry).where(AuditEntry.what == "review.turned_away")).all()
    assert [(entry.actor_id, entry.thing_id) for entry in kept] == [(board.people[1].id, second.id)]
    board.rule(recuses_by_locality=False)
    assert tie_between(store, board.actor(1), second) is None


def test_other_refusals_leave_nothing_in_the_trail(store: Session, board: Panel) -> None:
    note_if_tied(store, board.actor(0), board.applications[0], Refused("round_not_open"))
    store.flush()
    assert store.scalars(select(AuditEntry).where(AuditEntry.what == "review.turned_away")).all() == []


def test_blind_round_closes_the_desk_to_reviewers_until_it_ends(store: Session, board: Panel) -> None:
    first = board.applications[0]
    board.rule(is_blind=True)
    actor = board.actor(0)
    assert (may_enter_desk(actor, board.fair), may_score_some(actor, board.fair)) == (False, True)
    assert not may_read_application(actor, board.fair, first)
    assert may_score(actor, board.fair, first)
    score_application(store, actor, first, board.points(4, 4))
    with pytest.raises(Refused) as refused:
        score_application(store, board.leader.actor, first, board.points(4, 4))
    assert refused.value.reason == "score_sees_names"
    assert may_enter_desk(actor_for(store, board.leader.user), board.fair)
    board.rule(is_blind=True, closes_at=clock.now() - timedelta(minutes=1))
    assert may_enter_desk(board.actor(0), board.fair)


def test_applications_are_shared_out_evenly_past_those_who_are_tied(store: Session, board: Panel) -> None:
    stand_aside(store, board.actor(0), board.applications[0], "Người nhà")
    people = [person.id for person in board.people]
    shared = assign_reviewers(store, board.leader.actor, board.fair, people, of_each=2)
    assert (shared.made, shared.short) == (4, 0)
    assert sorted(one.asked for one in review_progress(store, board.fair) if one.asked) == [1, 1, 2]
    again = assign_reviewers(store, board.leader.actor, board.fair, people, of_each=3)
    assert (again.made, again.short) == (1, 1)  # the third stands aside from one of the two
    nobody = assign_reviewers(store, board.leader.actor, board.fair, people, of_each=3)
    assert nobody.made == 0


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"people": []}, "reviewers_missing"),
        ({"people": [999_999]}, "reviewer_unknown"),
        ({"of_each": 4}, "reviews_wrong"),
        ({"of_each": 0}, "reviews_wrong"),
        ({"zone": "Z"}, "nothing_to_review"),
        ({"codes": ["KHONG-CO"]}, "code_unknown"),
    ],
)
def test_sharing_out_refuses_what_means_nothing(
    store: Session, board: Panel, facts: dict[str, object], reason: str
) -> None:
    usual: dict[str, object] = {"people": [person.id for person in board.people], "of_each": 1}
    asked = usual | facts
    people = asked.pop("people")
    with pytest.raises(Refused) as refused:
        assign_reviewers(store, board.leader.actor, board.fair, people, **asked)  # type: ignore[arg-type]  # mixed facts
    assert refused.value.reason == reason


def test_list_of_a_reviewer_goes_on_to_what_is_left(store: Session, board: Panel) -> None:
    codes = sorted(application.code for application in board.applications)
    assert next_to_score(store, board.actor(0), board.fair, codes[0]) == codes[1]
    assert next_to_score(store, board.actor(0), board.fair, codes[1]) == codes[0]
    for application in board.applications:
        score_application(store, board.actor(0), application, board.points(4, 4))
    assert next_to_score(store, board.actor(0), board.fair, codes[1]) is None
    page = review_page(store, board.actor(0), board.fair, "done", 1)
    assert [(row.code, row.total) for row in page.rows] == [(code, 75) for code in codes]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"name_vi": " "}, "criterion_name_missing"),
        ({"name_vi": "x" * 121}, "criterion_name_too_long"),
        ({"name_vi": "Bao bì"}, "criterion_taken"),
        ({"weight": 0}, "criterion_weight"),
        ({"weight": 101}, "criterion_weight"),
    ],
)
def test_criterion_has_a_name_of_its_own_and_a_weight(
    store: Session, board: Panel, facts: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        set_criterion(store, board.leader.actor, board.fair, **({"name_vi": "Mới", "weight": 5} | facts))  # type: ignore[arg-type]  # mixed facts
    assert refused.value.reason == reason
