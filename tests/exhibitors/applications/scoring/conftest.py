"""A fair with two criteria, three reviewers and two applications."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from accounts.organisation import actor_for
from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.review_round import ReviewRound
from exhibitors.applications.review.set_up_review import set_criterion, set_rules
from foundation.actor import Actor, Role
from tests.cast import OrganiserPlayer, a_member, a_producer, a_submitted_application
from tests.scenes import Play


@dataclass(slots=True)
class Panel:
    """The fair's review: who leads it, who scores, what is scored."""

    session: Session
    fair: Fair
    leader: OrganiserPlayer
    people: list[User]
    criteria: list[int]
    applications: list[BoothApplication]

    def actor(self, place: int) -> Actor:
        """A reviewer as they stand now."""
        return actor_for(self.session, self.people[place])

    def points(self, *given: int) -> dict[int, int]:
        """Points for the criteria in their order."""
        return dict(zip(self.criteria, given, strict=True))

    def rule(self, **rules: object) -> ReviewRound:
        """The usual rules but for these."""
        usual = {"is_blind": False, "own_score_first": True, "recuses_by_locality": True, "by_median": False}
        return set_rules(self.session, self.leader.actor, self.fair, **(usual | rules))  # type: ignore[arg-type]  # mixed facts


Sent = tuple[list[User], list[int], list[BoothApplication]]


def what_is_scored(session: Session, organiser: OrganiserPlayer, fair: Fair) -> Sent:
    """Reviewers, criteria that count 75 % and 25 %, applications."""
    people = [a_member(session, organiser, Role.REVIEWER, f"r{number}@reviewers.example").user for number in "123"]
    criteria = [
        set_criterion(session, organiser.actor, fair, name_vi=name, weight=weight).id
        for name, weight in (("Chất lượng", 75), ("Bao bì", 25))
    ]
    units = [a_producer(session, name, f"{key}@units.example") for key, name in UNITS]
    return people, criteria, [a_submitted_application(session, fair, unit) for unit in units]


@pytest.fixture
def panel(store: Session, play: Play, organiser: OrganiserPlayer, fair: Fair) -> Callable[[], Panel]:
    """`panel()` sets it up; what is scored counts 75 % and 25 %."""
    return lambda: Panel(store, fair, organiser, *play(what_is_scored, organiser, fair))


UNITS = (("rua", "HTX Rùa Vàng"), ("ech", "HTX Ếch Đồng"))
