"""The receipt on paper and its check: the check names nobody, the paper is for readers of the application alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.apply_for_booth import start_application, withdraw_application
from exhibitors.applications.receipts.print_receipt import ReceiptWords, receipt_pdf
from exhibitors.applications.receipts.receipt_check import behind_receipt, receipt_token
from foundation import clock
from foundation.folding import nfc
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_producer, a_submitted_application

Visit = Callable[..., Any]


def text_of(content: bytes) -> str:
    """All words of a PDF, in single blanks."""
    with PdfDocument(content) as document:
        words = " ".join(page.get_textpage().get_text_range() for page in document)
    return nfc(" ".join(words.split()))


def pages_in(content: bytes) -> int:
    with PdfDocument(content) as document:
        return len(document)


def test_receipt_holds_code_fair_unit_and_goods_on_one_page(
    visit: Visit, store: Session, fair: Fair, player: ProducerPlayer
) -> None:
    code = a_submitted_application(store, fair, player).code
    for prefix, title in (("", "Biên nhận đơn đăng ký gian hàng"), ("/en", "Receipt of an application for booths")):
        answer = visit(player.user.email).client.get(f"{prefix}/applications/{code}/receipt.pdf")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert pages_in(answer.data) == 1
        words = text_of(answer.data)
        for expected in (title, code, "HTX Miến dong Bình Liêu", "Miến dong Bình Liêu"):
            assert expected in words
        assert player.user.email not in words
        assert len(answer.data) < 100_000
    body = store.scalars(select(OutboxLetter.body).where(OutboxLetter.kind == "receipt")).one()
    assert f"/applications/{code}/receipt.pdf" in body


def test_receipt_is_for_the_unit_and_its_organisers_and_not_before_sending(
    visit: Visit, store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer
) -> None:
    draft = start_application(store, player.actor, fair, player.producer)
    path = f"/applications/{draft.code}/receipt.pdf"
    assert visit(player.user.email).get(path).status_code == 404
    a_submitted_application(store, fair, player)
    stranger = a_producer(store, "HTX Cô Tô", "co-to@binhlieu.example")
    people = (player.user.email, organiser.user.email, stranger.user.email, "")
    assert [visit(one).client.get(path).status_code for one in people] == [200, 200, 404, 303]


def test_check_names_the_fair_and_nobody(
    visit: Visit, app: Any, store: Session, fair: Fair, player: ProducerPlayer
) -> None:
    application = a_submitted_application(store, fair, player)
    secret = app.extensions["settings"].secret_key
    address = f"/en/receipts/{receipt_token(application, secret)}"
    page = visit().get(address)
    assert (page.status_code, page.headers["X-Robots-Tag"]) == (200, "noindex")
    assert "This receipt is true" in page.text
    assert application.code in page.text
    for private in ("Bình Liêu", "Hoàng Văn Sáu", player.user.email):
        assert private not in page.text
        assert private not in address
    withdraw_application(store, player.actor, application, base_url=BASE_URL)
    assert "has been withdrawn" in visit().get(address).text


@pytest.mark.parametrize("change", ["-", "0", "GH-222222-"])
def test_false_addresses_check_nothing(
    visit: Visit, app: Any, store: Session, fair: Fair, player: ProducerPlayer, change: str
) -> None:
    application = a_submitted_application(store, fair, player)
    secret = app.extensions["settings"].secret_key
    token = receipt_token(application, secret)
    false = change + token.rpartition("-")[2] if change.startswith("GH") else token + change
    assert visit().get(f"/receipts/{false}").status_code == 404
    assert behind_receipt(store, token, ["another secret"]) is None
    assert behind_receipt(store, token, ["another secret", secret]) is application  # a secret that was replaced
    assert behind_receipt(store, "\ud800-\ud800", [secret]) is None


def test_long_lists_leave_the_code_its_place() -> None:
    rows = [("Sản phẩm", "; ".join(f"Miến dong Bình Liêu loại {number}" for number in range(300)))] * 3
    words = ReceiptWords("Biên nhận", "Hội chợ " * 20, "GH-7K3F9Q", rows, "https://gianhang.example/receipts/x", "Quét")
    content = receipt_pdf(words, language="vi", sent_at=clock.now())
    assert pages_in(content) == 1
    assert "…" in text_of(content)
