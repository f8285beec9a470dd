"""Units that were entered twice and have become part of another: their addresses lead on, sheets know them again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exhibitors.producers.producer import Producer
from foundation.database import Base


class FormerUnit(Base):
    """What named the unit that is gone; `producer` is the one that stayed."""

    __tablename__ = "former_unit"
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    former_id: Mapped[int]
    name_vi: Mapped[str] = mapped_column(String(200))
    tax_code: Mapped[str] = mapped_column(String(14), default="")
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    locality_id: Mapped[int | None] = mapped_column(ForeignKey("locality.id"))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    merged_at: Mapped[datetime]

    producer: Mapped[Producer] = relationship()
