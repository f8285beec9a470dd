"""A fair that takes applications, its organiser and a cooperative of Bình Liêu, for the trade's tests."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone, zones_of
from tests.cast import OrganiserPlayer, ProducerPlayer, a_producer, an_open_fair, an_organiser


@pytest.fixture
def host(session: Session) -> OrganiserPlayer:
    """Who runs the fair."""
    return an_organiser(session)


@pytest.fixture
def open_fair(session: Session, host: OrganiserPlayer) -> Fair:
    """A fair whose call is open since yesterday and for 30 days, with zones A and B."""
    return an_open_fair(session, host)


@pytest.fixture
def zones(session: Session, open_fair: Fair) -> list[Zone]:
    """Its zones."""
    return zones_of(session, open_fair)


@pytest.fixture
def unit(session: Session) -> ProducerPlayer:
    """A cooperative with one 4-star product."""
    return a_producer(session)
