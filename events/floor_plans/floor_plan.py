"""The floor plan of a fair's venue: hall, zones and booths, in centimetres."""

from __future__ import annotations

import secrets
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import Fair, FairVenue
from events.floor_plans.booth_type import BoothType
from events.floor_plans.plan_fixture import PlanFixture
from events.floor_plans.sizes import HasPlace, HasSize
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.stored_file import StoredFile

LEAST_AISLE_CM = 300
"""How wide an aisle is at least when the organiser says nothing else."""


def new_key() -> str:
    """A name for an element of a plan that stays the same through saves, copies and restored versions."""
    return secrets.token_hex(6)


class BoothSwitch(StrEnum):
    """What the organiser decided about a booth; free, proposed, confirmed … follow from assignments."""

    OPEN = "open"
    BLOCKED = "blocked"
    REMOVED = "removed"


class FloorPlan(HasSize, Base):
    """One drawing for one venue of one fair (a venue may have several: halls, floors); the ground in centimetres.

    `outline` holds the corners [x, y] of a hall that is no rectangle; empty means the whole ground. A picture below the
    drawing keeps its own proportions: `background_width_cm` is its scale, `background_shade` how much of it shows in
    per cent. `revision` counts what was saved; each element says in `changed_in` which revision touched it last.
    """

    __tablename__ = "floor_plan"
    __table_args__ = (
        CheckConstraint("width_cm > 0 and depth_cm > 0", name="has_ground"),
        CheckConstraint("least_aisle_cm > 0", name="has_aisle"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    fair_venue_id: Mapped[int] = mapped_column(ForeignKey("fair_venue.id"), index=True)
    name_vi: Mapped[str] = mapped_column(String(80), default="")
    name_en: Mapped[str] = mapped_column(String(80), default="")
    position: Mapped[int] = mapped_column(default=0)
    outline: Mapped[list[list[int]]] = mapped_column(JSON, default=list)
    least_aisle_cm: Mapped[int] = mapped_column(default=LEAST_AISLE_CM)
    background_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    background_x_cm: Mapped[int] = mapped_column(default=0)
    background_y_cm: Mapped[int] = mapped_column(default=0)
    background_width_cm: Mapped[int | None]
    background_shade: Mapped[int] = mapped_column(default=50)
    revision: Mapped[int] = mapped_column(default=0)
    changed_in: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    fair: Mapped[Fair] = relationship()
    fair_venue: Mapped[FairVenue] = relationship()
    zones: Mapped[list[Zone]] = relationship(order_by="Zone.code", back_populates="plan", cascade="all, delete-orphan")
    background: Mapped[StoredFile | None] = relationship()
    fixtures: Mapped[list[PlanFixture]] = relationship(order_by=PlanFixture.id, cascade="all, delete-orphan")

    def stamp(self, *elements: FloorPlan | Zone | Booth | PlanFixture) -> int:
        """Begin the next revision and say which elements it touched."""
        self.revision += 1
        for element in elements:
            element.changed_in = self.revision
        return self.revision

    @property
    def name(self) -> Bilingual:
        """What this drawing is called beside others of its venue, in both languages; may be empty."""
        return Bilingual(self.name_vi, self.name_en)


class Zone(Base):
    """A named part of a plan; producers wish for zones. What it can supply at once is None where nobody knows."""

    __tablename__ = "zone"
    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        UniqueConstraint("plan_id", "key"),
        CheckConstraint("power_w >= 0 and water_points >= 0 and cold_points >= 0", name="capacity"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("floor_plan.id"))
    code: Mapped[str] = mapped_column(String(4))
    name_vi: Mapped[str] = mapped_column(String(120), default="")
    name_en: Mapped[str] = mapped_column(String(120), default="")
    key: Mapped[str] = mapped_column(String(24), default=new_key)
    power_w: Mapped[int | None]
    water_points: Mapped[int | None]
    cold_points: Mapped[int | None]
    changed_in: Mapped[int] = mapped_column(default=0)

    plan: Mapped[FloorPlan] = relationship(back_populates="zones")
    booths: Mapped[list[Booth]] = relationship(
        order_by="Booth.code", back_populates="zone", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> Bilingual:
        """What is sold there, in both languages."""
        return Bilingual(self.name_vi, self.name_en)


class Booth(HasPlace, Base):
    """One booth: a rectangle with a code that is unique in its plan.

    x and y are its upper left corner before it is turned by `rotation` degrees, clockwise, about its middle; the front
    is its lower side then. `open_sides` are words of its own sides (front back left right) with blanks between.
    """

    __tablename__ = "booth"
    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        UniqueConstraint("plan_id", "key"),
        CheckConstraint("width_cm > 0 and depth_cm > 0", name="has_area"),
        CheckConstraint("rotation >= 0 and rotation < 360", name="rotation"),
        CheckConstraint("power_w >= 0", name="power"),
        CheckConstraint("switch in ('open', 'blocked', 'removed')", name="switch"),
        CheckConstraint("switch != 'blocked' or reason != ''", name="blocked_has_reason"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("floor_plan.id"))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    code: Mapped[str] = mapped_column(String(8))
    switch: Mapped[str] = mapped_column(String(10), default=BoothSwitch.OPEN.value)
    reason: Mapped[str] = mapped_column(String(200), default="")
    booth_type_id: Mapped[int | None] = mapped_column(ForeignKey("booth_type.id"), index=True)
    key: Mapped[str] = mapped_column(String(24), default=new_key)
    rotation: Mapped[int] = mapped_column(default=0)
    open_sides: Mapped[str] = mapped_column(String(24), default="front")
    power_w: Mapped[int] = mapped_column(default=0)
    has_water: Mapped[bool] = mapped_column(default=False)
    has_cold_storage: Mapped[bool] = mapped_column(default=False)
    allows_open_flame: Mapped[bool] = mapped_column(default=False)
    is_corner: Mapped[bool] = mapped_column(default=False)
    changed_in: Mapped[int] = mapped_column(default=0)

    zone: Mapped[Zone] = relationship(back_populates="booths")
    booth_type: Mapped[BoothType | None] = relationship()

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
            .order_by(FairVenue.position, FloorPlan.position, FloorPlan.id)
        )
    )


def zones_of(session: Session, fair: Fair) -> list[Zone]:
    """All zones of a fair, for wishes and filters."""
    return list(
        session.scalars(
            select(Zone).join(FloorPlan).where(FloorPlan.fair_id == fair.id).order_by(FloorPlan.id, Zone.code)
        )
    )
