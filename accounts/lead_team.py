"""Changes who belongs to an organisation: another role, out of the team, leaving; never without an owner."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.invitation import open_invitations
from accounts.invite_member import insist_on_giving
from accounts.letters import handed_over_letter
from accounts.organisation import Membership, Organisation, lock_organisation
from accounts.permissions import roles_to_give
from accounts.user import User
from foundation import clock
from foundation.actor import Actor, Role
from foundation.audit_trail import record
from foundation.outbox import post
from foundation.refusal import Refused


def change_role(session: Session, actor: Actor, membership: Membership, role: Role) -> Membership:
    """Give a member another role.

    Refused: `member_gone`, `role_not_yours_to_give` (of the old role and the new one), `last_owner`.
    """
    organisation = _lock(session, membership)
    old = Role(membership.role)
    insist_on_giving(session, actor, organisation, old, role)
    if role is old:
        return membership
    if old is Role.OWNER:
        _keep_an_owner(session, membership)
    membership.role = role.value
    session.flush()
    record(session, actor, "team.change_role", membership, old={"role": old.value}, new={"role": role.value})
    _revoke_beyond(session, actor, membership, role)
    return membership


def remove_member(session: Session, actor: Actor, membership: Membership) -> None:
    """Take a member out; invitations they sent that are still open die. Refused: as `change_role`."""
    organisation = _lock(session, membership)
    insist_on_giving(session, actor, organisation, Role(membership.role))
    _end(session, actor, membership, "team.remove")


def leave_organisation(session: Session, actor: Actor, organisation: Organisation) -> None:
    """The actor's own membership ends. Refused: `member_gone`, `last_owner`."""
    own = select(Membership).where(Membership.user_id == actor.user_id, Membership.organisation_id == organisation.id)
    membership = session.scalar(own)
    if membership is None:
        raise Refused("member_gone")
    _lock(session, membership)
    _end(session, actor, membership, "team.leave")


def hand_over(session: Session, actor: Actor, membership: Membership, *, base_url: str) -> Membership:
    """Another member becomes the owner and the actor, who was, stays as a manager.

    Refused: `member_gone`, `role_not_yours_to_give` unless the actor owns the organisation, `hand_over_to_oneself`,
    `account_disabled` when the other cannot sign in.
    """
    organisation = _lock(session, membership)
    own = session.scalar(
        select(Membership)
        .where(Membership.user_id == actor.user_id, Membership.organisation_id == organisation.id)
        .execution_options(populate_existing=True)
    )
    if own is None or own.role != Role.OWNER.value:
        raise Refused("role_not_yours_to_give")
    if own.id == membership.id:
        raise Refused("hand_over_to_oneself")
    if not membership.user.may_act:
        raise Refused("account_disabled")
    old = membership.role
    membership.role, own.role = Role.OWNER.value, Role.MANAGER.value
    session.flush()
    facts = {"role": Role.OWNER.value, "from": actor.user_id, "to": membership.user_id}
    record(session, actor, "team.hand_over", membership, old={"role": old}, new=facts)
    post(session, handed_over_letter(membership, actor.name, base_url))
    _revoke_beyond(session, actor, own, Role.MANAGER)
    return membership


def count_owners(session: Session, organisation_id: int) -> int:
    """Owners who can sign in: a closed account leads nobody."""
    return (
        session.scalar(
            select(func.count(Membership.id))
            .join(User, User.id == Membership.user_id)
            .where(
                Membership.organisation_id == organisation_id,
                Membership.role == Role.OWNER.value,
                User.disabled_at.is_(None),
                User.email_confirmed_at.is_not(None),
            )
        )
        or 0
    )


def _lock(session: Session, membership: Membership) -> Organisation:
    """One change to a team at a time; the membership is read again, as the one before may have ended it."""
    organisation = session.get_one(Organisation, membership.organisation_id)
    lock_organisation(session, organisation)
    if session.get(Membership, membership.id, populate_existing=True) is None:
        raise Refused("member_gone")
    return organisation


def _keep_an_owner(session: Session, membership: Membership) -> None:
    """Refuses `last_owner` when nobody else could lead the organisation afterwards."""
    own = 1 if membership.user.may_act else 0
    if count_owners(session, membership.organisation_id) - own < 1:
        raise Refused("last_owner")


def _end(session: Session, actor: Actor, membership: Membership, what: str) -> None:
    if membership.role == Role.OWNER.value:
        _keep_an_owner(session, membership)
    facts = {"role": membership.role, "organisation": membership.organisation_id, "person": membership.user_id}
    record(session, actor, what, membership, old=facts)
    _revoke_beyond(session, actor, membership, None)
    session.delete(membership)
    session.flush()


def _revoke_beyond(session: Session, actor: Actor, membership: Membership, role: Role | None) -> None:
    """Letters that the person sent and may no longer send open no door."""
    for invitation in open_invitations(session, membership.organisation_id):
        beyond = invitation.current not in roles_to_give(role)
        if invitation.invited_by_id == membership.user_id and beyond:
            invitation.revoked_at = clock.now()
            record(session, actor, "team.revoke_invitation", invitation, old={"role": invitation.role})
