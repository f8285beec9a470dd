"""Views of a fair's queue that somebody keeps under a name: filters, order and columns as they stand in the address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from events.fairs.fair import Fair
from foundation.actor import Actor
from foundation.database import Base


class QueueView(Base):
    """One kept view of one person at one fair; `address` is the part after the question mark."""

    __tablename__ = "queue_view"
    __table_args__ = (UniqueConstraint("fair_id", "user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(1000))
    kept_at: Mapped[datetime]


def queue_views_of(session: Session, actor: Actor, fair: Fair) -> list[QueueView]:
    """The person's own views of this fair, by name."""
    query = select(QueueView).where(QueueView.fair_id == fair.id, QueueView.user_id == actor.user_id)
    return list(session.scalars(query.order_by(QueueView.name)))


def find_queue_view(session: Session, actor: Actor, fair: Fair, view_id: int) -> QueueView | None:
    """The view, if it is the person's own and of this very fair."""
    query = select(QueueView).where(
        QueueView.id == view_id, QueueView.fair_id == fair.id, QueueView.user_id == actor.user_id
    )
    return session.scalar(query)
