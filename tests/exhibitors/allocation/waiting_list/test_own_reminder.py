"""The letter that reminds of an offer speaks in the fair's own words where it has some, else in the usual ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exhibitors.allocation.letter_words.decision_text import DecisionText
from exhibitors.allocation.letter_words.write_decision_text import write_decision_text
from exhibitors.allocation.waiting_list.remind_of_offers import remind_of_offers
from foundation import clock
from foundation.days import format_when
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.conftest import Visitor

SUBJECT, BODY = "Còn ít ngày: {booths}", "{producer} ơi, trả lời trước {confirm_by} ở {link} nhé."


def reminders(session: Session, waiting: Screening, *, days_left: int) -> list[OutboxLetter]:
    """What is written when so many days are left, newest last."""
    first = waiting.applications[0]
    assert first.confirm_by is not None
    with clock.as_of(first.confirm_by - timedelta(days=days_left) + timedelta(hours=1)):
        remind_of_offers(session, clock.now(), base_url=BASE_URL)
    session.commit()
    query = sa.select(OutboxLetter).where(OutboxLetter.kind == "reminder").order_by(OutboxLetter.id)
    return list(session.scalars(query))


def test_own_words_go_in_their_language_alone(session: Session, waiting: Screening) -> None:
    actor, first = waiting.organiser.actor, waiting.applications[0]
    assert first.confirm_by is not None
    write_decision_text(session, actor, waiting.fair, "reminder", "vi", subject=SUBJECT, body=BODY)
    session.commit()
    [own] = reminders(session, waiting, days_left=3)
    until = format_when(first.confirm_by, "vi")
    assert own.subject.startswith("Còn ít ngày: A01 (")
    link = f"{BASE_URL}/applications/{first.code}"
    assert own.body == f"{first.producer.name_vi} ơi, trả lời trước {until} ở {link} nhé.\n"
    waiting.producers[0].user.language = "en"
    session.commit()
    usual = reminders(session, waiting, days_left=1)[-1]
    assert usual.subject.startswith("Please answer before")


def test_usual_words_go_where_there_are_no_own(session: Session, waiting: Screening) -> None:
    [usual] = reminders(session, waiting, days_left=3)
    assert usual.subject.startswith("Nhắc xác nhận trước")


def test_words_are_written_on_the_page_and_have_to_name_the_moment(
    session: Session, waiting: Screening, visit: Callable[..., Visitor]
) -> None:
    address = f"/organise/fairs/{waiting.fair.slug}/letter-words"
    browser = visit(waiting.organiser.user.email)
    assert "Thư nhắc xác nhận" in browser.get(address).text
    page = browser.get(f"{address}/reminder/vi")
    assert (page.status_code, "Nhắc xác nhận trước {confirm_by}" in page.text) == (200, True)
    refused = browser.post(f"{address}/reminder/vi", subject=SUBJECT, body="{link}", version="0")
    assert (refused.status_code, "{confirm_by}" in refused.text) == (422, True)
    assert browser.post(f"{address}/reminder/vi", subject=SUBJECT, body=BODY, version="0").status_code == 303
    kept = session.scalars(sa.select(DecisionText)).one()
    assert (kept.kind, kept.subject, kept.body) == ("reminder", SUBJECT, BODY)
