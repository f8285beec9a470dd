"""The terms of a fair's call beyond its dates: soft close, invitation, who may apply, zones with their own window."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import FloorPlan, Zone
from exhibitors.calls.call_window import CallWindow
from exhibitors.calls.who_may_apply import Conditions, Origin
from foundation.database import Base
from foundation.overtaken import drawn_version


class CallTerms(Base):
    """One row for a fair whose organiser said more than its dates; lists hold kinds, group keys and locality codes."""

    __tablename__ = "call_terms"
    __table_args__ = (
        CheckConstraint("least_stars between 1 and 5", name="least_stars"),
        CheckConstraint("origin in ('anywhere', 'inside', 'outside')", name="origin"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), unique=True)
    soft_closes_at: Mapped[datetime | None]
    is_by_invitation: Mapped[bool] = mapped_column(default=False)
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    least_stars: Mapped[int | None]
    needs_certificate: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str] = mapped_column(String(10), default=Origin.ANYWHERE.value)
    places: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def conditions(self) -> Conditions:
        """Who may apply."""
        return Conditions(
            kinds=frozenset(self.kinds),
            groups=frozenset(self.groups),
            least_stars=self.least_stars,
            needs_certificate=self.needs_certificate,
            origin=Origin(self.origin),
            places=frozenset(self.places),
        )


class ZoneCall(Base):
    """A zone's own window inside the fair's; None takes the fair's moment."""

    __tablename__ = "zone_call"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="in_order"),
        CheckConstraint("closes_at > soft_closes_at", name="soft_before_hard"),
        CheckConstraint("soft_closes_at > opens_at", name="soft_after_opening"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id", ondelete="CASCADE"), unique=True)
    opens_at: Mapped[datetime | None]
    soft_closes_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": drawn_version}

    zone: Mapped[Zone] = relationship()

    @property
    def window(self) -> CallWindow:
        """Its own moments alone."""
        return CallWindow(self.opens_at, self.soft_closes_at, self.closes_at)


def terms_of(session: Session, fair: Fair) -> CallTerms:
    """The fair's terms; a row that is in no session when nothing was said: everybody may apply, nothing is late."""
    kept = session.scalar(select(CallTerms).where(CallTerms.fair_id == fair.id))
    return kept or no_terms(fair.id)


def no_terms(fair_id: int) -> CallTerms:
    """Terms that ask nothing, in no session."""
    return CallTerms(
        fair_id=fair_id,
        is_by_invitation=False,
        needs_certificate=False,
        kinds=[],
        groups=[],
        places=[],
        origin=Origin.ANYWHERE.value,
    )  # fmt: skip - one row of columns


def window_of(fair: Fair, terms: CallTerms) -> CallWindow:
    """The fair's own window; the close that a fair announces is its hard one."""
    return CallWindow(fair.call_opens_at, terms.soft_closes_at, fair.call_closes_at)


def zone_calls_of(session: Session, fair: Fair) -> dict[int, ZoneCall]:
    """The zones of the fair that have their own window, by the zone's id."""
    query = select(ZoneCall).join(Zone, Zone.id == ZoneCall.zone_id).join(FloorPlan, FloorPlan.id == Zone.plan_id)
    return {call.zone_id: call for call in session.scalars(query.where(FloorPlan.fair_id == fair.id))}
