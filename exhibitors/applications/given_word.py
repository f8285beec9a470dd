"""What an applicant has pledged and agreed to: one row a purpose, with the version of the text and the moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from accounts.user import User
from exhibitors.applications.booth_application import BoothApplication
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.database import Base
from foundation.partial_index import partial_index
from foundation.refusal import Refused


class Purpose(StrEnum):
    """What a word is given for; a pledge is needed to apply, consents are free (Law 91/2025/QH15 on personal data)."""

    PLEDGE = "pledge"
    PHOTOS = "photos"
    BUYERS = "buyers"
    NEXT_FAIRS = "next_fairs"


CONSENTS = (Purpose.PHOTOS, Purpose.BUYERS, Purpose.NEXT_FAIRS)
VERSIONS = {Purpose.PLEDGE: 1, Purpose.PHOTOS: 1, Purpose.BUYERS: 1, Purpose.NEXT_FAIRS: 1}
"""The version of each text in force; a text that changes gets the next number, and the one before it stays."""
LIVE = "withdrawn_at is null"


class GivenWord(Base):
    """One word given; withdrawn ones stay with the moment they ended."""

    __tablename__ = "given_word"
    __table_args__ = (
        partial_index(
            "uq_given_word_live",
            "application_id",
            "purpose",
            where=LIVE,
        ),
        CheckConstraint(f"purpose in ({', '.join(repr(one.value) for one in Purpose)})", name="purpose"),
        CheckConstraint("purpose != 'pledge' or withdrawn_at is null", name="pledge_stands"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    text_version: Mapped[int]
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    withdrawn_at: Mapped[datetime | None]

    given_by: Mapped[User | None] = relationship()


def words_given(session: Session, application: BoothApplication) -> list[GivenWord]:
    """Everything given for an application, withdrawn ones too, in the order of the purposes; one query."""
    query = select(GivenWord).options(joinedload(GivenWord.given_by))
    rows = session.scalars(query.where(GivenWord.application_id == application.id).order_by(GivenWord.id)).all()
    return sorted(rows, key=lambda row: list(Purpose).index(Purpose(row.purpose)))


def give_words(session: Session, actor: Actor, application: BoothApplication, purposes: Collection[Purpose]) -> None:
    """Give these; a word that stands already stands from the day it was given, unless its text has changed since."""
    standing = {row.purpose: row for row in words_given(session, application) if row.withdrawn_at is None}
    for purpose in [one for one in Purpose if one in purposes]:
        row, version = standing.get(purpose), VERSIONS[purpose]
        if row is None:
            row = GivenWord(application_id=application.id, purpose=purpose.value)
            session.add(row)
        elif row.text_version == version:
            continue
        row.text_version, row.given_at, row.given_by_id = version, clock.now(), actor.user_id or None
        session.flush()
        facts = {"purpose": purpose.value, "version": version}
        record(session, actor, "application.give_word", application, fair_id=application.fair_id, new=facts)


def withdraw_consent(session: Session, actor: Actor, application: BoothApplication, purpose: Purpose) -> None:
    """Take a consent back; taken back twice is once. Refuses `pledge_stands`: withdraw the application instead."""
    if purpose not in CONSENTS:
        raise Refused("pledge_stands")
    query = select(GivenWord).where(
        GivenWord.application_id == application.id, GivenWord.purpose == purpose.value, GivenWord.withdrawn_at.is_(None)
    )
    row = session.scalar(query.with_for_update())
    if row is None:
        return
    row.withdrawn_at = clock.now()
    session.flush()
    facts = {"purpose": purpose.value, "version": row.text_version}
    record(session, actor, "application.withdraw_consent", application, fair_id=application.fair_id, old=facts)
