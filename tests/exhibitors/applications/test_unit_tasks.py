"""One list of what is missing for a unit over all its fairs: each thing with its deadline, gone once it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.apply_for_booth import save_application, start_application, withdraw_application
from exhibitors.applications.my_unit import my_unit
from exhibitors.applications.unit_tasks import Missing, Task
from exhibitors.calls.set_up_papers import set_paper
from exhibitors.calls.set_up_questions import set_question
from exhibitors.producers.dossier.keep_papers import PaperFacts, add_paper
from foundation import clock
from foundation.file_store import FileStore
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application, an_open_fair
from tests.repeated_rows import MARK, repeat
from tests.sent_files import a_pdf

Visit = Callable[..., Any]


def tasks(store: Session, player: ProducerPlayer) -> list[Missing]:
    store.flush()
    store.expire_all()
    return list(my_unit(store, player.producer.id).missing)


def kinds(store: Session, player: ProducerPlayer) -> list[str]:
    return [row.task.value for row in tasks(store, player)]


@pytest.fixture
def asking(store: Session, organiser: OrganiserPlayer, fair: Fair) -> Fair:
    """A fair that asks a question, for a paper of the dossier and for a paper of its own."""
    set_question(store, organiser.actor, fair, kind="text", text_vi="Có bếp không?", is_required=True)
    set_paper(store, organiser.actor, fair, name_vi="An toàn thực phẩm", kind="food_safety", need="required")
    set_paper(store, organiser.actor, fair, name_vi="Giấy giới thiệu", need="if_available")
    store.commit()
    return fair


def test_draft_lacks_its_answers_and_papers_until_the_call_closes(
    store: Session, asking: Fair, player: ProducerPlayer, tmp_path: Any
) -> None:
    draft = start_application(store, player.actor, asking, player.producer)
    save_application(store, player.actor, draft, zone_ids=[], product_ids=[player.producer.products[0].id])
    rows = tasks(store, player)
    assert sorted(row.task for row in rows) == [Task.ANSWER_QUESTION, Task.BRING_PAPER, Task.SEND_DRAFT]
    assert {row.due for row in rows} == {asking.call_closes_at}
    facts = PaperFacts("food_safety", number="1/ATTP", files=[("a.pdf", a_pdf(1))])
    add_paper(store, player.actor, player.producer, facts, FileStore(tmp_path))
    assert sorted(kinds(store, player)) == [Task.ANSWER_QUESTION, Task.SEND_DRAFT]
    withdraw_application(store, player.actor, draft, base_url=BASE_URL)
    assert kinds(store, player) == []


def test_list_goes_over_all_fairs_the_sooner_first_and_leaves_out_what_is_over(
    store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer
) -> None:
    later = an_open_fair(store, organiser, name="Hội chợ sau")
    for one, name in ((later, "Phiếu sau"), (fair, "Phiếu trước")):
        a_submitted_application(store, one, player)
        set_paper(store, organiser.actor, one, name_vi=name, need="required")
    fair.answer_by, later.answer_by = clock.today() + timedelta(days=3), clock.today() + timedelta(days=9)
    assert [row.paper.name_vi for row in tasks(store, player) if row.paper] == ["Phiếu trước", "Phiếu sau"]
    later.first_day, later.last_day = clock.today() - timedelta(days=3), clock.today() - timedelta(days=1)
    assert [row.paper.name_vi for row in tasks(store, player) if row.paper] == ["Phiếu trước"]


def test_question_of_later_is_due_when_it_must_be_answered(
    store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer
) -> None:
    a_submitted_application(store, fair, player)
    moment = clock.now() + timedelta(days=20)
    words = {"text_vi": "Biển số xe?", "is_required": True, "required_from": moment}
    set_question(store, organiser.actor, fair, kind="text", **words)
    (row,) = tasks(store, player)
    assert (row.task, row.due) == (Task.ANSWER_QUESTION, moment)


@pytest.mark.parametrize(("days", "listed"), [(-1, True), (0, True), (90, True), (91, False)])
def test_paper_that_ends_is_listed_90_days_before_unless_a_newer_one_holds(
    store: Session, player: ProducerPlayer, tmp_path: Any, days: int, listed: bool
) -> None:
    files, today = FileStore(tmp_path), clock.today()
    facts = {"number": "1", "files": [("a.pdf", a_pdf(1))], "issued_on": today - timedelta(days=900)}
    add_paper(
        store,
        player.actor,
        player.producer,
        PaperFacts("food_safety", expires_on=today + timedelta(days), **facts),
        files,
    )
    assert kinds(store, player) == ([Task.RENEW_PAPER] if listed else [])
    newer = PaperFacts("food_safety", expires_on=today + timedelta(days=700), **facts)
    add_paper(store, player.actor, player.producer, newer, files)
    assert kinds(store, player) == []


def test_rejected_paper_is_to_be_replaced_and_says_why(
    visit: Visit, store: Session, player: ProducerPlayer, tmp_path: Any
) -> None:
    facts = PaperFacts("food_safety", number="1", files=[("a.pdf", a_pdf(1))])
    paper = add_paper(store, player.actor, player.producer, facts, FileStore(tmp_path))
    paper.status, paper.status_reason = "rejected", "Ảnh mờ"
    assert kinds(store, player) == [Task.REPLACE_PAPER]
    page = visit(player.user.email).get("/en/producer").text
    assert "Replace the paper: " in page
    assert "Ảnh mờ" in page


def test_page_links_each_thing_and_costs_the_same_with_many_fairs(
    visit: Visit,
    store: Session,
    organiser: OrganiserPlayer,
    asking: Fair,
    player: ProducerPlayer,
    count_queries: Callable[..., Any],
) -> None:
    code = start_application(store, player.actor, asking, player.producer).code
    browser = visit(player.user.email)
    page = browser.get("/en/producer").text
    assert page.count(f'href="/en/applications/{code}/answers"') == 2
    with count_queries() as few:
        browser.get("/producer")

    def one_more() -> None:
        another = an_open_fair(store, organiser, name=f"Hội chợ {MARK}")
        set_question(store, organiser.actor, another, kind="text", text_vi="Mấy người?", is_required=True)
        set_paper(store, organiser.actor, another, name_vi="Phiếu", need="required")
        start_application(store, player.actor, another, player.producer)

    repeat(store, 11, one_more)
    store.commit()
    with count_queries() as many:
        assert browser.get("/producer").text.count("/answers") == 26
    assert len(many) == len(few)
