"""Who works at a fair: everybody of its organising body as an actor, and whom letters about an application go to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.organisation import Membership, members_of
from accounts.user import User
from events.fairs.fair import Fair
from events.teams.fair_role import FairRole
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.review_round import ReviewRound
from exhibitors.applications.review.who_reviews import only_scores, who_stands_aside
from foundation import clock
from foundation.actor import Actor, FairGrant, Role


def organisers_beside(session: Session, actor: Actor, fair: Fair) -> Sequence[Actor]:
    """`organisers_of` without the person. Two queries."""
    return [one for one in organisers_of(session, fair) if one.user_id != actor.user_id]


def organisers_told(session: Session, application: BoothApplication) -> Sequence[User]:
    """Whom letters about the application go to at its fair: those with a role in the whole body, but nobody who stands
    aside from it or belongs to its unit, and nobody who scores the fair blind. Four queries.
    """
    sighted = {one.user_id for one in organisers_of(session, application.fair) if not one.blind_at}
    told = sighted - who_stands_aside(session, application)
    return [person for person in members_of(session, application.fair.organisation_id) if person.id in told]


def organisers_of(session: Session, fair: Fair) -> Sequence[Actor]:
    """Everybody of the organising body, by name, with their roles there and at this fair, and whether they score it
    blind; not with what they stand aside from. Two queries.
    """
    grants: dict[int, list[FairGrant]] = defaultdict(list)
    bodies: dict[int, tuple[str, Role]] = {}
    rows = session.execute(
        select(User.id, User.name, Membership.role, FairRole.role, FairRole.zone_id)
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(FairRole, (FairRole.membership_id == Membership.id) & (FairRole.fair_id == fair.id))
        .where(Membership.organisation_id == fair.organisation_id, User.disabled_at.is_(None))
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


def _is_blind(session: Session, fair: Fair) -> bool:
    going_on = or_(ReviewRound.closes_at.is_(None), ReviewRound.closes_at > clock.now())
    blind = select(ReviewRound.fair_id).where(ReviewRound.is_blind, going_on)
    return session.scalar(blind.where(ReviewRound.fair_id == fair.id)) is not None
