"""A member's role at one fair or in one of its zones, and the same promised to somebody invited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from accounts.invitation import Invitation
from accounts.organisation import Membership, Organisation, knows_fair_roles
from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone
from foundation.actor import FairGrant, Role
from foundation.database import Base, read_rows
from foundation.partial_index import partial_index

FAIR_ROLES = (Role.READER, Role.FIELD_STAFF, Role.REVIEWER, Role.MANAGER)
"""Roles that count at one fair; owning is a matter of the whole organisation."""


def _once(holder: str, zone: str) -> Index:
    """One role for a person at a fair, and one in each zone."""
    where = f"{holder} is not null and zone_id is {zone}"
    columns = ("fair_id", holder) + (("zone_id",) if zone == "not null" else ())
    name = f"uq_fair_role_{holder}_{'zone' if len(columns) == 3 else 'fair'}"
    return partial_index(name, *columns, where=where)


class FairRole(Base):
    """A role at a fair; it ends with the membership, the fair or the zone it is about."""

    __tablename__ = "fair_role"
    __table_args__ = (
        CheckConstraint("(membership_id is null) <> (invitation_id is null)", name="one_holder"),
        CheckConstraint("role in ('reader', 'field_staff', 'reviewer', 'manager')", name="role"),
        _once("membership_id", "null"),
        _once("membership_id", "not null"),
        _once("invitation_id", "null"),
        _once("invitation_id", "not null"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]

    fair: Mapped[Fair] = relationship()
    zone: Mapped[Zone | None] = relationship()
    membership: Mapped[Membership | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()


_GRANTS = (
    select(FairRole.fair_id, FairRole.role, FairRole.zone_id)
    .join(Membership, Membership.id == FairRole.membership_id)
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .join(Fair, (Fair.id == FairRole.fair_id) & (Fair.organisation_id == Membership.organisation_id))
    .where(Membership.user_id == bindparam("user_id"), Organisation.closed_at.is_(None))
)


@knows_fair_roles
def fair_roles_of(session: Session, user_id: int) -> Mapping[int, Sequence[FairGrant]]:
    """The grants of a member at each fair they are named for; none in an organisation that is closed. One query."""
    rows = read_rows(session, _GRANTS, {"user_id": user_id})
    grants: dict[int, list[FairGrant]] = {}
    for fair_id, role, zone_id in rows:
        grants.setdefault(fair_id, []).append(FairGrant(Role(role), zone_id))
    return grants


def fair_team(session: Session, fair: Fair) -> list[FairRole]:
    """Everybody named for the fair, members first, with people and zones loaded; invitations only while open."""
    rows = session.scalars(
        select(FairRole)
        .outerjoin(Invitation, Invitation.id == FairRole.invitation_id)
        .options(
            joinedload(FairRole.zone),
            joinedload(FairRole.membership).joinedload(Membership.user),
            joinedload(FairRole.invitation),
        )
        .where(FairRole.fair_id == fair.id, Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
        .order_by(FairRole.invitation_id.is_not(None), FairRole.id)
    )
    return list(rows)


def find_fair_role(session: Session, fair: Fair, fair_role_id: int) -> FairRole | None:
    """The role, only if it is at this very fair."""
    return session.scalar(select(FairRole).where(FairRole.id == fair_role_id, FairRole.fair_id == fair.id))
