"""Who may see and change the team of a fair."""

from __future__ import annotations

from accounts.permissions import Act, may_act, roles_to_give
from events.fairs.fair import Fair
from events.fairs.permissions import zones_open_to
from events.teams.fair_role import FAIR_ROLES, FairRole
from foundation.actor import Actor, FairGrant, Role


def may_name_for_fair(actor: Actor | None, fair: Fair) -> bool:
    """Managers and owners, of the organising body or of the whole fair."""
    return zones_open_to(actor, Act.LEAD_TEAM, fair) is None


def may_end_fair_role(actor: Actor | None, fair: Fair, fair_role: FairRole) -> bool:
    """Whose role one may give at the fair, that role one may take away."""
    return Role(fair_role.role) in roles_to_give_at(actor, fair)


def roles_to_give_at(actor: Actor | None, fair: Fair) -> frozenset[Role]:
    """The roles that the person may give at this fair: those below their own, all of them for owners."""
    if actor is None or not may_name_for_fair(actor, fair):
        return frozenset()
    own = actor.organiser_roles.get(fair.organisation_id)
    if not may_act(actor, Act.LEAD_TEAM, fair.organisation_id):
        own = Role.MANAGER if FairGrant(Role.MANAGER) in actor.fair_roles.get(fair.id, ()) else None
    return roles_to_give(own, is_admin=actor.is_admin) & frozenset(FAIR_ROLES)
