"""Who belongs to a producer's unit: the roles that make sense there, and which of several units a person acts for."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.accept_invitation import when_invitation_is_accepted
from accounts.invitation import Invitation
from accounts.organisation import Membership
from accounts.permissions import roles_to_give
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.actor import Actor, Role
from foundation.refusal import Refused

ROLES_IN_UNIT = (Role.OWNER, Role.MANAGER, Role.READER)
"""Screening and work on site belong to organisers; a unit needs somebody who leads, who acts, who reads along."""


def roles_to_give_in(actor: Actor, producer: Producer) -> frozenset[Role]:
    """The roles of a unit that the person may give or take."""
    return roles_to_give(actor.producer_roles.get(producer.organisation_id)) & frozenset(ROLES_IN_UNIT)


def units_of(session: Session, actor: Actor) -> list[Producer]:
    """Every unit the person belongs to, the one they act for first."""
    query = (
        select(Producer)
        .join(Membership, Membership.organisation_id == Producer.organisation_id)
        .where(Membership.user_id == actor.user_id)
        .order_by(Membership.chosen_at.desc().nulls_last(), Membership.id)
    )
    return list(session.scalars(query))


def choose_unit(session: Session, actor: Actor, producer: Producer) -> None:
    """From now on the person acts for this unit, on every device. Refused: `member_gone`."""
    membership = session.scalar(
        select(Membership).where(
            Membership.user_id == actor.user_id, Membership.organisation_id == producer.organisation_id
        )
    )
    if membership is None:
        raise Refused("member_gone")
    membership.chosen_at = clock.now()
    session.flush()


@when_invitation_is_accepted
def act_for_the_new_unit(session: Session, invitation: Invitation, membership: Membership) -> None:
    """Whoever has just joined a unit means to work on it."""
    if invitation.organisation.is_unit:
        membership.chosen_at = clock.now()
        session.flush()
