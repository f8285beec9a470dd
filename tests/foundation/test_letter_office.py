"""Letters reach a real mail server unharmed, once, and are never lost."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from unicodedata import normalize

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as MailSession
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from foundation import clock
from foundation.database import make_session
from foundation.letter_office import deliver_due
from foundation.outbox import OutboxLetter, letters_due
from foundation.settings import Settings
from tests.ground import settings_for
from tests.real_server import free_port

WORDS = [
    "Kính",
    "gửi",
    "Hội",
    "Mùa",
    "Vàng",
    "Quảng",
    "Ninh:",
    "hợp",
    "tác",
    "xã",
    "miến",
    "dong",
    "Bình",
    "Liêu",
    "được",
    "nhận",
    "gian",
    "hàng",
    "Ẵ",
    "Ễ",
    "Ỗ",
    "Ỡ",
    "Ữ",
    "Ỹ",
    "đ",
]


class Post:
    """What arrived at the mail server; refuses everything while `is_closed`."""

    def __init__(self) -> None:
        self.arrived: list[bytes] = []
        self.is_closed = False

    # aiosmtpd looks the method up by this name.
    async def handle_DATA(self, server: SMTP, session: MailSession, envelope: Envelope) -> str:  # noqa: N802 - theirs
        if self.is_closed:
            return "451 try again later"
        self.arrived.append(bytes(envelope.content or b""))
        return "250 taken"


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    office, port = Post(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield office, port
    controller.stop()


def settings_with(tmp_path: Path, engine: Engine, port: int) -> Settings:
    settings = settings_for(tmp_path, engine.url.render_as_string(hide_password=False))
    return replace(settings, mail_url=f"smtp://127.0.0.1:{port}")


def a_letter(number: int, subject: str) -> OutboxLetter:
    return OutboxLetter(
        kind="test",
        recipient=f"nguoi-nhan-{number}@demo.example",
        language="vi",
        subject=subject,
        body=f"{subject}\n",
        created_at=clock.now(),
        next_try_at=clock.now(),
    )


def subjects(office: Post) -> list[str]:
    return [str(make_header(decode_header(message_from_bytes(raw)["Subject"]))) for raw in office.arrived]


def test_vietnamese_subjects_arrive_unharmed(
    session: Session, engine: Engine, tmp_path: Path, post: tuple[Post, int]
) -> None:
    office, port = post
    written = [" ".join(WORDS[start % 9 : start % 9 + 3 + start % 17]) + f" {start}" for start in range(300)]
    session.add_all([a_letter(number, subject) for number, subject in enumerate(written)])
    session.commit()
    sent = deliver_due(session, settings_with(tmp_path, engine, port), limit=300)
    assert (sent, subjects(office)) == (300, written)


def test_line_break_in_a_subject_adds_no_header(
    session: Session, engine: Engine, tmp_path: Path, post: tuple[Post, int]
) -> None:
    office, port = post
    session.add(a_letter(1, "Hội chợ\r\nBcc: ke-xau@evil.example"))
    session.commit()
    deliver_due(session, settings_with(tmp_path, engine, port))
    (raw,) = office.arrived
    assert (message_from_bytes(raw)["Bcc"], subjects(office)) == (None, ["Hội chợ Bcc: ke-xau@evil.example"])


def test_long_letter_has_whole_lines_for_a_strict_server(
    session: Session, engine: Engine, tmp_path: Path, post: tuple[Post, int]
) -> None:
    """A server that ends lines at CRLF alone takes it; with bare line feeds it would be one line of 40,000 octets."""
    office, port = post
    letter = a_letter(1, "Thư dài")
    letter.body = "Ban tổ chức đã xem đơn của Quý đơn vị.\n" * 500
    session.add(letter)
    session.commit()
    assert deliver_due(session, settings_with(tmp_path, engine, port)) == 1
    (raw,) = office.arrived
    assert b"\n" not in raw.replace(b"\r\n", b"")
    payload = message_from_bytes(raw).get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode() == letter.body


@pytest.mark.any_database
def test_two_thousand_names_arrive_unharmed(
    session: Session, engine: Engine, tmp_path: Path, post: tuple[Post, int]
) -> None:
    """Every syllable of the alphabet in subjects of every length, composed and with marks in all places."""
    office, port = post
    marks = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
    syllables = [normalize("NFC", f"{head}{vowel}{mark}{end}") for head in ("Ngh", "Đ", "Tr", "Qu", "Kh")
                 for vowel in "aăâeêioôơuưy" for mark in marks for end in ("", "ng", "ch", "p")]  # fmt: skip
    said = itertools.cycle(syllables[place * 7 % len(syllables)] for place in range(len(syllables)))
    written = [" ".join(["HTX", *itertools.islice(said, 1 + n % 14), str(n)]) for n in range(2000)]
    assert set(syllables) <= {word for name in written for word in name.split()}
    session.add_all([a_letter(number, subject) for number, subject in enumerate(written)])
    session.commit()
    assert deliver_due(session, settings_with(tmp_path, engine, port), limit=2000) == 2000
    assert subjects(office) == written
    bodies = [message_from_bytes(raw).get_payload(decode=True) for raw in office.arrived]
    assert [body.decode().strip() for body in bodies if isinstance(body, bytes)] == written


def test_refused_letter_is_kept_and_tried_again(
    session: Session, engine: Engine, tmp_path: Path, post: tuple[Post, int]
) -> None:
    office, port = post
    office.is_closed = True
    session.add(a_letter(1, "Thư"))
    session.commit()
    settings = settings_with(tmp_path, engine, port)
    assert deliver_due(session, settings) == 0
    session.expire_all()
    kept = session.scalars(sa.select(OutboxLetter)).one()
    assert (kept.sent_at, kept.attempts, kept.next_try_at > clock.now(), letters_due(session)) == (None, 1, True, [])
    session.rollback()
    office.is_closed = False
    with clock.as_of(kept.next_try_at):
        assert deliver_due(session, settings) == 1


def test_two_deliverers_send_each_letter_once(
    session: Session, engine: Engine, tmp_path: Path, post: tuple[Post, int]
) -> None:
    office, port = post
    session.add_all([a_letter(number, f"Thư {number}") for number in range(30)])
    session.commit()
    settings = settings_with(tmp_path, engine, port)

    def deliver() -> None:
        with make_session(engine) as own:
            deliver_due(own, settings)

    threads = [threading.Thread(target=deliver) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(subjects(office)) == sorted(f"Thư {number}" for number in range(30))


def test_letters_stay_in_the_outbox_without_a_mail_server(session: Session, engine: Engine, tmp_path: Path) -> None:
    session.add(a_letter(1, "Thư"))
    session.commit()
    settings = settings_for(tmp_path, engine.url.render_as_string(hide_password=False))
    assert (deliver_due(session, settings), len(letters_due(session))) == (0, 1)
