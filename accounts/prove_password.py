"""Proves that somebody knows a password, without keeping other writers waiting while it is checked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.passwords import hash_password, needs_new_hash, verify_password
from accounts.user import User, email_key
from foundation.database import reading_only
from foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class PasswordProof:
    """The password of `user_id` was given and matched `password_hash`; `renewed_hash` when its costs have changed."""

    user_id: int
    password_hash: str
    renewed_hash: str | None = None

    def owner(self, session: Session) -> User:
        """The person, unless the password has been changed since it was proven (`wrong_password`)."""
        user = session.get_one(User, self.user_id, populate_existing=True)
        if user.password_hash != self.password_hash:
            raise Refused("wrong_password")
        return user


def prove_password(
    session: Session, password: str, *, email: str | None = None, user_id: int | None = None
) -> PasswordProof | None:
    """The proof, or None; an unknown address takes as long as a wrong password.

    Give either the address or the person's id. Call it first: what the session has not committed is rolled back, so
    that no place in the queue of writers is held during the 20 ms that checking takes.
    """
    one = User.email_key == email_key(email) if email is not None else User.id == user_id
    session.rollback()
    with reading_only():
        row = session.execute(select(User.id, User.password_hash).where(one)).one_or_none()
        session.rollback()
    if not verify_password(row.password_hash if row else None, password) or row is None:
        return None
    renewed = hash_password(password) if needs_new_hash(row.password_hash) else None
    return PasswordProof(row.id, row.password_hash, renewed)
