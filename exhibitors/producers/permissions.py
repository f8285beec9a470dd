"""Who may do what with a producer's unit; what everybody may see of it is public."""

from __future__ import annotations

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
