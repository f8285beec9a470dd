"""Messages about an application, oldest first; nobody changes them afterwards."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from accounts.user import User
from exhibitors.applications.booth_application import BoothApplication
from foundation.database import Base


class Side(StrEnum):
    """Who speaks."""

    PRODUCER = "producer"
    ORGANISER = "organiser"


class ApplicationMessage(Base):
    """One message; either side sees who of the other wrote it."""

    __tablename__ = "application_message"
    __table_args__ = (
        Index("ix_application_message_application_id_id", "application_id", "id"),
        CheckConstraint("side in ('producer', 'organiser')", name="side"),
        CheckConstraint("body <> ''", name="says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id"))
    side: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]

    author: Mapped[User] = relationship()


def messages_of(session: Session, application: BoothApplication) -> list[ApplicationMessage]:
    """The whole exchange, oldest first; one query."""
    query = select(ApplicationMessage).where(ApplicationMessage.application_id == application.id)
    return list(session.scalars(query.options(joinedload(ApplicationMessage.author)).order_by(ApplicationMessage.id)))
