"""A unit lent to an officer for a few hours, to apply for one fair; it ends when somebody keeps the unit."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, bindparam, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from accounts.organisation import Membership, knows_lent_unit
from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.actor import LentUnit
from foundation.database import Base, read_rows
from foundation.partial_index import partial_index

LIFE = timedelta(hours=4)
"""A morning at the commune's office; who needs longer begins again."""
OPEN = "ended_at is null"


class Assistance(Base):
    """One officer, one unit, one fair; a person assists one unit at a time, which the database holds too."""

    __tablename__ = "assistance"
    __table_args__ = (partial_index("uq_assistance_open", "user_id", where=OPEN),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    producer: Mapped[Producer] = relationship()
    fair: Mapped[Fair] = relationship()


def open_assistance(session: Session, user_id: int) -> Assistance | None:
    """What the officer has begun and not ended, too old or not."""
    query = select(Assistance).where(Assistance.user_id == user_id, Assistance.ended_at.is_(None))
    return session.scalar(query)


_LENT = (
    select(Producer.organisation_id, Producer.name_vi)
    .join(Assistance, Assistance.producer_id == Producer.id)
    .where(Assistance.user_id == bindparam("user_id"), Assistance.ended_at.is_(None))
    .where(Assistance.started_at > bindparam("since"))
    .where(~exists().where(Membership.organisation_id == Producer.organisation_id))
)


@knows_lent_unit
def lent_unit(session: Session, user_id: int) -> LentUnit | None:
    """The unit that the officer acts for now: nobody keeps it, and it was begun a short while ago."""
    row = next(iter(read_rows(session, _LENT, {"user_id": user_id, "since": clock.now() - LIFE})), None)
    return LentUnit(row[0], row[1]) if row else None
