"""What a fair says in calendars: one row for each VEVENT, kept as finished octets with its revision."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation.database import Base


class EntryKind(StrEnum):
    """The fair as a whole, or the opening hours of one of its days."""

    FAIR = "fair"
    DAY = "day"


class CalendarEntry(Base):
    """One VEVENT in both languages. Its UID is given once and never used for anything else.

    An entry that left the public is `dropped`, not deleted: should it come back, its revision goes on from there.
    """

    __tablename__ = "calendar_entry"
    __table_args__ = (Index("ix_calendar_entry_kind_last_day", "kind", "is_dropped", "last_day"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(200), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(10))
    is_dropped: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    last_modified: Mapped[datetime]
    body_hash: Mapped[str] = mapped_column(String(64), default="")
    schedule_hash: Mapped[str] = mapped_column(String(64), default="")
    fragment_vi: Mapped[str] = mapped_column(Text, default="")
    fragment_en: Mapped[str] = mapped_column(Text, default="")

    def fragment(self, language: str) -> bytes:
        """The finished octets in a language."""
        return (self.fragment_en if language == "en" else self.fragment_vi).encode()


def entries_of(session: Session, fair_id: int) -> dict[tuple[str, date | None], CalendarEntry]:
    """All entries of a fair, dropped ones too, by kind and, for days, the day."""
    rows = session.scalars(select(CalendarEntry).where(CalendarEntry.fair_id == fair_id))
    return {(row.kind, row.first_day if row.kind == EntryKind.DAY else None): row for row in rows}
