"""300 decisions published and sent by a real process that is killed (SIGKILL) in the middle, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as MailSession
from sqlalchemy.orm import Session

from accounts.organisation import Membership
from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.outbox import OutboxLetter
from tests.benchmarks.many_applications import add_many_applications
from tests.cast import OrganiserPlayer, an_open_fair
from tests.real_server import ROOT, free_port

COUNT = 300
PROCESS = """
import sys
from datetime import timedelta
from pathlib import Path
from foundation import clock
from foundation.actor import Actor, Role
from foundation.database import make_engine, make_session
from foundation.letter_office import deliver_due
from foundation.settings import Settings
from events.fairs.fair import Fair
from exhibitors.allocation.publish_decisions import publish_decisions
import accounts.user, exhibitors.allocation.booth_states

url, port, fair_id, user_id, minutes, wait = sys.argv[1:]
mail = f"smtp://127.0.0.1:{port}"
settings = Settings(data_dir=Path("."), secret_key="x" * 40, database_url=url, mail_url=mail, testing=True)
with clock.as_of(clock.now() + timedelta(minutes=int(minutes))), make_session(make_engine(url)) as session:
    fair = session.get_one(Fair, int(fair_id))
    actor = Actor(int(user_id), organiser_roles={fair.organisation_id: Role.OWNER})
    publish_decisions(session, actor, fair, confirm_by=clock.now() + timedelta(days=7), base_url="http://127.0.0.1:8000")
    print("written", flush=True)
    if wait == "wait":
        sys.stdin.read()
    session.commit()
    print("published", flush=True)
    while deliver_due(session, settings, 10):
        pass
    print("sent", flush=True)
"""


class Post:
    """The letters that the mail server took."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    # aiosmtpd looks the method up by this name.
    async def handle_DATA(self, server: SMTP, session: MailSession, envelope: Envelope) -> str:  # noqa: N802 - theirs
        message = message_from_bytes(bytes(envelope.content or b""))
        self.taken.append((str(message["Message-ID"]), envelope.rcpt_tos[0]))
        return "250 taken"


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    office, port = Post(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield office, port
    controller.stop()


@pytest.fixture
def fair(store: Session, organiser: OrganiserPlayer) -> Fair:
    """300 applications in review with an acceptance noted, each of a unit with one person."""
    fair = an_open_fair(store, organiser, booths=8)
    add_many_applications(store, fair, COUNT, organiser.user.id)
    noted = {
        "state": "in_review",
        "pending_decision": "reject",
        "decision_reason": "Hết gian.",
        "reason_code": "no_room",
    }
    store.execute(sa.update(BoothApplication).values(noted))
    password = organiser.user.password_hash
    for number, unit in enumerate(store.scalars(sa.select(Producer)).all()):
        address = f"don-vi-{number}@units.example"
        person = User(email=address, email_key=address, name=f"Người {number}", password_hash=password)
        person.created_at = person.email_confirmed_at = clock.now()
        store.add(person)
        store.flush()
        store.add(
            Membership(user_id=person.id, organisation_id=unit.organisation_id, role="owner", created_at=clock.now())
        )
    store.commit()
    return fair


Begin = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def begin(
    database_url: str, store: Session, fair: Fair, organiser: OrganiserPlayer, post: tuple[Post, int]
) -> Iterator[Begin]:
    """Starts the process; with `wait` it stands still right before its commit."""
    begun: list[subprocess.Popen[str]] = []
    known = [database_url, post[1], fair.id, organiser.user.id]  # asked now: a question later would begin a transaction

    def start(*, minutes: int = 0, wait: bool = False) -> subprocess.Popen[str]:
        facts = [*known, minutes, "wait" if wait else "go"]
        process = subprocess.Popen(
            [sys.executable, "-c", PROCESS, *map(str, facts)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        begun.append(process)
        return process

    store.commit()
    yield start
    for process in begun:
        process.kill()
        process.communicate()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def killed(process: subprocess.Popen[str]) -> int:
    os.kill(process.pid, signal.SIGKILL)
    return process.wait(timeout=30)


def test_300_letters_once_each_though_the_process_is_killed(
    store: Session, fair: Fair, begin: Begin, post: tuple[Post, int]
) -> None:
    office, _ = post
    first = begin(wait=True)
    assert line_of(first) == "written"
    assert killed(first) == -signal.SIGKILL
    assert counts(store) == (Counter({"in_review": COUNT}), 0)

    second = begin()
    assert [line_of(second), line_of(second)] == ["written", "published"]
    while len(office.taken) < COUNT // 3:
        assert second.poll() is None
        time.sleep(0)  # gives the mail server's thread its turn
    assert killed(second) == -signal.SIGKILL
    assert counts(store) == (Counter({"rejected": COUNT}), COUNT)
    assert len(office.taken) < COUNT

    third = begin(minutes=6)  # what the second had in its hands is free again after five
    assert [line_of(third), line_of(third), line_of(third)] == ["written", "published", "sent"]
    assert counts(store) == (Counter({"rejected": COUNT}), COUNT)
    letters = set(office.taken)
    assert len(letters) == len({recipient for _, recipient in letters}) == COUNT
    # Only the one that the server had taken and the killed process could not note any more comes again, as the same.
    assert len(office.taken) - COUNT <= 1
    assert store.scalar(sa.select(sa.func.count()).where(OutboxLetter.sent_at.is_(None))) == 0


def counts(store: Session) -> tuple[Counter[str], int]:
    """The states of the applications, and how many letters about them were written."""
    store.rollback()
    states = Counter(store.scalars(sa.select(BoothApplication.state)))
    letters = store.scalar(sa.select(sa.func.count(OutboxLetter.id)).where(OutboxLetter.kind == "rejected"))
    store.rollback()  # whoever looks must not stand in the way of the next process
    return states, letters or 0
