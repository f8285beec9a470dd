"""Who may do what with a producer's unit; what everybody may see of it is public."""

from __future__ import annotations

from accounts.organisation import Membership
from accounts.permissions import roles_to_give
from exhibitors.producers.producer import Producer
from foundation.actor import RANK, Actor, Role


def is_member(actor: Actor | None, producer: Producer, least: Role = Role.READER) -> bool:
    """Whether the person belongs to the unit with at least this role."""
    role = actor.producer_roles.get(producer.organisation_id) if actor else None
    return role is not None and RANK[role] >= RANK[least]


def may_see_own_unit(actor: Actor | None, producer: Producer | None) -> bool:
    """Every member sees the unit with its private contacts; whoever has none yet is led to the form."""
    return producer is None or is_member(actor, producer)


def may_change_producer(actor: Actor | None, producer: Producer) -> bool:
    """Managers and owners change the unit and its products."""
    return is_member(actor, producer, Role.MANAGER)


def may_lead_unit(actor: Actor | None, producer: Producer) -> bool:
    """Managers and owners invite, within what their role may give."""
    return is_member(actor, producer, Role.MANAGER)


def may_handle_colleague(actor: Actor | None, producer: Producer, membership: Membership) -> bool:
    """Whose role one may give, that member's role one may change or take away; only the unit's own members."""
    if actor is None or membership.organisation_id != producer.organisation_id:
        return False
    return Role(membership.role) in roles_to_give(actor.producer_roles.get(producer.organisation_id))


def may_hand_over(actor: Actor | None, producer: Producer, membership: Membership) -> bool:
    """The unit's owner alone, to another of its members."""
    is_colleague = membership.organisation_id == producer.organisation_id
    return is_member(actor, producer, Role.OWNER) and is_colleague
