"""Invitations into an organisation: bound to one address, used once, short-lived; only the token's hash is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, and_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from accounts.organisation import Organisation
from accounts.single_use_links import CLOCK_TOLERANCE
from accounts.user import User, hash_token
from foundation import clock
from foundation.actor import Role
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.partial_index import partial_index

INVITATION_LIFE = timedelta(days=7)
OPEN = "accepted_at is null and revoked_at is null"


class Invitation(Base):
    """A letter that lets one address into an organisation; an address has at most one open invitation there."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("accepted_at is null or revoked_at is null", name="one_end"),
        partial_index(
            "uq_invitation_open",
            "organisation_id",
            "email_key",
            where=OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    role: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    invited_by: Mapped[User | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Neither accepted nor taken back; it may have expired."""
        return self.accepted_at is None and self.revoked_at is None

    @property
    def is_live(self) -> bool:
        """Its link works now."""
        now = clock.now()
        in_time = self.sent_at <= now + CLOCK_TOLERANCE and now < self.expires_at
        return self.is_open and in_time and self.organisation.closed_at is None

    @property
    def current(self) -> Role:
        """The role that whoever accepts gets."""
        return Role(self.role)


def find_live_invitation(session: Session, token: str) -> Invitation | None:
    """The invitation behind a link, unless it is unknown, used, revoked, expired or its organisation closed."""
    invitation = session.scalar(
        select(Invitation)
        .options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by))
        .where(Invitation.token_hash == hash_token(token))
    )
    return invitation if invitation is not None and invitation.is_live else None


def open_invitation(session: Session, organisation_id: int, key: str) -> Invitation | None:
    """The open invitation of an address (its `email_key`) into an organisation, expired or not."""
    return session.scalar(
        select(Invitation).where(
            Invitation.organisation_id == organisation_id,
            Invitation.email_key == key,
            and_(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)),
        )
    )


def open_invitations(session: Session, organisation_id: int) -> list[Invitation]:
    """All open invitations into an organisation with who sent them, latest first."""
    rows = session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.invited_by))
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .order_by(Invitation.id.desc())
    )
    return list(rows)


@dataclass(frozen=True, slots=True)
class InvitedTo:
    """What waits for a person besides the organisation itself: an event, a part of it or all of it, and the role."""

    event: Bilingual
    part: Bilingual | None
    role: Role

    def told(self, language: str) -> dict[str, str]:
        """The words for a letter; the part is empty for the whole event."""
        part = self.part.local(language) if self.part else ""
        return {"event": self.event.local(language), "part": part, "role": self.role.value}
