"""Own opening hours of single days: the opening evening, a short last day."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import CheckConstraint, Date, ForeignKey, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database import Base


class FairHours(Base):
    """The hours of one day of a fair that differ from its usual ones."""

    __tablename__ = "fair_hours"
    __table_args__ = (UniqueConstraint("fair_id", "day"), CheckConstraint("closes_at > opens_at", name="in_order"))
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    day: Mapped[date] = mapped_column(Date)
    opens_at: Mapped[time] = mapped_column(Time)
    closes_at: Mapped[time] = mapped_column(Time)
