"""What people change about their own account: name, language, password, address."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accounts.letters import (
    confirm_new_email_letter,
    email_change_letter,
    known_address_letter,
    password_changed_letter,
)
from accounts.prove_password import PasswordProof
from accounts.sign_in import end_sessions
from accounts.sign_up import check_name
from accounts.single_use_links import issue_link, revoke_links, use_link
from accounts.user import LinkPurpose, SignedInSession, User, email_key, find_user
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.outbox import post
from foundation.refusal import Refused


def change_profile(session: Session, actor: Actor, user: User, *, name: str, language: str) -> None:
    """Set how letters address the person and in which language. Refused: the rules of names."""
    user.name = check_name(name)
    user.language = language
    record(session, actor, "changed_profile", user)


def change_password(
    session: Session,
    actor: Actor,
    proof: PasswordProof,
    *,
    new_hash: str,
    base_url: str,
    but: SignedInSession | None = None,
) -> int:
    """Set a new password; answers how many other sessions ended (all but `but`). Links that were sent die.

    Make `new_hash` with `check_and_hash_password` before. Refused: `wrong_password` (changed meanwhile).
    """
    user = proof.owner(session)
    user.password_hash = new_hash
    revoke_links(session, user, *LinkPurpose)
    ended = end_sessions(session, actor, user, but=but)
    post(session, password_changed_letter(user, base_url))
    record(session, actor, "changed_password", user)
    return ended


def ask_email_change(session: Session, actor: Actor, proof: PasswordProof, *, new_email: str, base_url: str) -> None:
    """Send a link to the new address and a notice to the old one; nothing changes until the link is used.

    An address that has an account gets the letter for known addresses instead, so that nobody can learn who is
    registered here. Refused: `email_same`, `wrong_password`.
    """
    user = proof.owner(session)
    if email_key(new_email) == user.email_key:
        raise Refused("email_same")
    post(session, email_change_letter(user, base_url))
    record(session, actor, "asked_email_change", user)
    other = find_user(session, new_email)
    if other is not None:
        post(session, known_address_letter(other, base_url))
        return
    address = nfc(new_email.strip())
    token = issue_link(session, user, LinkPurpose.CHANGE_EMAIL, new_email=address)
    post(session, confirm_new_email_letter(user, address, token, base_url))


def confirm_new_email(session: Session, token: str) -> User:
    """The person, now with the new address; links that went to the old one die. Refused: `link_dead`, also when
    somebody else has taken the address meanwhile.
    """
    link = use_link(session, token, LinkPurpose.CHANGE_EMAIL)
    user, address = link.user, link.new_email or ""
    try:
        with session.begin_nested():
            user.email, user.email_key = address, email_key(address)
    except IntegrityError as error:
        raise Refused("link_dead") from error
    revoke_links(session, user, *LinkPurpose)
    record(session, None, "changed_email", user)
    return user
