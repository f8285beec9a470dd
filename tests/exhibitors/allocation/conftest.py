"""A fair in screening: one organiser, three producers with submitted applications, booths A01 … and B01 …"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth
from exhibitors.applications.booth_application import BoothApplication
from tests.cast import (
    OrganiserPlayer,
    ProducerPlayer,
    a_producer,
    a_submitted_application,
    an_open_fair,
    an_organiser,
    booths_of,
)
from tests.scenes import Play

NAMES = ("HTX Miến dong Bình Liêu", "HTX Hải sản Cô Tô", "Cơ sở bánh Xuân Thế")


@dataclass(slots=True)
class Screening:
    """Everything a test of screening and allocation needs, committed."""

    organiser: OrganiserPlayer
    fair: Fair
    producers: list[ProducerPlayer]
    applications: list[BoothApplication]
    booths: list[Booth]

    def booth(self, code: str) -> Booth:
        """The booth with this code."""
        return next(booth for booth in self.booths if booth.code == code)


def a_screening(session: Session) -> Screening:
    """Three units have applied for one booth each."""
    organiser = an_organiser(session)
    fair = an_open_fair(session, organiser, booths=4)
    producers = [a_producer(session, name, f"p{number}@units.example") for number, name in enumerate(NAMES)]
    applications = [a_submitted_application(session, fair, player) for player in producers]
    return Screening(organiser, fair, producers, applications, booths_of(session, fair))


@pytest.fixture
def screening(play: Play) -> Screening:
    """Three units have applied for one booth each."""
    return play(a_screening)
