"""Opens and ends a person's sessions."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import actor_for
from accounts.prove_password import PasswordProof
from accounts.user import SESSION_LIFE, SignedInSession, User, hash_token, new_token
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.refusal import Refused


def admit(session: Session, proof: PasswordProof | None) -> User:
    """The person who gave the right password, if allowed in.

    Refused: `wrong_sign_in` without a proof, whatever was wrong; `account_disabled` and `email_unconfirmed` are told
    only to those who know the password.
    """
    if proof is None:
        raise Refused("wrong_sign_in")
    user = proof.owner(session)
    if user.disabled_at is not None:
        raise Refused("account_disabled")
    if user.email_confirmed_at is None:
        raise Refused("email_unconfirmed")
    if proof.renewed_hash:
        user.password_hash = proof.renewed_hash
    return user


def note_failed_sign_in(session: Session) -> None:
    """A line in the trail for a failed try, the same for known and unknown addresses."""
    record(session, None, "failed_sign_in")


def open_session(session: Session, user: User, *, device: str = "") -> tuple[SignedInSession, str]:
    """A new session with the token that only the browser's cookie will hold."""
    token, now = new_token(), clock.now()
    signed_in = SignedInSession(
        user=user, token_hash=hash_token(token), device=device[:80], created_at=now, expires_at=now + SESSION_LIFE
    )
    session.add(signed_in)
    session.flush()
    record(session, actor_for(session, user), "signed_in", signed_in)
    return signed_in, token


def live_sessions(session: Session, user: User) -> list[SignedInSession]:
    """Where the person is signed in now, latest first."""
    rows = session.scalars(
        select(SignedInSession)
        .where(
            SignedInSession.user_id == user.id,
            SignedInSession.ended_at.is_(None),
            SignedInSession.expires_at > clock.now(),
        )
        .order_by(SignedInSession.id.desc())
    )
    return list(rows)


def end_one_session(session: Session, actor: Actor, signed_in: SignedInSession) -> None:
    """End a session on the server: a copied cookie is worth nothing afterwards. Ending it again changes nothing."""
    if signed_in.ended_at is None:
        signed_in.ended_at = clock.now()
        record(session, actor, "signed_out", signed_in)


def end_sessions(session: Session, actor: Actor, user: User, *, but: SignedInSession | None = None) -> int:
    """End all sessions of a person except perhaps one; answers how many ended."""
    ending = [row for row in live_sessions(session, user) if but is None or row.id != but.id]
    for row in ending:
        end_one_session(session, actor, row)
    return len(ending)
