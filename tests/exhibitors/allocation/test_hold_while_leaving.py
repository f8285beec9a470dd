"""A letter is held back or handed over, never both: two threads at a real mail server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as MailSession
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from exhibitors.allocation.decision_letters.hold_letters import (
    discard_letter,
    edit_letter,
    hold_letter,
    release_letter,
)
from foundation import clock
from foundation.actor import SYSTEM
from foundation.database import make_session
from foundation.letter_office import LEASE, deliver_letter
from foundation.outbox import OutboxLetter, letters_due
from foundation.refusal import Refused
from foundation.settings import Settings
from tests.ground import settings_for
from tests.real_server import free_port

LONGEST_WAIT = 30


class SlowOffice:
    """A mail server that keeps every letter in its hands until `go` is set."""

    def __init__(self) -> None:
        self.arrived: list[str] = []
        self.reached, self.go = threading.Event(), threading.Event()
        self.go.set()

    # aiosmtpd looks the method up by this name.
    async def handle_DATA(self, server: SMTP, session: MailSession, envelope: Envelope) -> str:  # noqa: N802 - theirs
        self.reached.set()
        await asyncio.to_thread(self.go.wait, LONGEST_WAIT)
        message = message_from_bytes(bytes(envelope.content or b""))
        self.arrived.append(bytes(message.get_payload(decode=True) or b"").decode().strip())
        return "250 taken"


@pytest.fixture
def office(tmp_path: Path, engine: Engine) -> Iterator[tuple[SlowOffice, Settings]]:
    kept, port = SlowOffice(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    settings = settings_for(tmp_path, engine.url.render_as_string(hide_password=False))
    yield kept, replace(settings, mail_url=f"smtp://127.0.0.1:{port}")
    controller.stop()


def a_letter(session: Session, words: str) -> int:
    letter = OutboxLetter(
        kind="accepted",
        recipient="nguoi-nhan@demo.example",
        language="vi",
        subject="Thư",
        body=f"{words}\n",
        created_at=clock.now(),
        next_try_at=clock.now(),
    )
    session.add(letter)
    session.commit()
    return letter.id


def deliver(engine: Engine, settings: Settings, letter_id: int) -> None:
    with make_session(engine) as own:
        deliver_letter(own, settings, letter_id)


def try_to_hold(engine: Engine, letter_id: int) -> str:
    """Hold it as a press does; answers how it stands, or why not."""
    with make_session(engine) as own:
        letter = own.get_one(OutboxLetter, letter_id)
        try:
            hold_letter(own, SYSTEM, letter)
        except Refused as refusal:
            own.rollback()
            return refusal.reason
        own.commit()
        return "held"


def test_letter_in_the_hands_of_the_server_cannot_be_held(
    session: Session, engine: Engine, office: tuple[SlowOffice, Settings]
) -> None:
    kept, settings = office
    number = a_letter(session, "Đang đi")
    kept.go.clear()
    thread = threading.Thread(target=deliver, args=(engine, settings, number))
    thread.start()
    try:
        assert kept.reached.wait(LONGEST_WAIT)
        assert try_to_hold(engine, number) == "letter_leaving"
    finally:
        kept.go.set()
        thread.join()
    assert try_to_hold(engine, number) == "letter_gone"
    assert kept.arrived == ["Đang đi"]
    letter = session.get_one(OutboxLetter, number, populate_existing=True)
    assert (letter.held_at, letter.taken_until, letter.attempts) == (None, None, 1)


def test_of_holding_and_handing_over_one_comes_first(
    session: Session, engine: Engine, office: tuple[SlowOffice, Settings]
) -> None:
    kept, settings = office
    outcomes = []
    for number in range(12):
        words = f"Thư {number}"
        letter_id, start = a_letter(session, words), threading.Barrier(2)

        def sender(letter_id: int = letter_id, start: threading.Barrier = start) -> None:
            start.wait()
            deliver(engine, settings, letter_id)

        thread = threading.Thread(target=sender)
        thread.start()
        start.wait()
        outcome = try_to_hold(engine, letter_id)
        thread.join()
        outcomes.append((outcome == "held", words in kept.arrived))
    assert {held is not left for held, left in outcomes} == {True}


def test_words_changed_before_it_was_taken_are_the_words_that_leave(
    session: Session, engine: Engine, office: tuple[SlowOffice, Settings]
) -> None:
    kept, settings = office
    number = a_letter(session, "Chữ cũ")
    due = letters_due(session)
    assert [letter.id for letter in due] == [number]
    session.commit()
    with make_session(engine) as own:
        letter = own.get_one(OutboxLetter, number)
        hold_letter(own, SYSTEM, letter)
        edit_letter(own, SYSTEM, letter, subject="Thư", body="Chữ mới")
        release_letter(own, SYSTEM, letter)
        own.commit()
    assert deliver_letter(session, settings, number)
    assert kept.arrived == ["Chữ mới"]


def test_letter_of_a_sender_that_died_can_be_held_after_the_lease(session: Session) -> None:
    letter = session.get_one(OutboxLetter, a_letter(session, "Bỏ dở"))
    letter.taken_until = clock.now() + LEASE
    session.commit()
    with pytest.raises(Refused, match="letter_leaving"):
        discard_letter(session, SYSTEM, letter)
    with clock.as_of(clock.now() + 2 * LEASE):
        hold_letter(session, SYSTEM, letter)
        discard_letter(session, SYSTEM, letter)
    assert letter.discarded_at is not None
