"""Publishes and sends as a process of its own: forked from one that has imported what it needs, not started anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import accounts.user  # noqa: F401 - every noun is known, as it is to the program
import exhibitors.allocation.booth_states  # noqa: F401 - likewise
from events.fairs.fair import Fair
from exhibitors.allocation.publish_decisions import publish_decisions
from foundation import clock
from foundation.actor import Actor, Role
from foundation.database import make_engine, make_session
from foundation.letter_office import deliver_due
from foundation.settings import Settings


@dataclass(frozen=True, slots=True)
class Task:
    """Whose decisions go out, from which database and to which post."""

    url: str
    port: int
    fair_id: int
    user_id: int


def publish_and_send(task: Task, told: Connection, minutes: int, *, waits: bool) -> None:
    """Tell each step that is done; one that waits stands still right before its commit."""
    settings = Settings(
        data_dir=Path(),
        secret_key="x" * 40,
        database_url=task.url,
        mail_url=f"smtp://127.0.0.1:{task.port}",
        testing=True,
    )
    with clock.as_of(clock.now() + timedelta(minutes=minutes)), make_session(make_engine(task.url)) as session:
        fair = session.get_one(Fair, task.fair_id)
        actor = Actor(task.user_id, organiser_roles={fair.organisation_id: Role.OWNER})
        confirm_by = clock.now() + timedelta(days=7)
        publish_decisions(session, actor, fair, confirm_by=confirm_by, base_url="http://127.0.0.1:8000")
        told.send("written")
        if waits:
            told.recv()
        session.commit()
        told.send("published")
        while deliver_due(session, settings, 10):
            pass
        told.send("sent")
