"""Codes given on paper and claims that an officer answers; of a code only its hash is stored."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from accounts.organisation import Membership, Organisation, OrganisationKind
from accounts.permissions import MAY, Act
from accounts.user import User, hash_token
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.database import Base
from foundation.partial_index import partial_index

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0/O and 1/I: codes are read out on the telephone."""
CODE_LENGTH = 10
CODE_LIFE = timedelta(days=60)
"""A letter by post and a visit to the commune's office take weeks."""
LONGEST_WORDS = 1000
OPEN = "decided_at is null"


class ClaimCode(Base):
    """The one code of a unit: whoever types it in time keeps the unit from then on."""

    __tablename__ = "claim_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    producer: Mapped[Producer] = relationship()

    @property
    def is_live(self) -> bool:
        """Whether it still opens the unit."""
        return self.used_at is None and clock.now() < self.expires_at


class UnitClaim(Base):
    """A person who says that a unit is theirs; a person has at most one open claim for a unit."""

    __tablename__ = "unit_claim"
    __table_args__ = (
        partial_index(
            "uq_unit_claim_open",
            "producer_id",
            "user_id",
            where=OPEN,
        ),
        CheckConstraint("(decided_at is null) = (is_granted is null)", name="decided_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    words: Mapped[str] = mapped_column(Text, default="")
    address_matches: Mapped[bool] = mapped_column(default=False)
    """Whether the person's confirmed address is the contact address of the register."""
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    is_granted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    producer: Mapped[Producer] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])


def new_claim_code() -> str:
    """Ten signs, 50 bits: too many to guess at the door, short enough for the telephone."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def spaced(code: str) -> str:
    """A code as it is printed: 7K3F9-QWX2B."""
    return f"{code[:5]}-{code[5:]}"


def hash_code(typed: str) -> str:
    """What is stored of a code, however people type it: blanks, hyphens and small letters do not matter."""
    return hash_token("".join(sign for sign in typed.upper() if sign.isalnum())[:20])


def find_claim_code(session: Session, typed: str) -> ClaimCode | None:
    """The live code, locked: of two who type it at once the second finds it used."""
    code = session.scalar(
        select(ClaimCode).where(ClaimCode.code_hash == hash_code(typed)).with_for_update(of=ClaimCode)
    )
    return code if code is not None and code.is_live else None


def count_people(session: Session, producer: Producer) -> int:
    """How many belong to the unit."""
    query = select(func.count(Membership.id)).where(Membership.organisation_id == producer.organisation_id)
    return session.scalar(query) or 0


def keepers_of_register(session: Session) -> list[User]:
    """Whoever may answer claims in an organising body (`Act.KEEP_REGISTER`), each once; one query."""
    roles = [role.value for role, acts in MAY.items() if Act.KEEP_REGISTER in acts]
    ids = (
        select(Membership.user_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.kind == OrganisationKind.ORGANISER.value, Membership.role.in_(roles))
        .where(Organisation.closed_at.is_(None))
    )
    return list(session.scalars(select(User).where(User.id.in_(ids), User.disabled_at.is_(None)).order_by(User.id)))


def open_claims(session: Session) -> list[UnitClaim]:
    """All that wait for an answer, oldest first, with their units and people."""
    return _claims(session, UnitClaim.decided_at.is_(None), UnitClaim.id, most=200)


def answered_claims(session: Session, most: int = 20) -> list[UnitClaim]:
    """The ones answered last."""
    return _claims(session, UnitClaim.decided_at.is_not(None), UnitClaim.decided_at.desc(), most)


def claims_of(session: Session, user_id: int) -> list[UnitClaim]:
    """A person's own, newest first."""
    return _claims(session, UnitClaim.user_id == user_id, UnitClaim.id.desc(), most=20)


def _claims(session: Session, condition: object, order: object, most: int) -> list[UnitClaim]:
    unit = joinedload(UnitClaim.producer)
    places = (unit.joinedload(Producer.district), unit.joinedload(Producer.locality))
    query = select(UnitClaim).options(*places, joinedload(UnitClaim.user), joinedload(UnitClaim.decided_by))
    return list(session.scalars(query.where(condition).order_by(order).limit(most)))  # type: ignore[arg-type]  # SQL
