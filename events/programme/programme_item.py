"""One thing that happens at a fair: what it is, where, on which day and at what time."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, Time, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import Fair
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.partial_index import partial_index


class ItemKind(StrEnum):
    """What visitors choose by."""

    OPENING = "opening"
    PERFORMANCE = "performance"
    DEMONSTRATION = "demonstration"
    CONTEST = "contest"
    MEETING = "meeting"
    AWARD = "award"
    OFFER = "offer"
    CLOSING = "closing"
    OTHER = "other"


class ProgrammeItem(Base):
    """An item of a fair's programme, hours in Vietnam's time.

    What was taken out stays as a row (`is_removed`): calendars know it by its number, which nothing else may ever bear.
    """

    __tablename__ = "programme_item"
    __table_args__ = (
        CheckConstraint(f"kind in ({', '.join(repr(kind.value) for kind in ItemKind)})", name="kind"),
        CheckConstraint("ends_at > starts_at", name="hours_in_order"),
        Index("ix_programme_item_fair_id_day", "fair_id", "day"),
        partial_index(
            "uq_programme_item_once",
            "fair_id",
            "day",
            "starts_at",
            "title_vi",
            where="not is_removed",
        ),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    kind: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(Date)
    starts_at: Mapped[time] = mapped_column(Time)
    ends_at: Mapped[time | None] = mapped_column(Time)
    title_vi: Mapped[str] = mapped_column(String(160))
    title_en: Mapped[str] = mapped_column(String(160), default="")
    place_vi: Mapped[str] = mapped_column(String(120), default="")
    place_en: Mapped[str] = mapped_column(String(120), default="")
    text_vi: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    is_removed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    fair: Mapped[Fair] = relationship()

    @property
    def title(self) -> Bilingual:
        """What it is called, in both languages."""
        return Bilingual(self.title_vi, self.title_en)

    @property
    def place(self) -> Bilingual:
        """Where on the grounds, in both languages; empty when it is not said."""
        return Bilingual(self.place_vi, self.place_en)

    @property
    def text(self) -> Bilingual:
        """What visitors should know, in both languages (plain text)."""
        return Bilingual(self.text_vi, self.text_en)

    @property
    def is_within_fair(self) -> bool:
        """Whether the fair, as its days stand now, is on that day; what is not is shown to organisers alone."""
        first, last = self.fair.first_day, self.fair.last_day
        return first is not None and last is not None and first <= self.day <= last


def items_of(session: Session, fair: Fair) -> list[ProgrammeItem]:
    """The whole programme by day and hour, with what lies outside the fair's present days."""
    query = select(ProgrammeItem).where(ProgrammeItem.fair_id == fair.id, ProgrammeItem.is_removed.is_(False))
    return list(session.scalars(query.order_by(ProgrammeItem.day, ProgrammeItem.starts_at, ProgrammeItem.id)))


def find_item(session: Session, fair: Fair, item_id: int) -> ProgrammeItem | None:
    """The item if it is in this very fair's programme."""
    return session.scalar(
        select(ProgrammeItem).where(
            ProgrammeItem.fair_id == fair.id, ProgrammeItem.id == item_id, ProgrammeItem.is_removed.is_(False)
        )
    )
