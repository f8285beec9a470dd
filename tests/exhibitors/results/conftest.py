"""A fair with a confirmed exhibitor on A01 and others that nobody may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.answer_offer import confirm_booth
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation import clock
from foundation.flask_database import db
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    ProducerPlayer,
    a_producer,
    a_submitted_application,
    an_open_fair,
    an_organiser,
    booths_of,
)

Confirm = Callable[[Fair, ProducerPlayer, int], None]
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
        application = a_submitted_application(session, fair, player)
        take_up(session, organiser.actor, application)
        stage_decision(session, organiser.actor, application, Decision.ACCEPT)
        place_on_booth(session, organiser.actor, application, booths_of(session, fair)[booth])
        confirm_by = clock.now() + timedelta(days=40)
        publish_decisions(session, organiser.actor, fair, confirm_by=confirm_by, base_url=BASE_URL)
        confirm_booth(session, player.actor, application, base_url=BASE_URL)

    return bring


@pytest.fixture
def organiser(session: Session) -> OrganiserPlayer:
    """Somebody who runs fairs."""
    return an_organiser(session)


@pytest.fixture
def public(session: Session, organiser: OrganiserPlayer, confirm: Confirm) -> Public:
    """One fair, one confirmed producer on A01."""
    fair = an_open_fair(session, organiser, name="Hội chợ Xuân", booths=40)
    producer = a_producer(session)
    confirm(fair, producer, 0)
    session.commit()
    return Public(organiser, fair, producer)


@pytest.fixture
def count_queries(app: Flask) -> CountQueries:
    """How many statements an address costs when nothing of it is kept."""
    counted: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *call: counted.append(call[2]))

    def ask(address: str) -> int:
        client = app.test_client()
        client.set_cookie("somebody", "1")  # visitors with a cookie get no kept pages
        for _warm_up_then_count in range(2):  # a new connection says a word of its own
            counted.clear()
            assert client.get(address).status_code == 200
        return len(counted)

    return ask
