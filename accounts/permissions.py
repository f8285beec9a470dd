"""Who may do what: the one table of roles and acts for organisers, and the rules of floor 1."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from accounts.organisation import Membership, Organisation, OrganisationKind
from accounts.user import SignedInSession
from foundation.actor import Actor, Role


class Act(StrEnum):
    """What can be done on the organisers' side; every permission of the floors above asks for one of these."""

    READ_DESK = "read_desk"
    WORK_ON_SITE = "work_on_site"
    SCREEN = "screen"
    SCORE = "score"
    PLACE = "place"
    DRAW_PLAN = "draw_plan"
    PUBLISH_DECISIONS = "publish_decisions"
    ORGANISE_FAIR = "organise_fair"
    CREATE_FAIR = "create_fair"
    LEAD_TEAM = "lead_team"
    KEEP_REGISTER = "keep_register"
    ASSIST = "assist"


MAY: Mapping[Role, frozenset[Act]] = {
    Role.LIMITED: frozenset(),
    Role.READER: frozenset({Act.READ_DESK}),
    Role.FIELD_STAFF: frozenset({Act.READ_DESK, Act.WORK_ON_SITE}),
    Role.REVIEWER: frozenset({Act.READ_DESK, Act.SCREEN, Act.SCORE, Act.ASSIST}),
    Role.MANAGER: frozenset(Act),
    Role.OWNER: frozenset(Act),
}
"""Role → acts. A limited member may do nothing by itself: what they may is written at the fairs they are named for."""

GIVES: Mapping[Role, frozenset[Role]] = {
    Role.MANAGER: frozenset({Role.LIMITED, Role.READER, Role.FIELD_STAFF, Role.REVIEWER}),
    Role.OWNER: frozenset(Role),
}
"""Which roles somebody may give and take: nobody one above or beside their own, save owners."""


def may_act(actor: Actor | None, act: Act, organisation_id: int) -> bool:
    """Whether the person's role in the whole organisation allows the act; administrators may everything."""
    if actor is None:
        return False
    role = actor.organiser_roles.get(organisation_id)
    return actor.is_admin or (role is not None and act in MAY[role])


def open_zones(actor: Actor | None, act: Act, organisation_id: int, fair_id: int) -> frozenset[int] | None:
    """The zones of a fair in which the person may do the act: None is everywhere, the empty set nowhere.

    Whoever scores a fair blind may do nothing else there.
    """
    if actor is not None and fair_id in actor.blind_at and act is not Act.SCORE:
        return frozenset()
    if may_act(actor, act, organisation_id):
        return None
    grants = actor.fair_roles.get(fair_id, ()) if actor is not None else ()
    zones = {grant.zone_id for grant in grants if act in MAY[grant.role]}
    return None if None in zones else frozenset(zone_id for zone_id in zones if zone_id is not None)


def roles_to_give(role: Role | None, *, is_admin: bool = False) -> frozenset[Role]:
    """The roles that a holder of this role may give or take away."""
    if is_admin:
        return frozenset(Role)
    return GIVES.get(role, frozenset()) if role else frozenset()


def may_see_team(actor: Actor | None, organisation: Organisation) -> bool:
    """Every member of an organising body sees who belongs to it, limited members excepted."""
    is_organiser = organisation.kind == OrganisationKind.ORGANISER
    return is_organiser and may_act(actor, Act.READ_DESK, organisation.id)


def may_lead_team(actor: Actor | None, organisation: Organisation) -> bool:
    """Managers and owners invite and change roles, within `GIVES`."""
    is_organiser = organisation.kind == OrganisationKind.ORGANISER
    return is_organiser and may_act(actor, Act.LEAD_TEAM, organisation.id)


def may_handle_member(actor: Actor | None, organisation: Organisation, membership: Membership) -> bool:
    """Whose role one may give, that member's role one may change or take away."""
    if actor is None or not may_lead_team(actor, organisation):
        return False
    own = actor.organiser_roles.get(organisation.id)
    return Role(membership.role) in roles_to_give(own, is_admin=actor.is_admin)


def may_leave(actor: Actor | None, organisation: Organisation) -> bool:
    """Every member, and nobody else."""
    return actor is not None and organisation.id in actor.organiser_roles


def may_administer(actor: Actor | None, organisation: Organisation) -> bool:
    """Administrators of the installation alone."""
    return actor is not None and actor.is_admin and organisation.kind == OrganisationKind.ORGANISER


def may_end_session(actor: Actor | None, signed_in: SignedInSession) -> bool:
    """Only one's own."""
    return actor is not None and signed_in.user_id == actor.user_id
