"""Reminders: a draft before the close, papers before their end, calls that open; each once, stopped with one press."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.apply_for_booth import start_application
from exhibitors.applications.reminders.remind_producers import remind_of_drafts, tell_of_calls, warn_of_endings
from exhibitors.applications.reminders.stop_letters import Kind, behind_token, stop_token
from exhibitors.calls.set_up_call import set_call_terms
from exhibitors.producers.dossier.dossier_paper import PaperStatus
from exhibitors.producers.dossier.keep_papers import PaperFacts, add_paper, check_paper
from foundation import clock
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application

if TYPE_CHECKING:
    from flask import Flask

SECRET = "s" * 40
WAY = {"secret": SECRET, "base_url": BASE_URL}


def letters(store: Session, kind: str) -> list[OutboxLetter]:
    return list(store.scalars(sa.select(OutboxLetter).where(OutboxLetter.kind == kind).order_by(OutboxLetter.id)))


def test_draft_is_reminded_of_once_within_three_days(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    draft = start_application(store, player.actor, fair, player.producer)
    closes_at = fair.call_closes_at
    assert closes_at is not None
    counts = []
    for left in (timedelta(days=3, seconds=1), timedelta(days=3), timedelta(days=1), -timedelta(seconds=1)):
        with clock.as_of(closes_at - left):
            counts.append(remind_of_drafts(store, clock.now(), base_url=BASE_URL))
    assert counts == [0, 1, 0, 0]
    (letter,) = letters(store, "draft_reminder")
    assert (letter.recipient, letter.application_id, letter.unsubscribe_url) == (player.user.email, draft.id, "")
    assert f"/apply/{fair.slug}" in letter.body


def test_draft_is_reminded_of_again_when_the_close_was_moved(
    store: Session, fair: Fair, player: ProducerPlayer
) -> None:
    start_application(store, player.actor, fair, player.producer)
    now = clock.now()
    for days in (2, 3):
        fair.call_closes_at = now + timedelta(days=days)
        store.flush()
        assert remind_of_drafts(store, now, base_url=BASE_URL) == 1


def test_sent_application_is_not_reminded_of(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    a_submitted_application(store, fair, player)
    fair.call_closes_at = clock.now() + timedelta(days=1)
    store.flush()
    assert remind_of_drafts(store, clock.now(), base_url=BASE_URL) == 0


def test_what_ends_is_told_90_and_30_days_before_in_one_letter(store: Session, player: ProducerPlayer) -> None:
    ends_on = clock.today() + timedelta(days=200)
    player.producer.products[0].certificate_expires_on = ends_on
    paper = PaperFacts("food_safety", title="Giấy ATTP", number="1", expires_on=ends_on)
    add_paper(store, player.actor, player.producer, paper)
    asked = (91, 90, 89, 31, 30, 29, 0, -1)
    counts = [warn_of_endings(store, ends_on - timedelta(days=days), **WAY) for days in asked]
    assert counts == [0, 1, 0, 0, 1, 0, 0, 0]
    first, _ = letters(store, "ending_warning")
    assert "- Miến dong Bình Liêu\n" in first.body
    assert ": Giấy ATTP, 1\n" in first.body
    assert first.unsubscribe_url in first.body


@pytest.mark.parametrize(("language", "words"), [("vi", "Phiếu kết quả kiểm nghiệm"), ("en", "Test report")])
def test_paper_without_a_title_is_called_by_its_kind(
    store: Session, player: ProducerPlayer, language: str, words: str
) -> None:
    ends_on = clock.today() + timedelta(days=200)
    player.user.language = language
    add_paper(store, player.actor, player.producer, PaperFacts("test_report", number="7/KN", expires_on=ends_on))
    assert warn_of_endings(store, ends_on - timedelta(days=30), **WAY) == 1
    (letter,) = letters(store, "ending_warning")
    assert f"- {words}: 7/KN\n" in letter.body


def test_paper_that_was_replaced_or_rejected_is_not_warned_of(
    store: Session, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    ends_on = clock.today() + timedelta(days=200)
    kept = [
        add_paper(store, player.actor, player.producer, PaperFacts(kind, number="1", expires_on=ends_on))
        for kind in ("food_safety", "test_report")
    ]
    again = PaperFacts("food_safety", number="2", expires_on=ends_on + timedelta(days=365))
    add_paper(store, player.actor, player.producer, again)
    check_paper(store, organiser.actor, kept[1], PaperStatus.REJECTED, reason="Mờ")
    assert warn_of_endings(store, ends_on - timedelta(days=90), **WAY) == 0


def test_who_may_sign_in_no_longer_is_not_written_to(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    start_application(store, player.actor, fair, player.producer)
    fair.call_closes_at = clock.now() + timedelta(days=1)
    player.user.disabled_at = clock.now()
    store.flush()
    assert remind_of_drafts(store, clock.now(), base_url=BASE_URL) == 0


def test_call_is_told_to_who_wants_it_and_may_apply(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    assert tell_of_calls(store, **WAY) == 0
    player.producer.wants_calls = True
    set_call_terms(store, organiser.actor, fair, kinds=["farm"])
    store.flush()
    assert tell_of_calls(store, **WAY) == 0
    set_call_terms(store, organiser.actor, fair, kinds=["cooperative"])
    assert [tell_of_calls(store, **WAY), tell_of_calls(store, **WAY)] == [1, 0]
    (letter,) = letters(store, "call_opens")
    assert f"/apply/{fair.slug}" in letter.body


@pytest.mark.parametrize("kind", list(Kind))
def test_one_press_stops_them(
    store: Session, player: ProducerPlayer, visit: Callable[..., Any], app: Flask, kind: Kind
) -> None:
    player.producer.wants_calls = True
    token = stop_token(player.producer, kind, app.extensions["settings"].secret_key)
    address = f"/letters/stop/{token}"
    visitor = visit()
    assert visitor.get(address).status_code == 200
    store.rollback()
    store.refresh(player.producer)
    assert (player.producer.wants_calls, player.producer.wants_warnings) == (True, True)
    store.commit()
    bare = visitor.client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert bare.status_code == 200
    store.rollback()
    store.refresh(player.producer)
    assert (player.producer.wants_calls, player.producer.wants_warnings) == (kind != Kind.CALLS, kind != Kind.WARNINGS)
    assert warn_of_endings(store, clock.today() + timedelta(days=720), **WAY) == (1 if kind is Kind.CALLS else 0)


def test_false_link_is_none(store: Session, player: ProducerPlayer, visit: Callable[..., Any]) -> None:
    token = stop_token(player.producer, Kind.CALLS, SECRET)
    assert behind_token(store, token, (SECRET,)) == (player.producer, Kind.CALLS)
    for false in (token[:-1], re.sub("calls", "warnings", token), f"9{token}", "", "x-y-z", f"{token}é"):
        assert behind_token(store, false, (SECRET,)) is None
    assert visit().get(f"/letters/stop/{token}").status_code == 404
