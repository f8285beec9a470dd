"""Questions of administrators: which organising bodies there are, and where a person belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from accounts.invitation import Invitation
from accounts.organisation import Membership, Organisation, OrganisationKind
from accounts.user import User, find_user
from foundation.actor import Role

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """An organising body with how many belong to it, how many of them own it, how many are invited."""

    organisation: Organisation
    members: int
    owners: int
    invited: int


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of the register; `number` counts from 1."""

    rows: Sequence[RegisterRow]
    total: int
    number: int
    pages: int


def register_page(session: Session, number: int) -> RegisterPage:
    """Organising bodies, open ones first, by name; two queries however many there are."""
    organisers = Organisation.kind == OrganisationKind.ORGANISER.value
    total = session.scalar(select(func.count(Organisation.id)).where(organisers)) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, number), pages)
    members = select(func.count(Membership.id)).where(Membership.organisation_id == Organisation.id)
    invited = select(func.count(Invitation.id)).where(
        Invitation.organisation_id == Organisation.id, Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)
    )
    found = session.execute(
        select(
            Organisation,
            members.scalar_subquery(),
            members.where(Membership.role == Role.OWNER.value).scalar_subquery(),
            invited.scalar_subquery(),
        )
        .where(organisers)
        .order_by(Organisation.closed_at.is_not(None), Organisation.name_vi, Organisation.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    return RegisterPage([RegisterRow(*row) for row in found], total, number, pages)


def where_person_belongs(session: Session, email: str) -> tuple[User | None, list[Membership]]:
    """The person with this address and their memberships of either kind, by organisation."""
    user = find_user(session, email) if email else None
    if user is None:
        return None, []
    rows = session.scalars(
        select(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .options(joinedload(Membership.organisation))
        .where(Membership.user_id == user.id)
        .order_by(Organisation.name_vi, Membership.id)
    )
    return user, list(rows)
