"""Invitation codes: each for a number of units, counted safely with two at once."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import Fair
from exhibitors.producers.producer import Producer
from foundation.database import Base

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0/O and 1/I: codes are read out on the telephone."""
CODE_LENGTH = 8


class InvitationCode(Base):
    """A code of one fair; `uses_taken` counts units and never passes `uses_allowed`, which the database holds too."""

    __tablename__ = "invitation_code"
    __table_args__ = (
        UniqueConstraint("fair_id", "code"),
        CheckConstraint("uses_allowed between 1 and 1000", name="uses_allowed"),
        CheckConstraint("uses_taken between 0 and uses_allowed", name="uses_taken"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    code: Mapped[str] = mapped_column(String(20))
    given_to: Mapped[str] = mapped_column(String(200), default="")
    uses_allowed: Mapped[int] = mapped_column(default=1)
    uses_taken: Mapped[int] = mapped_column(default=0)
    valid_until: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    fair: Mapped[Fair] = relationship()
    uses: Mapped[list[InvitationUse]] = relationship(order_by="InvitationUse.taken_at", back_populates="code")


class InvitationUse(Base):
    """A unit that used a code; applying again with the same code counts once."""

    __tablename__ = "invitation_use"
    __table_args__ = (
        UniqueConstraint("code_id", "producer_id"),
        Index("ix_invitation_use_producer_id", "producer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("invitation_code.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    taken_at: Mapped[datetime]

    code: Mapped[InvitationCode] = relationship(back_populates="uses")
    producer: Mapped[Producer] = relationship()


def new_code(session: Session, fair: Fair) -> str:
    """A free code of eight signs such as 7K3F9QWX: short enough for the telephone, too many to guess."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if find_code(session, fair, code) is None:
            return code


def typed_code(text: str) -> str:
    """A code as it is kept, from how people type it: blanks, hyphens and small letters do not matter."""
    return "".join(sign for sign in text.upper() if sign.isalnum())[:20]


def find_code(session: Session, fair: Fair, typed: str) -> InvitationCode | None:
    """The fair's code, however it was typed."""
    query = select(InvitationCode).where(InvitationCode.fair_id == fair.id, InvitationCode.code == typed_code(typed))
    return session.scalar(query)


def codes_of(session: Session, fair: Fair) -> list[InvitationCode]:
    """All codes of a fair, newest first."""
    query = select(InvitationCode).where(InvitationCode.fair_id == fair.id)
    return list(session.scalars(query.order_by(InvitationCode.id.desc())))
