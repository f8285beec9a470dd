"""Questions and papers through the pages: answering, files, preview, and the organiser's forms."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_answer import ApplicationAnswer, ApplicationPaper
from exhibitors.applications.apply_for_booth import submit_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.question import Question
from exhibitors.calls.set_up_papers import set_paper
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application

Call = Callable[..., Any]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_page_keeps_answers_and_files_and_shows_them_to_the_organiser(
    visit: Call,
    store: Session,
    fair: Fair,
    player: ProducerPlayer,
    organiser: OrganiserPlayer,
    a_draft: Call,
    ask: Call,
) -> None:
    draft = a_draft()
    text, plan = ask(text_vi="Biển số xe?"), ask(text_vi="Bản vẽ?", kind="file")
    paper = set_paper(store, organiser.actor, fair, name_vi="Giấy A")
    browser = visit(player.user.email)
    path = f"/applications/{draft.code}/answers"
    typed = {f"q{text.id}": "14A-12345", f"p{paper.id}-number": "Số 7", f"q{plan.id}": (BytesIO(PDF), "ve.pdf")}
    typed |= {f"p{paper.id}-file": (BytesIO(PDF), "giay.pdf"), "action": "review"}
    answered = browser.client.post(path, data=typed | {"csrf_token": browser.token}, content_type="multipart/form-data")
    assert (answered.status_code, answered.location) == (303, f"/apply/{fair.slug}/review")
    kept = store.scalars(select(ApplicationPaper)).one()
    assert (kept.number, kept.file is not None, len(store.scalars(select(ApplicationAnswer)).all())) == (
        "Số 7",
        True,
        2,
    )
    draft = store.get_one(BoothApplication, draft.id)
    submit_application(store, player.actor, draft, rules_accepted=True, pledge_given=True, base_url=BASE_URL)
    page = visit(organiser.user.email).get(f"/organise/fairs/{fair.slug}/applications/{draft.code}").text
    assert ("14A-12345" in page, "ve.pdf" in page, "giay.pdf" in page) == (True, True, True)


def test_wrong_answers_come_back_all_at_once_with_what_was_typed(
    visit: Call, store: Session, player: ProducerPlayer, a_draft: Call, ask: Call
) -> None:
    draft = a_draft()
    first, second = ask(text_vi="Bao nhiêu người?", kind="number"), ask(text_vi="Bao nhiêu kg?", kind="number")
    browser = visit(player.user.email)
    answered = browser.post(
        f"/applications/{draft.code}/answers", **{f"q{first.id}": "vài người", f"q{second.id}": "nhiều"}
    )
    assert answered.status_code == 422
    assert [f'id="q{number.id}-error"' in answered.text for number in (first, second)] == [True, True]
    assert ("vài người" in answered.text, "nhiều" in answered.text) == (True, True)


def test_preview_asks_like_the_unit_that_is_chosen(
    visit: Call, store: Session, fair: Fair, organiser: OrganiserPlayer, ask: Call
) -> None:
    ask(text_vi="Cho hộ", kinds=["household"])
    browser = visit(organiser.user.email)
    path = f"/organise/fairs/{fair.slug}/questions/preview"
    pages = [browser.get(f"{path}?kind={kind}").text for kind in ("household", "enterprise")]
    assert ["Cho hộ" in page for page in pages] == [True, False]


def test_organiser_asks_and_changes_through_the_pages(
    visit: Call, store: Session, fair: Fair, organiser: OrganiserPlayer
) -> None:
    browser = visit(organiser.user.email)
    path = f"/organise/fairs/{fair.slug}"
    typed = {"kind": "choices", "text_vi": "Mang gì?", "choices": "Tủ mát | Fridge\nBếp", "is_required": "y"}
    assert browser.post(f"{path}/questions/new", **typed).status_code == 303
    question = store.scalars(select(Question)).one()
    assert [(row["vi"], row["en"]) for row in question.choices] == [("Tủ mát", "Fridge"), ("Bếp", "")]
    store.commit()
    refused = browser.post(f"{path}/papers/new", name_vi="", need="required", most_months="ba")
    assert (refused.status_code, refused.text.count('class="msg"')) == (422, 2)
    matrix = {"cell-food:household": "if_available", "cell-food:farm": ""}
    assert browser.post(f"{path}/papers/new", name_vi="Giấy A", need="required", **matrix).status_code == 303


def test_page_that_asks_nothing_has_nothing_to_save(
    visit: Call, store: Session, fair: Fair, player: ProducerPlayer
) -> None:
    sent = a_submitted_application(store, fair, player)
    page = visit(player.user.email).get(f"/applications/{sent.code}/answers").text
    assert ("Không hỏi thêm gì" in page, 'value="save"' in page) == (True, False)
