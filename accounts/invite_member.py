"""Invites people into an organisation by letter; sends the letter again, takes the invitation back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.invitation import INVITATION_LIFE, Invitation, InvitedTo, open_invitation
from accounts.letters import invitation_letter
from accounts.organisation import Membership, Organisation, lock_organisation
from accounts.permissions import roles_to_give
from accounts.user import email_key, find_user, new_token
from accounts.user import hash_token as hashed
from foundation import clock
from foundation.actor import Actor, Role
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.outbox import post
from foundation.refusal import Refused


def invite_member(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    *,
    email: str,
    role: Role,
    language: str,
    base_url: str,
) -> Invitation:
    """Send a letter with a link for this address alone.

    Refused: `organisation_closed`, `role_not_yours_to_give`, `member_already`, `invited_already` while an earlier
    letter still works (send that one again instead); an expired one is renewed with the role given now.
    """
    lock_organisation(session, organisation)
    if organisation.closed_at is not None:
        raise Refused("organisation_closed")
    insist_on_giving(session, actor, organisation, role)
    return send_invitation(session, actor, organisation, email=email, role=role, language=language, base_url=base_url)


Teller = Callable[[Session, Invitation], Sequence[InvitedTo]]
_tellers: list[Teller] = []


def tells_where_invitation_leads(teller: Teller) -> Teller:
    """Register what a floor above has promised with an invitation, for a letter that is sent again."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def send_invitation(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    *,
    email: str,
    role: Role,
    language: str,
    base_url: str,
    places: Sequence[InvitedTo] = (),
) -> Invitation:
    """The same for a caller that holds the lock and has seen that the actor may: refused as there, but for the role."""
    user = find_user(session, email)
    if user is not None and role_in(session, user.id, organisation.id) is not None:
        raise Refused("member_already")
    invitation = open_invitation(session, organisation.id, email_key(email))
    if invitation is not None and clock.now() < invitation.expires_at:
        raise Refused("invited_already")
    if invitation is None:
        invitation = Invitation(
            organisation=organisation, email=nfc(email.strip()), email_key=email_key(email), created_at=clock.now()
        )
    invitation.role = role.value
    invitation.language = user.language if user is not None else language
    _send(session, actor, invitation, base_url, places)
    session.add(invitation)
    session.flush()
    record(session, actor, "team.invite", invitation, new={"role": role.value, "organisation": organisation.id})
    return invitation


def resend_invitation(session: Session, actor: Actor, invitation: Invitation, *, base_url: str) -> Invitation:
    """A new letter with a new link; the earlier link dies. Refused: `invitation_over`, and as `invite_member`."""
    _lock_open(session, actor, invitation)
    if invitation.organisation.closed_at is not None:
        raise Refused("organisation_closed")
    places = [place for tell in _tellers for place in tell(session, invitation)]
    _send(session, actor, invitation, base_url, places)
    session.flush()
    record(session, actor, "team.resend_invitation", invitation, new={"role": invitation.role})
    return invitation


def revoke_invitation(session: Session, actor: Actor, invitation: Invitation) -> Invitation:
    """Its link dies at once. Refused: `invitation_over`, `role_not_yours_to_give`."""
    _lock_open(session, actor, invitation)
    invitation.revoked_at = clock.now()
    session.flush()
    record(session, actor, "team.revoke_invitation", invitation, old={"role": invitation.role})
    return invitation


def role_in(session: Session, user_id: int, organisation_id: int) -> Role | None:
    """The role as the database has it now, which the actor's value may have been left behind by."""
    role = session.scalar(
        select(Membership.role).where(Membership.user_id == user_id, Membership.organisation_id == organisation_id)
    )
    return Role(role) if role else None


def insist_on_giving(session: Session, actor: Actor, organisation: Organisation, *roles: Role) -> None:
    """Refuses `role_not_yours_to_give` unless the actor, by the role held now, may give and take all these roles."""
    own = None if actor.is_admin else role_in(session, actor.user_id, organisation.id)
    if not set(roles) <= roles_to_give(own, is_admin=actor.is_admin):
        raise Refused("role_not_yours_to_give")


def _lock_open(session: Session, actor: Actor, invitation: Invitation) -> None:
    lock_organisation(session, invitation.organisation)
    session.refresh(invitation)
    if not invitation.is_open:
        raise Refused("invitation_over")
    insist_on_giving(session, actor, invitation.organisation, invitation.current)


def _send(session: Session, actor: Actor, invitation: Invitation, base_url: str, places: Sequence[InvitedTo]) -> None:
    token, now = new_token(), clock.now()
    invitation.token_hash = hashed(token)
    invitation.invited_by_id = actor.user_id or None
    invitation.sent_at = now
    invitation.expires_at = now + INVITATION_LIFE
    post(session, invitation_letter(invitation, actor.name, token, base_url, places))
