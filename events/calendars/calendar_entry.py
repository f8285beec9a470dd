"""What a fair says in calendars: one row for each VEVENT."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from events.calendars.revised_entry import RevisedEntry
from foundation.database import Base


class EntryKind(StrEnum):
    """The fair as a whole, the opening hours of one of its days, or an item of its programme."""

    FAIR = "fair"
    DAY = "day"
    ITEM = "item"


class CalendarEntry(RevisedEntry, Base):
    """One VEVENT of a fair in both languages."""

    __tablename__ = "calendar_entry"
    __table_args__ = (Index("ix_calendar_entry_kind_last_day", "kind", "is_dropped", "last_day"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"), index=True)


def entries_of(session: Session, fair_id: int) -> dict[tuple[str, date | int | None], CalendarEntry]:
    """All entries of a fair, dropped ones too, by kind and the day or the item's number."""
    rows = session.scalars(select(CalendarEntry).where(CalendarEntry.fair_id == fair_id))
    return {(row.kind, row.first_day if row.kind == EntryKind.DAY else row.item_id): row for row in rows}
