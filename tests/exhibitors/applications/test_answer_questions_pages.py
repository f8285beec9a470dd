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


def test_what_can_be_kept_is_kept_beside_what_cannot(
    visit: Call,
    store: Session,
    fair: Fair,
    player: ProducerPlayer,
    organiser: OrganiserPlayer,
    a_draft: Call,
    ask: Call,
) -> None:
    """Two bad files are both named, each at the field it came by; the good one and the answer need not come again."""
    draft = a_draft()
    text, plan = ask(text_vi="Biển số xe?"), ask(text_vi="Bản vẽ?", kind="file")
    good, bad, worse = (set_paper(store, organiser.actor, fair, name_vi=f"Giấy {name}") for name in "ABC")
    store.commit()
    typed = {
        f"q{text.id}": "14A-12345",
        f"q{plan.id}": (BytesIO(b""), "ve.pdf"),
        f"p{good.id}-file": (BytesIO(PDF), "giay.pdf"),
        f"p{bad.id}-photo": (BytesIO(b"<svg>"), "anh.jpg"),
        f"p{worse.id}-number": "Số 9",
        f"p{worse.id}-issued": "2026-05-01",
        f"p{worse.id}-expires": "2026-04-01",
    }
    answer = visit(player.user.email).post(f"/applications/{draft.code}/answers", **typed, action="review")
    assert answer.status_code == 422
    for field in (f"q{plan.id}", f"p{bad.id}-photo", f"p{worse.id}-expires"):
        assert f'id="{field}-error"' in answer.text
    assert ("giay.pdf" in answer.text, "Số 9" in answer.text) == (True, True)
    store.rollback()
    assert store.scalars(select(ApplicationPaper.paper_id)).all() == [good.id]
    assert store.scalars(select(ApplicationAnswer.value)).all() == ["14A-12345"]


def test_answers_of_a_draft_are_saved_as_they_are_typed_and_those_of_what_was_sent_are_not(
    visit: Call, store: Session, player: ProducerPlayer, a_draft: Call, ask: Call
) -> None:
    draft, question = a_draft(), ask(text_vi="Bao nhiêu kg?", kind="number")
    store.commit()
    browser, address = visit(player.user.email), f"/applications/{draft.code}/answers"
    assert f'data-autosave="{address}/autosave"' in browser.get(address).text
    saved = browser.post(f"{address}/autosave", **{f"q{question.id}": "12"})
    assert (saved.status_code, set(saved.json)) == (200, {"saved_at", "fields"})
    wrong = browser.post(f"{address}/autosave", **{f"q{question.id}": "nhiều"})
    assert (wrong.status_code, list(wrong.json["errors"])) == (422, [f"q{question.id}"])
    store.rollback()
    assert store.scalars(select(ApplicationAnswer.value)).all() == [12]
    draft = store.get_one(BoothApplication, draft.id)
    submit_application(store, player.actor, draft, rules_accepted=True, pledge_given=True, base_url=BASE_URL)
    store.commit()
    assert 'data-autosave=""' in browser.get(address).text
    assert browser.post(f"{address}/autosave", **{f"q{question.id}": "13"}).status_code == 409
    store.rollback()
    assert store.scalars(select(ApplicationAnswer.value)).all() == [12]
