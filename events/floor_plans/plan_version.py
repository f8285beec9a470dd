"""The versions of a plan that were saved: whole documents, packed, to look at and to bring back."""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from accounts.user import User
from events.floor_plans.floor_plan import FloorPlan
from events.floor_plans.plan_document import plan_as_document
from foundation import clock
from foundation.actor import Actor
from foundation.database import Base

MOST_VERSIONS = 60
"""The oldest ones without a name go first; named ones stay."""


class PlanVersion(Base):
    """One plan as it was saved at a moment."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("floor_plan.id", ondelete="CASCADE"))
    revision: Mapped[int]
    name: Mapped[str] = mapped_column(String(80), default="")
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    booths: Mapped[int]
    packed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    person: Mapped[User | None] = relationship()

    @property
    def document(self) -> dict[str, Any]:
        """The plan as it was, as `plan_as_document` writes it."""
        document: dict[str, Any] = msgspec.json.decode(zlib.decompress(self.packed))
        return document


def keep_version(session: Session, actor: Actor | None, plan: FloorPlan) -> PlanVersion:
    """Keep the plan as it stands now under its revision; once only."""
    kept = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.revision == plan.revision)
    version = session.scalar(kept)
    if version is not None:
        return version
    document = plan_as_document(plan)
    packed = zlib.compress(msgspec.json.encode(document), 3)
    version = PlanVersion(
        plan_id=plan.id,
        revision=plan.revision,
        saved_at=clock.now(),
        saved_by=actor.user_id or None if actor else None,
        booths=len(document["booths"]),
        packed=packed,
    )
    session.add(version)
    _drop_oldest(session, plan)
    return version


def versions_of(session: Session, plan: FloorPlan) -> list[PlanVersion]:
    """The kept versions, newest first, without their documents."""
    statement = select(PlanVersion).where(PlanVersion.plan_id == plan.id).order_by(PlanVersion.revision.desc())
    return list(session.scalars(statement))


def _drop_oldest(session: Session, plan: FloorPlan) -> None:
    unnamed = select(PlanVersion.id).where(PlanVersion.plan_id == plan.id, PlanVersion.name == "")
    too_many = session.scalars(unnamed.order_by(PlanVersion.revision.desc()).offset(MOST_VERSIONS)).all()
    if too_many:
        session.execute(delete(PlanVersion).where(PlanVersion.id.in_(too_many)))
