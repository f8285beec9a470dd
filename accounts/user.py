"""People who sign in, the sessions they hold and the single-use links they were sent."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from foundation.database import Base
from foundation.folding import nfc

SESSION_LIFE = timedelta(days=14)
"""How long somebody stays signed in, counted from the password, used or not; it never grows (ASVS 7.3.1, 7.3.2).

There is no idle clock beside it, as requests that only read may not write. Sessions end sooner by signing out, from the
account page, and all others when the password changes."""
CLOCK_DRIFT = timedelta(minutes=5)
"""How much later than now a session may have been opened, by a machine whose clock is ahead."""
LONGEST_EMAIL = 254
LONGEST_NAME = 80


class User(Base):
    """A person with an e-mail address and a password."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="vi")
    email_confirmed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    @property
    def may_act(self) -> bool:
        """Confirmed and not disabled."""
        return self.email_confirmed_at is not None and self.disabled_at is None


MAY_ACT = (User.email_confirmed_at.is_not(None), User.disabled_at.is_(None))
"""Of a person, asked of the database: what `may_act` says."""


class SignedInSession(Base):
    """One browser in which a person is signed in; the cookie holds the token, we keep only its hash."""

    __tablename__ = "signed_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


IS_LIVE = (
    SignedInSession.ended_at.is_(None),
    SignedInSession.created_at <= bindparam("soon"),
    SignedInSession.expires_at > bindparam("now"),
)
"""Of a session: neither ended nor expired, nor from a future further than CLOCK_DRIFT."""


class LinkPurpose(StrEnum):
    """What a single-use link does."""

    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a purpose, not a secret
    CHANGE_EMAIL = "change_email"


class SingleUseLink(Base):
    """A link sent by letter: stored hashed, used once, short-lived."""

    __tablename__ = "single_use_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    new_email: Mapped[str | None] = mapped_column(String(320))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


def email_key(email: str) -> str:
    """What makes two addresses the same: case, width and composition do not count."""
    return nfc(email.strip()).casefold()


def find_user(session: Session, email: str) -> User | None:
    """The person with this address, however it was typed."""
    return session.scalar(select(User).where(User.email_key == email_key(email)))


def new_token() -> str:
    """A secret of 256 bits for an address or a cookie."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is stored instead of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
