"""Organisations that create fairs or exhibit at them, and who belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from accounts.user import User
from foundation import clock
from foundation.actor import RANK, Actor, FairGrant, LentUnit, Role
from foundation.bilingual import Bilingual
from foundation.database import Base, read_rows


class OrganisationKind(StrEnum):
    """Which side of the fair an organisation stands on."""

    ORGANISER = "organiser"
    PRODUCER = "producer"


class Organisation(Base):
    """A body with members: a department, a promotion centre, or a producer's unit."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("kind in ('organiser', 'producer')", name="kind"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    @property
    def is_unit(self) -> bool:
        """Whether it exhibits at fairs, so that its people work on the producers' pages."""
        return self.kind == OrganisationKind.PRODUCER


class Membership(Base):
    """A person's role in an organisation."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    chosen_at: Mapped[datetime | None]
    """When the person last chose to act for this organisation, of several producers' units."""

    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation] = relationship()


def enrol(session: Session, user: User, organisation: Organisation, role: Role) -> Membership:
    """Make a person a member; each person holds one role in an organisation."""
    membership = Membership(user=user, organisation=organisation, role=role.value, created_at=clock.now())
    session.add(membership)
    session.flush()
    return membership


def lock_organisation(session: Session, organisation: Organisation) -> None:
    """Wait for whoever changes its team now: what is counted afterwards stays true until the commit."""
    session.flush()
    session.refresh(organisation, with_for_update={"of": Organisation})


FairRoles = Callable[[Session, int], Mapping[int, Sequence[FairGrant]]]
_fair_roles_known: list[FairRoles] = []


def knows_fair_roles(roles: FairRoles) -> FairRoles:
    """Register `roles(session, user_id)` of a floor above: fair id → the grants held there by members."""
    if roles not in _fair_roles_known:
        _fair_roles_known.append(roles)
    return roles


ActorLimits = Callable[[Session, Actor], Actor]
_limits_known: list[ActorLimits] = []


def limits_actors(limit: ActorLimits) -> ActorLimits:
    """Register `limit(session, actor)` of a floor above: the organiser's actor with what it must not see."""
    if limit not in _limits_known:
        _limits_known.append(limit)
    return limit


def _fair_roles(session: Session, user_id: int) -> Mapping[int, Sequence[FairGrant]]:
    found: dict[int, Sequence[FairGrant]] = {}
    for roles in _fair_roles_known:
        found |= roles(session, user_id)
    return found


LentUnits = Callable[[Session, int], LentUnit | None]
_lent_units_known: list[LentUnits] = []


def knows_lent_unit(lent: LentUnits) -> LentUnits:
    """Register `lent(session, user_id)` of a floor above: the unit that an officer acts for now."""
    if lent not in _lent_units_known:
        _lent_units_known.append(lent)
    return lent


def _lent_unit(session: Session, user_id: int) -> LentUnit | None:
    return next((unit for lent in _lent_units_known if (unit := lent(session, user_id)) is not None), None)


_MEMBERSHIPS = (
    select(Membership.organisation_id, Membership.role, Organisation.kind, Organisation.closed_at)
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .where(Membership.user_id == bindparam("user_id"))
)


def actor_for(session: Session, user: User) -> Actor:
    """The actor value of a person: roles as they stand now; in an organisation that is closed one may only read."""
    session.flush()  # plain rows are read past it
    rows = read_rows(session, _MEMBERSHIPS, {"user_id": user.id})
    return actor_of(session, Actor(user.id, user.name, is_admin=user.is_admin), rows)


def actor_of(session: Session, person: Actor, memberships: Sequence[Any]) -> Actor:
    """The person with the roles held by their memberships, as rows of organisation, role, kind and closing."""
    rows = [row for row in memberships if row[2] == OrganisationKind.ORGANISER]
    producer_roles = {row[0]: Role(row[1]) for row in memberships if row[2] == OrganisationKind.PRODUCER}
    is_officer = any(row[3] is None for row in rows)
    lent = _lent_unit(session, person.user_id) if is_officer else None
    actor = replace(
        person,
        organiser_roles={
            row[0]: Role(row[1]) if row[3] is None else min(Role(row[1]), Role.READER, key=RANK.__getitem__)
            for row in rows
        },
        producer_roles=producer_roles | ({lent.organisation_id: Role.MANAGER} if lent else {}),
        fair_roles=_fair_roles(session, person.user_id) if rows else {},
        acts_for=lent,
    )
    for limit in _limits_known if actor.is_organiser else ():
        actor = limit(session, actor)
    return actor


def members_of(session: Session, organisation_id: int) -> list[User]:
    """People who may act and hold a role in the whole organisation: whom letters to it go to."""
    users = session.scalars(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation_id, Membership.role != Role.LIMITED.value)
        .where(User.disabled_at.is_(None))
        .order_by(Membership.id)
    )
    return list(users)
