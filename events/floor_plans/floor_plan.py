"""The floor plan of a fair's venue: hall, zones and booths, in centimetres."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import Fair, FairVenue
from events.floor_plans.booth_type import BoothType
from foundation.bilingual import Bilingual
from foundation.database import Base


class BoothSwitch(StrEnum):
    """What the organiser decided about a booth; free, proposed, confirmed … follow from assignments."""

    OPEN = "open"
    BLOCKED = "blocked"
    REMOVED = "removed"


class FloorPlan(Base):
    """One drawing for one venue of one fair; width and depth of the ground in centimetres."""

    __tablename__ = "floor_plan"
    __table_args__ = (CheckConstraint("width_cm > 0 and depth_cm > 0", name="has_ground"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    fair_venue_id: Mapped[int] = mapped_column(ForeignKey("fair_venue.id"), unique=True)
    width_cm: Mapped[int]
    depth_cm: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    fair: Mapped[Fair] = relationship()
    fair_venue: Mapped[FairVenue] = relationship()
    zones: Mapped[list[Zone]] = relationship(order_by="Zone.code", back_populates="plan", cascade="all, delete-orphan")

    @property
    def width_m(self) -> float:
        """Width of the ground in metres."""
        return self.width_cm / 100

    @property
    def depth_m(self) -> float:
        """Depth of the ground in metres."""
        return self.depth_cm / 100


class Zone(Base):
    """A named part of a plan; producers wish for zones."""

    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("floor_plan.id"))
    code: Mapped[str] = mapped_column(String(4))
    name_vi: Mapped[str] = mapped_column(String(120), default="")
    name_en: Mapped[str] = mapped_column(String(120), default="")

    plan: Mapped[FloorPlan] = relationship(back_populates="zones")
    booths: Mapped[list[Booth]] = relationship(
        order_by="Booth.code", back_populates="zone", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> Bilingual:
        """What is sold there, in both languages."""
        return Bilingual(self.name_vi, self.name_en)


class Booth(Base):
    """One booth: a rectangle with a code that is unique in its plan."""

    __tablename__ = "booth"
    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        CheckConstraint("width_cm > 0 and depth_cm > 0", name="has_area"),
        CheckConstraint("switch in ('open', 'blocked', 'removed')", name="switch"),
        CheckConstraint("switch != 'blocked' or reason != ''", name="blocked_has_reason"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("floor_plan.id"))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    code: Mapped[str] = mapped_column(String(8))
    x_cm: Mapped[int]
    y_cm: Mapped[int]
    width_cm: Mapped[int]
    depth_cm: Mapped[int]
    switch: Mapped[str] = mapped_column(String(10), default=BoothSwitch.OPEN.value)
    reason: Mapped[str] = mapped_column(String(200), default="")
    booth_type_id: Mapped[int | None] = mapped_column(ForeignKey("booth_type.id"), index=True)

    zone: Mapped[Zone] = relationship(back_populates="booths")
    booth_type: Mapped[BoothType | None] = relationship()

    @property
    def x_m(self) -> float:
        """Left edge in metres."""
        return self.x_cm / 100

    @property
    def y_m(self) -> float:
        """Upper edge in metres."""
        return self.y_cm / 100

    @property
    def width_m(self) -> float:
        """Width in metres."""
        return self.width_cm / 100

    @property
    def depth_m(self) -> float:
        """Depth in metres."""
        return self.depth_cm / 100

    @property
    def zone_code(self) -> str:
        """The code of its zone."""
        return self.zone.code


def plans_of(session: Session, fair: Fair) -> list[FloorPlan]:
    """The plans of a fair in the order of its venues, zones and booths not yet loaded."""
    return list(
        session.scalars(
            select(FloorPlan)
            .join(FairVenue, FairVenue.id == FloorPlan.fair_venue_id)
            .where(FloorPlan.fair_id == fair.id)
            .order_by(FairVenue.position)
        )
    )


def zones_of(session: Session, fair: Fair) -> list[Zone]:
    """All zones of a fair, for wishes and filters."""
    return list(
        session.scalars(
            select(Zone).join(FloorPlan).where(FloorPlan.fair_id == fair.id).order_by(FloorPlan.id, Zone.code)
        )
    )
