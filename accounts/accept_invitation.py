"""Lets whoever was invited into the organisation: with the account they have, or with a new one."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from accounts.invitation import Invitation, find_live_invitation
from accounts.letters import joined_letter
from accounts.organisation import Membership, actor_for, enrol, lock_organisation
from accounts.sign_up import add_person, check_name
from accounts.user import User, find_user
from foundation import clock
from foundation.audit_trail import record
from foundation.outbox import post
from foundation.refusal import Refused

Joined = Callable[[Session, Invitation, Membership], None]
_when_joined: list[Joined] = []


def when_invitation_is_accepted(joined: Joined) -> Joined:
    """Register what a floor above does when somebody has joined by an invitation."""
    if joined not in _when_joined:
        _when_joined.append(joined)
    return joined


def accept_invitation(session: Session, token: str, user: User, *, base_url: str) -> Membership:
    """Use the link up and make the person a member with the role of the invitation.

    Refused: `link_dead`; `invitation_for_another` unless the letter went to this person's address. Whoever has become
    a member meanwhile keeps the role held: an old letter neither raises nor lowers it.
    """
    invitation = _live(session, token)
    if user.email_key != invitation.email_key:
        raise Refused("invitation_for_another")
    lock_organisation(session, invitation.organisation)
    _use_up(session, invitation)
    membership = session.scalar(
        select(Membership).where(
            Membership.user_id == user.id, Membership.organisation_id == invitation.organisation_id
        )
    )
    if membership is None:
        membership = enrol(session, user, invitation.organisation, invitation.current)
        facts = {"role": membership.role, "organisation": invitation.organisation_id}
        record(session, actor_for(session, user), "team.join", membership, new=facts)
    for joined in _when_joined:
        joined(session, invitation, membership)
    if invitation.invited_by is not None and invitation.invited_by.may_act:
        post(session, joined_letter(invitation, user, base_url))
    return membership


def accept_as_new_person(
    session: Session, token: str, *, name: str, password_hash: str, language: str, base_url: str
) -> Membership:
    """Make an account for the invited address and join with it.

    Make `password_hash` with `check_and_hash_password` before. Whoever read the letter has shown that the address is
    theirs, so it counts as confirmed. Refused: `link_dead`, the rules of names, `email_taken` by a confirmed account
    (sign in with that one); an account that was never confirmed belongs to nobody yet and is taken over.
    """
    name = check_name(name)
    invitation = _live(session, token)
    user = find_user(session, invitation.email)
    if user is not None and (user.email_confirmed_at or user.disabled_at):
        raise Refused("email_taken")
    if user is None:
        user = add_person(session, invitation.email, name, password_hash, language)
    else:
        user.name, user.password_hash, user.language = name, password_hash, language
    user.email_confirmed_at = clock.now()
    session.flush()
    return accept_invitation(session, token, user, base_url=base_url)


def _live(session: Session, token: str) -> Invitation:
    invitation = find_live_invitation(session, token)
    if invitation is None:
        raise Refused("link_dead")
    return invitation


def _use_up(session: Session, invitation: Invitation) -> None:
    """Of two who press at once one is refused; so is whoever comes when it has just been taken back."""
    taken = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.token_hash == invitation.token_hash)
        .where(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
        .values(accepted_at=clock.now())
        .returning(Invitation.id)
    ).all()
    if not taken or invitation.organisation.closed_at is not None:
        raise Refused("link_dead")
