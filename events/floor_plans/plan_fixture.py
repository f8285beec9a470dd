"""What stands on a plan beside booths: walls, doors, the stage, paths, words and the signs people find their way by."""

from __future__ import annotations

import secrets
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from events.floor_plans.sizes import HasPlace
from foundation.bilingual import Bilingual
from foundation.database import Base


class FixtureKind(StrEnum):
    """The kinds a plan knows; each is drawn in its own way."""

    WALL = "wall"
    PILLAR = "pillar"
    DOOR = "door"
    GATE = "gate"
    EXIT = "exit"
    STAGE = "stage"
    STALL = "stall"
    PATH = "path"
    TEXT = "text"
    BUILDING = "building"
    FOOD = "food"
    PARKING = "parking"
    DESK = "desk"
    WC = "wc"
    FIRST_AID = "first_aid"
    POWER = "power"
    WATER = "water"
    FIRE_POINT = "fire_point"


WAYS_OUT = frozenset({FixtureKind.DOOR, FixtureKind.GATE, FixtureKind.EXIT})
"""People leave through these: nothing may stand before them."""


class PlanFixture(HasPlace, Base):
    """One thing on a plan: a rectangle in centimetres, turned like a booth."""

    __tablename__ = "plan_fixture"
    __table_args__ = (
        UniqueConstraint("plan_id", "key"),
        CheckConstraint("width_cm > 0 and depth_cm > 0", name="has_area"),
        CheckConstraint("rotation >= 0 and rotation < 360", name="rotation"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("floor_plan.id"))
    key: Mapped[str] = mapped_column(String(24), default=lambda: secrets.token_hex(6))
    kind: Mapped[str] = mapped_column(String(20))
    label_vi: Mapped[str] = mapped_column(String(80), default="")
    label_en: Mapped[str] = mapped_column(String(80), default="")
    rotation: Mapped[int] = mapped_column(default=0)
    changed_in: Mapped[int] = mapped_column(default=0)

    @property
    def label(self) -> Bilingual:
        """The words beside it, in both languages; empty means the word of its kind."""
        return Bilingual(self.label_vi, self.label_en)
