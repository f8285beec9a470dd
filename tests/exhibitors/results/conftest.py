"""A fair with a confirmed exhibitor on A01 and others that nobody may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from foundation.flask_database import db
from tests.cast import (
    OrganiserPlayer,
    ProducerPlayer,
    a_confirmed_application,
    a_producer,
    an_open_fair,
    an_organiser,
    booths_of,
)
from tests.repeated_rows import MARK, repeat
from tests.scenes import Play

Confirm = Callable[[Fair, ProducerPlayer, int], None]
ConfirmMany = Callable[[Fair, int], None]
CountQueries = Callable[[str], int]


@dataclass(slots=True)
class Public:
    """What visitors may see of a fair, committed."""

    organiser: OrganiserPlayer
    fair: Fair
    producer: ProducerPlayer


@pytest.fixture
def confirm(session: Session, organiser: OrganiserPlayer) -> Confirm:
    """Bring a producer through application, offer and confirmation onto a booth, by the booth's place in the order."""

    def bring(fair: Fair, player: ProducerPlayer, booth: int) -> None:
        a_confirmed_application(session, organiser, player, fair, booth)

    return bring


@pytest.fixture
def confirm_many(session: Session, confirm: Confirm) -> ConfirmMany:
    """So many more units on the booths after the fair's first."""

    def bring(fair: Fair, count: int) -> None:
        others = {"booth_assignment.booth_id": [booth.id for booth in booths_of(session, fair)][2:]}
        unit = f"HTX Số {MARK}", f"p{MARK}@units.example"
        repeat(session, count - 1, lambda: confirm(fair, a_producer(session, *unit), 1), instead=others)
        session.commit()

    return bring


@pytest.fixture
def organiser(play: Play) -> OrganiserPlayer:
    """Somebody who runs fairs."""
    return play(an_organiser)


def one_exhibitor(session: Session, organiser: OrganiserPlayer) -> Public:
    """One fair, one confirmed producer on A01."""
    fair = an_open_fair(session, organiser, name="Hội chợ Xuân", booths=40)
    producer = a_producer(session)
    a_confirmed_application(session, organiser, producer, fair)
    return Public(organiser, fair, producer)


@pytest.fixture
def public(play: Play, organiser: OrganiserPlayer) -> Public:
    """One fair, one confirmed producer on A01."""
    return play(one_exhibitor, organiser)


@pytest.fixture
def count_queries(app: Flask) -> CountQueries:
    """How many statements an address costs when nothing of it is kept."""
    counted: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *call: counted.append(call[2]))

    def ask(address: str) -> int:
        client, cache = app.test_client(), app.extensions["page_cache"]
        for _warm_up_then_count in range(2):  # a new connection says a word of its own
            cache.pages.clear()
            cache.at_the_door.clear()
            cache.present_revision()
            counted.clear()
            assert client.get(address).status_code == 200
        assert counted
        return len(counted)

    return ask
