"""What followers have been told of a fair, or of a stand at one, so that each change is told once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database import Base
from foundation.partial_index import partial_index


class ToldNews(Base):
    """The state that was told last: of the fair itself, or of the stand of one application.

    `sequence` is that of the calendar entry; `state` is the fair's state or the stand's booths. Of a fair's programme
    it is how many items there were and the sum of their sequences: that grows with each other hour, place and
    cancellation, and not with another spelling. None before the programme was looked at for the first time.
    """

    __tablename__ = "told_news"
    __table_args__ = (
        partial_index(
            "uq_told_news_fair",
            "fair_id",
            where="application_id is null",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("booth_application.id"), unique=True)
    sequence: Mapped[int]
    state: Mapped[str] = mapped_column(String(400))
    call_told_at: Mapped[datetime | None]
    programme_items: Mapped[int | None]
    programme_moves: Mapped[int | None]
