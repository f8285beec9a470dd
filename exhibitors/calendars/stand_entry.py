"""What a producer's confirmed stand at one fair says in calendars: one VEVENT for each application."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from events.calendars.revised_entry import RevisedEntry
from foundation.database import Base


class StandEntry(RevisedEntry, Base):
    """One VEVENT; `facts_hash` is of what it was last written from, so that most changes need no writing."""

    __tablename__ = "stand_entry"
    __table_args__ = (Index("ix_stand_entry_producer_last_day", "producer_id", "is_dropped", "last_day"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id"), unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    facts_hash: Mapped[str] = mapped_column(String(64), default="")
