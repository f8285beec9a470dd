"""The pages of scoring: points, faults beside their criteria, standing aside, setting the round up, the table."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from accounts.organisation import enrol
from events.fairs.fair import Fair
from exhibitors.applications.review.application_review import Recusal, ReviewAssignment, Score
from exhibitors.applications.review.review_round import Criterion, ReviewRound
from foundation.actor import Role
from foundation.audit_trail import AuditEntry
from tests.cast import OrganiserPlayer, a_producer, a_submitted_application, an_organiser
from tests.exhibitors.applications.scoring.conftest import Panel
from tests.exhibitors.conftest import Visitor
from tests.typed_form import typed_form

REVIEWER = "r1@reviewers.example"
LEADER = "btc@halong.example"


@pytest.fixture
def board(panel: Callable[[], Panel]) -> Panel:
    return panel()


def at(board: Panel, rest: str) -> str:
    return f"/organise/fairs/{board.fair.slug}/{rest}"


def review(board: Panel, place: int, rest: str = "") -> str:
    return at(board, f"review/{board.applications[place].code}{rest}")


def test_reviewer_scores_one_after_another_and_comes_back_to_the_list(
    visit: Callable[..., Visitor], board: Panel
) -> None:
    browser = visit(REVIEWER)
    codes = sorted(application.code for application in board.applications)
    page = browser.get(at(board, f"review/{codes[0]}"))
    assert page.status_code == 200
    assert "Chất lượng" in page.text
    points = {f"c{criterion}": "4" for criterion in board.criteria}
    answer = browser.post(at(board, f"review/{codes[0]}/score"), **points, go="next")
    assert answer.headers["Location"].endswith(f"/review/{codes[1]}")
    browser.get(answer.headers["Location"])
    answer = browser.post(at(board, f"review/{codes[1]}/score"), **points, go="next")
    assert answer.headers["Location"].endswith("/review")
    done = browser.get(at(board, "review?view=done")).text
    assert done.count('<b class="cntr">75</b>') == 2
    board.session.commit()
    assert board.session.scalar(sa.select(sa.func.count(Score.id))) == 4


def test_missing_points_come_back_beside_their_criterion_with_the_others_kept(
    visit: Callable[..., Visitor], board: Panel
) -> None:
    browser = visit(REVIEWER)
    browser.get(review(board, 0))
    answer = browser.post(review(board, 0, "/score"), **{f"c{board.criteria[0]}": "5"})
    assert answer.status_code == 422
    assert "Hãy cho từ 1 đến 5 điểm." in answer.text
    chosen = re.findall(r"<input checked[^>]*>", answer.text)
    assert [(f'name="c{board.criteria[0]}"' in box, 'value="5"' in box) for box in chosen] == [(True, True)]
    assert browser.post(review(board, 0, "/score"), **{f"c{one}": "9" for one in board.criteria}).status_code == 422
    board.session.commit()
    assert board.session.scalars(sa.select(Score)).all() == []


def test_scores_of_others_are_shown_after_ones_own(visit: Callable[..., Visitor], board: Panel) -> None:
    board.rule()
    other = visit("r2@reviewers.example")
    other.get(review(board, 0))
    other.post(review(board, 0, "/score"), **{f"c{criterion}": "2" for criterion in board.criteria})
    browser = visit(REVIEWER)
    before = browser.get(review(board, 0)).text
    assert "Hiện sau khi bạn đã cho điểm của mình." in before
    assert '<b class="end">25</b>' not in before
    queue = browser.get(at(board, "applications?sort=score&score=0")).text
    assert queue.count("data-row") == 2  # neither filter nor column tells the score
    assert ">25<" not in queue
    browser.get(review(board, 0))
    browser.post(review(board, 0, "/score"), **{f"c{criterion}": "5" for criterion in board.criteria})
    assert '<b class="end">25</b>' in browser.get(review(board, 0)).text
    assert ">63<" in visit(LEADER).get(at(board, "applications")).text


def test_blind_page_hides_name_and_place_within_words_too(visit: Callable[..., Visitor], board: Panel) -> None:
    board.rule(is_blind=True)
    board.applications[0].note = "Chúng tôi là htx rua vang ở Bình Liêu, xin gian góc"
    browser = visit(REVIEWER)
    page = browser.get(review(board, 0))
    assert page.status_code == 200
    assert "xin gian góc" in page.text
    for word in ("Rùa Vàng", "rua vang", "Bình Liêu"):
        assert word not in page.text
    assert "Rùa Vàng" not in browser.get(at(board, "review")).text
    assert browser.get(at(board, "applications")).status_code == 404
    assert at(board, "review") in browser.get("/organise").text
    assert "HTX Rùa Vàng" in visit(LEADER).get(review(board, 0)).text


def test_standing_aside_needs_a_reason_and_closes_the_application(visit: Callable[..., Visitor], board: Panel) -> None:
    browser = visit(REVIEWER)
    browser.get(review(board, 0))
    empty = browser.post(review(board, 0, "/aside"), reason=" ")
    assert empty.status_code == 422
    assert "Hãy nói ngắn gọn vì sao bạn xin không chấm." in empty.text
    assert browser.post(review(board, 0, "/aside"), reason="Người nhà").status_code == 303
    code = board.applications[0].code
    closed = (review(board, 0), at(board, f"applications/{code}"), at(board, f"applications/{code}/papers"))
    answers = [browser.get(path) for path in closed]
    assert [(one.status_code, "Bạn đã báo có liên quan đến cơ sở này" in one.text) for one in answers] == [
        (403, True)
    ] * 3
    queue = browser.get(at(board, "applications")).text
    assert (code in queue, "Có hồ sơ không hiển thị với bạn" in queue) == (False, True)
    assert code in browser.get(at(board, "review?view=aside")).text
    leader = visit(LEADER)
    assert "Người nhà" in leader.get(at(board, "review-setup")).text
    reviewer = board.people[0].id
    assert leader.post(at(board, f"review-setup/recusals/{code}/{reviewer}/lift")).status_code == 303
    assert browser.get(review(board, 0)).status_code == 200


def test_member_of_the_unit_is_told_why_their_try_is_kept_and_another_decides(
    visit: Callable[..., Visitor], store: Session, board: Panel
) -> None:
    first, second = board.applications
    number = first.id
    enrol(store, board.people[0], first.producer.organisation, Role.READER)
    browser, leader = visit(REVIEWER), visit(LEADER)
    queue = browser.get(at(board, "applications")).text
    assert (first.code in queue, second.code in queue, "Có hồ sơ không hiển thị với bạn" in queue) == (
        False,
        True,
        True,
    )
    said = "Bạn thuộc cơ sở này nên không chấm và không quyết định hồ sơ của cơ sở."
    assert said in browser.get(at(board, "review?view=aside")).text
    facts = {"decision": "accept", "version": "1"}
    for path in (review(board, 0, "/score"), at(board, f"applications/{first.code}/decision")):
        answer = browser.post(path, **facts)
        assert (answer.status_code, said in answer.text) == (403, True)
    assert leader.get(at(board, f"applications/{first.code}")).status_code == 200
    assert leader.post(at(board, f"applications/{first.code}/decision"), decision="accept").status_code == 303
    tried = sa.select(AuditEntry.thing_id).where(AuditEntry.what == "review.turned_away")
    assert store.scalars(tried).all() == [number, number]


def test_what_one_stands_aside_from_is_named_before_there_is_anything_to_score(
    visit: Callable[..., Visitor], store: Session, fair: Fair, organiser: OrganiserPlayer
) -> None:
    unit = a_producer(store, "HTX Rùa Vàng", "rua@units.example")
    code = a_submitted_application(store, fair, unit).code
    enrol(store, organiser.user, unit.producer.organisation, Role.OWNER)
    page = visit(organiser.user.email).get(f"/organise/fairs/{fair.slug}/review?view=aside").text
    assert (code in page, "Bạn thuộc cơ sở này" in page, "hãy mời thêm người" in page) == (True, True, True)


def test_member_of_a_unit_at_a_fair_of_others_finds_no_desk_there(
    visit: Callable[..., Visitor], store: Session, board: Panel
) -> None:
    unit = board.applications[0].producer
    elsewhere = an_organiser(store, "Ban tổ chức Móng Cái", "khac@organisers.example")
    enrol(store, elsewhere.user, unit.organisation, Role.OWNER)
    browser = visit("khac@organisers.example")
    code = board.applications[0].code
    closed = (review(board, 0), at(board, f"applications/{code}"))
    assert [browser.get(path).status_code for path in closed] == [404, 404]
    assert browser.get(f"/applications/{code}/consents").status_code == 200


def test_neighbour_sees_why_and_the_try_is_kept(visit: Callable[..., Visitor], board: Panel) -> None:
    leader = visit(LEADER)
    leader.get(at(board, "review-setup"))
    reviewer = board.people[0].id
    leader.post(at(board, f"review-setup/reviewers/{reviewer}/place"), locality="06838")
    browser = visit(REVIEWER)
    assert "Bạn cùng xã, phường với cơ sở này" in browser.get(review(board, 0)).text
    code = board.applications[0].code
    browser.get(at(board, f"applications/{code}"))
    answer = browser.post(at(board, f"applications/{code}/decision"), decision="accept")
    assert answer.status_code == 422
    assert "Bạn cùng xã, phường với cơ sở này" in answer.text
    points = {f"c{criterion}": "5" for criterion in board.criteria}
    assert browser.post(review(board, 0, "/score"), **points).status_code == 422
    board.session.commit()
    kept = board.session.scalars(sa.select(AuditEntry.actor_id).where(AuditEntry.what == "review.turned_away")).all()
    assert kept == [reviewer, reviewer]


def test_leader_sets_the_round_up_in_plain_forms(visit: Callable[..., Visitor], board: Panel) -> None:
    browser = visit(LEADER)
    rules = typed_form(browser.get(at(board, "review-setup")).text, holding="opens_on")
    seen = {"version": rules["version"][0], "is_blind": "y"}
    wrong = browser.post(at(board, "review-setup/rules"), opens_on="2026-12-20", closes_on="2026-12-01", **seen)
    assert wrong.status_code == 422
    assert 'value="2026-12-20"' in wrong.text
    days = {"opens_on": "2026-12-01", "closes_on": "2026-12-01"}
    assert browser.post(at(board, "review-setup/rules"), **days, **seen).status_code == 303
    late = browser.post(at(board, "review-setup/rules"), opens_on="2026-12-02", version=seen["version"])
    assert (late.status_code, "đã lưu lúc" in late.text, 'value="2026-12-02"' in late.text) == (422, True, True)
    empty = browser.post(at(board, "review-setup/criteria/new"), name_vi="", weight="")
    assert empty.status_code == 422
    assert empty.text.count('class="msg"') == 2
    assert browser.post(at(board, "review-setup/criteria/new"), name_vi="Giá", weight="10").status_code == 303
    nobody = browser.post(at(board, "review-setup/assign"), of_each="1")
    assert nobody.status_code == 422
    person = str(board.people[0].id)
    assert (
        browser.post(at(board, "review-setup/assign"), people=person, of_each="1", zone="", group="").status_code == 303
    )
    board.session.commit()
    rules = board.session.get_one(ReviewRound, board.fair.id)
    assert (rules.is_blind, rules.own_score_first) == (True, False)
    assert rules.closes_at is not None
    assert rules.closes_at.isoformat() == "2026-12-01T17:00:00+00:00"  # the whole day in Vietnam
    assert board.session.scalar(sa.select(sa.func.count()).select_from(Criterion)) == 3
    assert board.session.scalar(sa.select(sa.func.count()).select_from(ReviewAssignment)) == 2
    board.session.commit()
    assert browser.post(at(board, f"review-setup/reviewers/{person}/release")).status_code == 303
    board.session.commit()
    assert board.session.scalars(sa.select(ReviewAssignment)).all() == []
    assert board.session.scalars(sa.select(Recusal)).all() == []


def test_table_and_its_sheet_hold_the_same(visit: Callable[..., Visitor], board: Panel) -> None:
    browser = visit(REVIEWER)
    browser.get(review(board, 0))
    browser.post(review(board, 0, "/score"), **{f"c{criterion}": "5" for criterion in board.criteria})
    leader = visit(LEADER)
    page = leader.get(at(board, "scores")).text
    assert "HTX Rùa Vàng" in page
    assert "Bùi Văn Ba 100" in page
    answer = leader.post(at(board, "scores.xlsx"))
    assert answer.headers["Content-Disposition"].endswith('-scores.xlsx"')
    rows = list(load_workbook(BytesIO(answer.data)).active.values)  # type: ignore[union-attr]  # a workbook has one
    assert [row[0] for row in rows[1:]] == [board.applications[0].code, board.applications[1].code]
    assert rows[1][3:9] == (1, 100, 100, 100, 100, 0)
    assert browser.get(at(board, "scores")).status_code == 404
