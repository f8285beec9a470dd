"""Gives people who forgot their password a new one, by way of their letter box."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.letters import password_changed_letter, reset_password_letter
from accounts.organisation import actor_for
from accounts.sign_in import end_sessions
from accounts.single_use_links import issue_link, revoke_links, use_link
from accounts.user import LinkPurpose, User, find_user
from foundation import clock
from foundation.audit_trail import record
from foundation.outbox import post


def ask_for_reset(session: Session, *, email: str, base_url: str) -> None:
    """Send a link to the address on record (never to the address as typed); nothing happens when nobody has it."""
    user = find_user(session, email)
    if user is None or user.disabled_at is not None:
        return
    token = issue_link(session, user, LinkPurpose.RESET_PASSWORD)
    post(session, reset_password_letter(user, token, base_url))
    record(session, None, "asked_for_reset", user)


def reset_password(session: Session, token: str, *, new_hash: str, base_url: str) -> User:
    """Set the password behind a link and end all sessions. Refused: `link_dead`.

    Make `new_hash` with `check_and_hash_password` before. Whoever read the letter has shown that the address is theirs,
    so it counts as confirmed.
    """
    user = use_link(session, token, LinkPurpose.RESET_PASSWORD).user
    user.password_hash = new_hash
    user.email_confirmed_at = user.email_confirmed_at or clock.now()
    revoke_links(session, user, *LinkPurpose)
    actor = actor_for(session, user)
    end_sessions(session, actor, user)
    post(session, password_changed_letter(user, base_url))
    record(session, actor, "reset_password", user)
    return user
