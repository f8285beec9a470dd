"""A type of booth that a fair offers: its size, open sides, kit, price and the support for producers."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import Fair
from events.floor_plans.booth_price import BoothPrice, price_of_booths
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.overtaken import drawn_version

MOST_OPEN_SIDES = 4


class BoothTypeKind(StrEnum):
    """Kinds seen at real fairs; a fair may offer several types of one kind."""

    STANDARD = "standard"
    CORNER = "corner"
    RAW_SPACE = "raw_space"
    LOCALITY_BLOCK = "locality_block"
    COMMON_DISPLAY = "common_display"
    FOOD = "food"


class BoothType(Base):
    """One type at one fair; sizes in centimetres (None where the exhibitor says it), money in whole đồng per booth."""

    __tablename__ = "booth_type"
    __table_args__ = (
        UniqueConstraint("fair_id", "name_vi"),
        CheckConstraint(f"kind in ({', '.join(repr(kind.value) for kind in BoothTypeKind)})", name="kind"),
        CheckConstraint("(width_cm is null) = (depth_cm is null)", name="both_lengths"),
        CheckConstraint("width_cm > 0 and depth_cm > 0", name="has_area"),
        CheckConstraint(f"open_sides between 0 and {MOST_OPEN_SIDES}", name="open_sides"),
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("support_percent between 0 and 100", name="support_percent"),
        CheckConstraint("support_cap >= 0", name="support_cap"),
        CheckConstraint("most_supported >= 0", name="most_supported"),
        CheckConstraint("most_booths between 1 and 100", name="most_booths"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(20))
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    width_cm: Mapped[int | None]
    depth_cm: Mapped[int | None]
    open_sides: Mapped[int] = mapped_column(default=1)
    kit_vi: Mapped[str] = mapped_column(Text, default="")
    kit_en: Mapped[str] = mapped_column(Text, default="")
    price: Mapped[int] = mapped_column(default=0)
    support_percent: Mapped[int] = mapped_column(default=0)
    support_cap: Mapped[int | None]
    most_supported: Mapped[int | None]
    most_booths: Mapped[int | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": drawn_version}

    fair: Mapped[Fair] = relationship()

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    @property
    def kit(self) -> Bilingual:
        """What stands in the booth, in both languages (plain text)."""
        return Bilingual(self.kit_vi, self.kit_en)

    @property
    def width_m(self) -> float | None:
        """Width in metres."""
        return None if self.width_cm is None else self.width_cm / 100

    @property
    def depth_m(self) -> float | None:
        """Depth in metres."""
        return None if self.depth_cm is None else self.depth_cm / 100

    def price_of(self, booths: int = 1) -> BoothPrice:
        """What so many booths of this type cost one producer."""
        return price_of_booths(
            booths,
            price=self.price,
            support_percent=self.support_percent,
            support_cap=self.support_cap,
            most_supported=self.most_supported,
        )


def booth_types_of(session: Session, fair: Fair) -> list[BoothType]:
    """The types a fair offers, in the organiser's order."""
    query = select(BoothType).where(BoothType.fair_id == fair.id)
    return list(session.scalars(query.order_by(BoothType.position, BoothType.id)))


def find_booth_type(session: Session, fair: Fair, type_id: int) -> BoothType | None:
    """The type if this very fair offers it."""
    return session.scalar(select(BoothType).where(BoothType.fair_id == fair.id, BoothType.id == type_id))
