"""Names people for a fair or one of its zones; who is not a member yet gets an invitation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.accept_invitation import when_invitation_is_accepted
from accounts.invitation import Invitation, InvitedTo, open_invitation
from accounts.invite_member import send_invitation, tells_where_invitation_leads
from accounts.organisation import Membership, Organisation, lock_organisation
from accounts.user import User, email_key, find_user
from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone
from events.teams.fair_role import FairRole
from events.teams.permissions import roles_to_give_at
from foundation import clock
from foundation.actor import Actor, Role
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.refusal import Refused


def name_for_fair(
    session: Session,
    actor: Actor,
    fair: Fair,
    *,
    email: str,
    role: Role,
    zone: Zone | None,
    language: str,
    base_url: str,
) -> FairRole:
    """Give the person with this address a role at the fair, in one zone or in all; a second time changes the role.

    A member holds it at once. Anybody else gets a letter that makes them a member limited to named fairs; the role
    waits for them to accept. Refused: `organisation_closed`, `role_not_yours_to_give`, `zone_of_another_fair`.
    """
    organisation = session.get_one(Organisation, fair.organisation_id)
    lock_organisation(session, organisation)
    if organisation.closed_at is not None:
        raise Refused("organisation_closed")
    if zone is not None and zone.plan.fair_id != fair.id:
        raise Refused("zone_of_another_fair")
    given = roles_to_give_at(actor, fair)
    if role not in given:
        raise Refused("role_not_yours_to_give")
    membership = _membership(session, organisation, email)
    invitation = None
    if membership is None:
        invitation = open_invitation(session, organisation.id, email_key(email))
        if invitation is None or not invitation.is_live:
            invitation = send_invitation(
                session, actor, organisation, email=email, role=Role.LIMITED, language=language, base_url=base_url,
                places=[_invited_to(fair, zone, role)],
            )  # fmt: skip
    fair_role = _known(session, fair, zone, membership, invitation)
    old = {"role": fair_role.role} if fair_role is not None else None
    if fair_role is None:
        facts = {"fair": fair, "zone": zone, "membership": membership, "invitation": invitation}
        fair_role = FairRole(**facts, created_at=clock.now())
        session.add(fair_role)
    elif Role(fair_role.role) not in given:
        raise Refused("role_not_yours_to_give")
    fair_role.role = role.value
    session.flush()
    new = {"role": role.value, "zone": zone.code if zone else None}
    record(session, actor, "team.name_for_fair", fair_role, fair_id=fair.id, old=old, new=new)
    return fair_role


def end_fair_role(session: Session, actor: Actor, fair_role: FairRole) -> None:
    """Take the role at the fair away; what the person holds in the organisation stays.

    Refused: `role_not_yours_to_give`.
    """
    if Role(fair_role.role) not in roles_to_give_at(actor, fair_role.fair):
        raise Refused("role_not_yours_to_give")
    facts: dict[str, object] = {"role": fair_role.role, "zone": fair_role.zone.code if fair_role.zone else None}
    if fair_role.membership is not None:
        facts["person"] = fair_role.membership.user_id
    record(session, actor, "team.end_fair_role", fair_role, fair_id=fair_role.fair_id, old=facts)
    session.delete(fair_role)
    session.flush()


@when_invitation_is_accepted
def hand_over_fair_roles(session: Session, invitation: Invitation, membership: Membership) -> None:
    """What was promised with the invitation belongs to the member now; a role held there already stays as it is."""
    promised = session.scalars(select(FairRole).where(FairRole.invitation_id == invitation.id)).all()
    for fair_role in promised:
        if _known(session, fair_role.fair, fair_role.zone, membership, None) is None:
            fair_role.membership, fair_role.invitation = membership, None
        else:
            session.delete(fair_role)
        session.flush()


@tells_where_invitation_leads
def places_promised(session: Session, invitation: Invitation) -> list[InvitedTo]:
    """The fairs and zones that wait for the person to accept."""
    promised = select(FairRole).where(FairRole.invitation_id == invitation.id).order_by(FairRole.id)
    return [_invited_to(each.fair, each.zone, Role(each.role)) for each in session.scalars(promised)]


def _invited_to(fair: Fair, zone: Zone | None, role: Role) -> InvitedTo:
    part = Bilingual(f"{zone.code} {zone.name_vi}", f"{zone.code} {zone.name_en or zone.name_vi}") if zone else None
    return InvitedTo(fair.name, part, role)


def _membership(session: Session, organisation: Organisation, email: str) -> Membership | None:
    user: User | None = find_user(session, email)
    if user is None:
        return None
    return session.scalar(
        select(Membership).where(Membership.user_id == user.id, Membership.organisation_id == organisation.id)
    )


def _known(
    session: Session, fair: Fair, zone: Zone | None, membership: Membership | None, invitation: Invitation | None
) -> FairRole | None:
    """The role already held or promised for the same place."""
    holder = (
        FairRole.membership_id == membership.id
        if membership
        else FairRole.invitation_id == (invitation.id if invitation else None)
    )
    where = FairRole.zone_id == zone.id if zone else FairRole.zone_id.is_(None)
    return session.scalar(select(FairRole).where(FairRole.fair_id == fair.id, holder, where))
