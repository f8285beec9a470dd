"""One address that follows one thing, and the secret links of its letters."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation import clock
from foundation.database import Base

CONFIRM_WITHIN = timedelta(days=2)


class FollowFamily(StrEnum):
    """What can be followed, as it stands in addresses."""

    EVERYTHING = "everything"
    KINDS = "kinds"
    LOCALITIES = "localities"
    DISTRICTS = "districts"
    VENUES = "venues"
    FAIRS = "fairs"
    GROUPS = "groups"
    PRODUCERS = "producers"
    PRODUCTS = "products"


class LinkKind(StrEnum):
    """What a link in a letter does."""

    CONFIRM = "confirm"
    STOP = "stop"


class Follow(Base):
    """`key` is what names the thing in addresses; nothing is sent before `confirmed_at`.

    Whoever stops is forgotten: the row goes, and with the last one of an address the letters that were sent to it.
    """

    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("email_key", "family", "key"),
        CheckConstraint(f"family in ({', '.join(repr(family.value) for family in FollowFamily)})", name="family"),
        Index("ix_follow_family_key", "family", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(2))
    family: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(200))
    nonce: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]

    def token(self, kind: LinkKind, secret: str) -> str:
        """The secret part of a link: nothing of it is stored, and it dies with the row."""
        return f"{self.id}-{_signature(self, kind, secret)}"


def find_follow(session: Session, token: str, kind: LinkKind, secrets: Sequence[str]) -> Follow | None:
    """The follow behind a link; None when the link is false, too old to confirm, or the follow has ended."""
    number, _, signature = token.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    follow = session.scalar(select(Follow).where(Follow.id == int(number)))
    if follow is None:
        return None
    given = signature.encode("utf-8", "surrogatepass")
    if not any(hmac.compare_digest(_signature(follow, kind, secret).encode(), given) for secret in secrets):
        return None
    if kind is LinkKind.CONFIRM and follow.confirmed_at is None and follow.asked_at + CONFIRM_WITHIN < clock.now():
        return None
    return follow


def _signature(follow: Follow, kind: LinkKind, secret: str) -> str:
    words = f"follow:{kind.value}:{follow.id}:{follow.nonce}"
    return hmac.new(secret.encode(), words.encode(), hashlib.sha256).hexdigest()
