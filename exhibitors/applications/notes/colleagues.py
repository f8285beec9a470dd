"""Colleagues who can be mentioned in a note about an application: everybody else to whom it is open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.organisation import Membership
from accounts.user import User
from events.fairs.fair import Fair
from events.teams.fair_role import FairRole
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.permissions import may_read_application
from exhibitors.applications.review.review_round import ReviewRound
from exhibitors.applications.review.who_reviews import only_scores, tied_people
from foundation import clock
from foundation.actor import Actor, FairGrant, Role
from foundation.folding import fold


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom the application is open."""

    id: int
    name: str


def colleagues_at(session: Session, actor: Actor, application: BoothApplication) -> Sequence[Colleague]:
    """Everybody of the organising body but the person, by name, to whom the application is open: nobody who stands
    aside from it, belongs to its unit or comes from its commune, and nobody who scores its fair blind. Three queries.
    """
    tied = tied_people(session, application)
    return [
        Colleague(one.user_id, one.name)
        for one in organisers_beside(session, actor, application.fair)
        if one.user_id not in tied and may_read_application(one, application.fair, application)
    ]


def organisers_beside(session: Session, actor: Actor, fair: Fair) -> Sequence[Actor]:
    """Everybody of the organising body but the person, by name, with their roles there and at this fair, and whether
    they score it blind; not with what they stand aside from. Two queries.
    """
    grants: dict[int, list[FairGrant]] = defaultdict(list)
    bodies: dict[int, tuple[str, Role]] = {}
    rows = session.execute(
        select(User.id, User.name, Membership.role, FairRole.role, FairRole.zone_id)
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(FairRole, (FairRole.membership_id == Membership.id) & (FairRole.fair_id == fair.id))
        .where(Membership.organisation_id == fair.organisation_id, User.disabled_at.is_(None))
        .where(User.id != actor.user_id)
        .order_by(User.name, User.id)
    )
    for number, name, role, fair_role, zone_id in rows:
        bodies[number] = name, Role(role)
        if fair_role is not None:
            grants[number].append(FairGrant(Role(fair_role), zone_id))
    blind = _is_blind(session, fair)
    found = []
    for number, (name, role) in bodies.items():
        one = Actor(number, name, {fair.organisation_id: role}, fair_roles={fair.id: grants[number]})
        if blind and only_scores(one, fair.organisation_id, fair.id):
            one = replace(one, blind_at=frozenset({fair.id}))
        found.append(one)
    return found


def named_in(words: str, colleagues: Collection[Colleague]) -> set[int]:
    """Who is named after an @ in the words, marks and capitals aside; of two of one name, both."""
    folded = fold(words)
    return {one.id for one in colleagues if re.search(rf"@{re.escape(fold(one.name))}(?!\w)", folded)}


def _is_blind(session: Session, fair: Fair) -> bool:
    going_on = or_(ReviewRound.closes_at.is_(None), ReviewRound.closes_at > clock.now())
    blind = select(ReviewRound.fair_id).where(ReviewRound.is_blind, going_on)
    return session.scalar(blind.where(ReviewRound.fair_id == fair.id)) is not None
