"""A producer's application for booths at one fair, its wishes and products, and the one door of its moves."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from accounts.user import User
from events.fairs.fair import Fair
from events.fairs.fair_rules import FairRules
from events.floor_plans.booth_type import BoothType
from events.floor_plans.floor_plan import Booth, Zone
from exhibitors.applications.application_moves import ENDED, MOVES, ApplicationState, By, Decision
from exhibitors.calls.invitation_code import InvitationCode
from exhibitors.producers.producer import Producer, Product
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.database import Base
from foundation.partial_index import partial_index
from foundation.refusal import Refused
from foundation.searchable import Searchable

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0/O and 1/I: codes are read out on the telephone."""
LONGEST_NEIGHBOURS = 300
LONGEST_PLATE = 30
LONGEST_ARRIVAL = 200
_ENDED_SQL = ", ".join(sorted(f"'{state.value}'" for state in ENDED))


class BoothApplication(Searchable, Base):
    """One application; at most one live application for each producer and fair (guarded by an index)."""

    __tablename__ = "booth_application"
    __table_args__ = (
        partial_index(
            "uq_booth_application_live",
            "fair_id",
            "producer_id",
            where=f"state not in ({_ENDED_SQL})",
        ),
        Index("ix_booth_application_fair_state", "fair_id", "state"),
        CheckConstraint("booths_wanted between 1 and 3", name="booths_wanted"),
        CheckConstraint("staff_count between 1 and 99", name="staff_count"),
        CheckConstraint("power_kw > 0 and power_kw <= 100", name="power_kw"),
        CheckConstraint(
            f"state in ({', '.join(sorted(repr(state.value) for state in ApplicationState))})", name="state"
        ),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=ApplicationState.DRAFT.value)
    pending_decision: Mapped[str | None] = mapped_column(String(10))
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    reason_code: Mapped[str | None] = mapped_column(String(20))
    staged_at: Mapped[datetime | None]
    staged_by: Mapped[int | None]
    beyond_quota: Mapped[bool] = mapped_column(default=False)
    answered_since: Mapped[bool] = mapped_column(default=False)
    """Whether the applicant has changed something after the decision that waits was noted."""
    booths_wanted: Mapped[int] = mapped_column(default=1)
    booth_type_id: Mapped[int | None] = mapped_column(ForeignKey("booth_type.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation_code.id"), index=True)
    anywhere: Mapped[bool] = mapped_column(default=True)
    fascia_name: Mapped[str] = mapped_column(String(80), default="")
    needs_power: Mapped[bool] = mapped_column(default=False)
    needs_water: Mapped[bool] = mapped_column(default=False)
    power_kw: Mapped[float | None] = mapped_column(Numeric(4, 1, asdecimal=False))
    needs_cold_storage: Mapped[bool] = mapped_column(default=False)
    needs_open_flame: Mapped[bool] = mapped_column(default=False)
    needs_access: Mapped[bool] = mapped_column(default=False)
    wants_corner: Mapped[bool] = mapped_column(default=False)
    neighbours_wished: Mapped[str] = mapped_column(String(LONGEST_NEIGHBOURS), default="")
    neighbours_not_wished: Mapped[str] = mapped_column(String(LONGEST_NEIGHBOURS), default="")
    staff_count: Mapped[int | None]
    vehicle_kind: Mapped[str] = mapped_column(String(20), default="")
    vehicle_plate: Mapped[str] = mapped_column(String(LONGEST_PLATE), default="")
    arrival_wish: Mapped[str] = mapped_column(String(LONGEST_ARRIVAL), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    rules_accepted_at: Mapped[datetime | None]
    rules_id: Mapped[int | None] = mapped_column(ForeignKey("fair_rules.id"))
    changes_asked: Mapped[str] = mapped_column(Text, default="")
    changes_due_at: Mapped[datetime | None]
    changes_points: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    changes_before: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    is_late: Mapped[bool] = mapped_column(default=False)
    confirm_by: Mapped[datetime | None]
    assisted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    """The officer who filed it for a unit whose people came with paper."""
    agreed_at: Mapped[datetime | None]
    """When the unit's own people took the unit over and so stood by what was filed for them."""
    reminded_days: Mapped[int | None]
    offered_from_list_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    assisted_by: Mapped[User | None] = relationship()
    fair: Mapped[Fair] = relationship()
    rules: Mapped[FairRules | None] = relationship()
    producer: Mapped[Producer] = relationship()
    booth_type: Mapped[BoothType | None] = relationship()
    invitation: Mapped[InvitationCode | None] = relationship()
    wishes: Mapped[list[ZoneWish]] = relationship(order_by="ZoneWish.rank", cascade="all, delete-orphan")
    goods: Mapped[list[ApplicationProduct]] = relationship(cascade="all, delete-orphan")

    @property
    def current(self) -> ApplicationState:
        """The state as an enum."""
        return ApplicationState(self.state)

    @property
    def decision(self) -> Decision | None:
        """The staged decision, which no applicant ever sees."""
        return Decision(self.pending_decision) if self.pending_decision else None

    @property
    def tax_code(self) -> str:
        """The unit's tax code, empty where none was entered."""
        return self.producer.tax_code

    @property
    def is_from_outside(self) -> bool:
        """Whether the unit comes from outside the province."""
        return bool(self.producer.place_outside) and self.producer.locality_id is None

    def searchable_text(self) -> str:
        """Organisers find it by code, fascia and producer."""
        return f"{self.code} {self.fascia_name} {self.producer.searchable_text()}"


class ZoneWish(Base):
    """A zone wished for, or one booth of it; rank 1 first."""

    __tablename__ = "zone_wish"
    __table_args__ = (
        UniqueConstraint("application_id", "rank"),
        UniqueConstraint("application_id", "booth_id"),
        partial_index(
            "uq_zone_wish_whole_zone",
            "application_id",
            "zone_id",
            where="booth_id is null",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id"))
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    rank: Mapped[int]

    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"), index=True)

    zone: Mapped[Zone] = relationship()
    booth: Mapped[Booth | None] = relationship(lazy="joined")

    @property
    def place(self) -> str:
        """The code of the booth, else of the zone."""
        return self.booth.code if self.booth else self.zone.code


class ApplicationProduct(Base):
    """A product to be shown at this fair."""

    __tablename__ = "application_product"
    __table_args__ = (UniqueConstraint("application_id", "product_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("booth_application.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)

    product: Mapped[Product] = relationship()


def move_application(
    session: Session, actor: Actor, application: BoothApplication, name: str, by: By, *, reason: str = ""
) -> None:
    """The one door through which an application changes its state.

    Refuses `move_impossible` (not from this state or not by this side) and `reason_missing`.
    """
    move = MOVES[name]
    old = application.current
    if old not in move.froms or by not in move.by:
        raise Refused("move_impossible", move=name, state=old.value, code=application.code)
    if move.needs_reason and not reason.strip():
        raise Refused("reason_missing", move=name)
    application.state = move.to.value
    record(
        session,
        actor,
        f"application.{name}",
        application,
        fair_id=application.fair_id,
        old={"state": old.value},
        new={"state": move.to.value},
        reason=reason,
    )


def lock_application(session: Session, application: BoothApplication) -> None:
    """Wait for whoever changes it now and read it as it stands: the same button pressed twice acts once."""
    session.flush()
    session.refresh(application, with_for_update={"of": BoothApplication})


def new_application_code(session: Session) -> str:
    """A free code such as GH-7K3F9Q: short enough for the telephone, not guessable in order."""
    while True:
        code = "GH-" + "".join(secrets.choice(CODE_LETTERS) for _ in range(6))
        if session.scalar(select(BoothApplication.id).where(BoothApplication.code == code)) is None:
            return code


def find_application(session: Session, code: str) -> BoothApplication | None:
    """The application with this code."""
    return session.scalar(select(BoothApplication).where(BoothApplication.code == code))


def live_application(session: Session, fair_id: int, producer_id: int) -> BoothApplication | None:
    """The producer's application that is still going on at this fair."""
    return session.scalar(
        select(BoothApplication).where(
            BoothApplication.fair_id == fair_id,
            BoothApplication.producer_id == producer_id,
            BoothApplication.state.not_in([state.value for state in ENDED]),
        )
    )


def newer_application(session: Session, application: BoothApplication) -> BoothApplication | None:
    """The one that the producer has going on at the fair after this one ended."""
    known = (
        live_application(session, application.fair_id, application.producer_id)
        if application.current in ENDED
        else None
    )
    return known if known is not application else None


def time_stamp(application: BoothApplication) -> None:
    """Note that what was typed has been kept just now; the version moves on even within the same second."""
    application.saved_at = clock.now()
    application.answered_since = application.pending_decision is not None
    flag_modified(application, "saved_at")


def live_applications(session: Session, producer_id: int) -> list[BoothApplication]:
    """All applications of a producer that are still going on."""
    ended = [state.value for state in ENDED]
    query = select(BoothApplication).where(
        BoothApplication.producer_id == producer_id, BoothApplication.state.not_in(ended)
    )
    return list(session.scalars(query))
