"""Who may do what with a fair."""

from __future__ import annotations

from events.fairs.fair import Fair, FairState
from foundation.actor import Actor, Role


def may_see_fair(actor: Actor | None, fair: Fair) -> bool:
    """Published, postponed and cancelled fairs are public; a draft is its organisers' alone."""
    return fair.state != FairState.DRAFT or (actor is not None and may_read_desk(actor, fair))


def may_read_desk(actor: Actor, fair: Fair) -> bool:
    """Any member of the organising organisation may look."""
    return actor.is_admin or actor.holds(fair.organisation_id, Role.READER)


def may_organise_fair(actor: Actor, fair: Fair) -> bool:
    """Managers and owners set up, draw, publish, open and close."""
    return actor.is_admin or actor.holds(fair.organisation_id, Role.MANAGER)


def may_create_fair(actor: Actor, organisation_id: int) -> bool:
    """Managers and owners of an organising organisation create its fairs."""
    role = actor.organiser_roles.get(organisation_id)
    return actor.is_admin or role in {Role.MANAGER, Role.OWNER}
