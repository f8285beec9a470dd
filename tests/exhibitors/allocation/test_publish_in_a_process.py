"""300 decisions published and sent by a real process that is killed (SIGKILL) in the middle, and started again."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

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
from tests.publishing_process import Task, publish_and_send
from tests.real_server import free_port

COUNT = 300
PUBLISHING = "tests.publishing_process"


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
    give_owners(store, organiser.user.password_hash)
    store.commit()
    return fair


def give_owners(store: Session, password_hash: str) -> None:
    """One person for each unit."""
    units, people, now = store.scalars(sa.select(Producer)).all(), [], clock.now()
    for number, _ in enumerate(units):
        address = f"don-vi-{number}@units.example"
        person = User(email=address, email_key=address, name=f"Người {number}", password_hash=password_hash)
        person.created_at = person.email_confirmed_at = now
        people.append(person)
    store.add_all(people)
    store.flush()
    owners = {"role": "owner", "created_at": now}
    store.add_all(
        Membership(user_id=person.id, organisation_id=unit.organisation_id, **owners)
        for person, unit in zip(people, units, strict=True)
    )


@dataclass
class Begun:
    """A process that has begun, and what it tells."""

    process: BaseProcess
    told: Connection

    def step(self) -> str:
        """The next step that it has done."""
        assert self.told.poll(60)
        return str(self.told.recv())

    def killed(self) -> int | None:
        """How it ended: by our hand, in the middle."""
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.join(30)
        return self.process.exitcode


Begin = Callable[..., Begun]


@pytest.fixture
def begin(
    database_url: str, store: Session, fair: Fair, organiser: OrganiserPlayer, post: tuple[Post, int]
) -> Iterator[Begin]:
    """Starts the process; with `waits` it stands still right before its commit."""
    begun: list[Begun] = []
    task = Task(database_url, post[1], fair.id, organiser.user.id)  # asked now: later it would begin a transaction
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload([PUBLISHING])

    def start(*, minutes: int = 0, waits: bool = False) -> Begun:
        ours, theirs = forking.Pipe()
        process = forking.Process(target=publish_and_send, args=(task, theirs, minutes), kwargs={"waits": waits})
        process.start()
        theirs.close()
        begun.append(Begun(process, ours))
        return begun[-1]

    store.commit()
    yield start
    for one in begun:
        one.process.kill()
        one.process.join()
        one.process.close()
        one.told.close()


def test_300_letters_once_each_though_the_process_is_killed(
    store: Session, fair: Fair, begin: Begin, post: tuple[Post, int]
) -> None:
    office, _ = post
    first = begin(waits=True)
    assert first.step() == "written"
    assert first.killed() == -signal.SIGKILL
    assert counts(store) == (Counter({"in_review": COUNT}), 0)

    second = begin()
    assert [second.step(), second.step()] == ["written", "published"]
    while len(office.taken) < COUNT // 3:
        assert second.process.is_alive()
        time.sleep(0)  # gives the mail server's thread its turn
    assert second.killed() == -signal.SIGKILL
    assert counts(store) == (Counter({"rejected": COUNT}), COUNT)
    assert len(office.taken) < COUNT

    third = begin(minutes=6)  # what the second had in its hands is free again after five
    assert [third.step(), third.step(), third.step()] == ["written", "published", "sent"]
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
