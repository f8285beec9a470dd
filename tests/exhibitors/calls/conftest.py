"""A fair that takes applications, its organiser and a cooperative of Bình Liêu, for the trade's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone, zones_of
from foundation.actor import Role
from tests.cast import (
    OrganiserPlayer,
    ProducerPlayer,
    a_draft_fair,
    a_member,
    a_producer,
    a_zone,
    an_open_fair,
    an_organiser,
)
from tests.events.conftest import OrganiserBrowser
from tests.scenes import Play

if TYPE_CHECKING:
    from flask import Flask

COLLEAGUE = "dong.nghiep@quangninh.example"


@pytest.fixture
def host(play: Play) -> OrganiserPlayer:
    """Who runs the fair."""
    return play(an_organiser)


@pytest.fixture
def open_fair(play: Play, host: OrganiserPlayer) -> Fair:
    """A fair whose call is open since yesterday and for 30 days, with zones A and B."""
    return play(an_open_fair, host)


@pytest.fixture
def zones(session: Session, open_fair: Fair) -> list[Zone]:
    """Its zones."""
    return zones_of(session, open_fair)


@pytest.fixture
def unit(play: Play) -> ProducerPlayer:
    """A cooperative with one 4-star product."""
    return play(a_producer)


def a_draft_with_a_zone(session: Session, host: OrganiserPlayer) -> Fair:
    """A draft whose plan keeps one zone, whatever is removed; a colleague may change it too."""
    made = a_draft_fair(session, host)
    a_zone(session, host, made, code="Z")
    a_member(session, host, Role.MANAGER, COLLEAGUE)
    return made


@pytest.fixture
def draft(play: Play, host: OrganiserPlayer) -> Fair:
    """A draft whose plan keeps one zone, whatever is removed."""
    return play(a_draft_with_a_zone, host)


@pytest.fixture
def mine(app: Flask, host: OrganiserPlayer, draft: Fair) -> OrganiserBrowser:
    """Who types."""
    return OrganiserBrowser(app, host.user.email)


@pytest.fixture
def other(app: Flask, draft: Fair) -> OrganiserBrowser:
    """Who removes: Bùi Văn Ba."""
    return OrganiserBrowser(app, COLLEAGUE)
