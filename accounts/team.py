"""Questions about an organisation's team: its members and who has been invited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import Session, joinedload

from accounts.invitation import Invitation, open_invitations
from accounts.organisation import Membership, Organisation, OrganisationKind
from foundation.actor import RANK, Role


@dataclass(frozen=True, slots=True)
class Team:
    """Members with the strongest role first, and the open invitations, latest first."""

    members: list[Membership]
    invitations: list[Invitation]


def team_of(session: Session, organisation_id: int) -> Team:
    """The team as it stands now, with the people loaded; two queries."""
    rank = case({role.value: number for role, number in RANK.items()}, value=Membership.role, else_=0)
    members = session.scalars(
        select(Membership)
        .options(joinedload(Membership.user))
        .where(Membership.organisation_id == organisation_id)
        .order_by(rank.desc(), Membership.id)
    )
    return Team(list(members), open_invitations(session, organisation_id))


def find_organiser(session: Session, organisation_id: int) -> Organisation | None:
    """The organising body with this number."""
    organisation = session.get(Organisation, organisation_id)
    return organisation if organisation and organisation.kind == OrganisationKind.ORGANISER else None


def find_member(session: Session, organisation: Organisation, membership_id: int) -> Membership | None:
    """The membership, only if it is of this very organisation."""
    return session.scalar(
        select(Membership)
        .options(joinedload(Membership.user))
        .where(Membership.id == membership_id, Membership.organisation_id == organisation.id)
    )


def find_invitation(session: Session, organisation: Organisation, invitation_id: int) -> Invitation | None:
    """The open invitation, only if it is into this very organisation."""
    found = session.scalar(
        select(Invitation)
        .options(joinedload(Invitation.organisation))
        .where(Invitation.id == invitation_id, Invitation.organisation_id == organisation.id)
    )
    return found if found is not None and found.is_open else None


def organisers_by_id(session: Session, ids: Collection[int]) -> list[Organisation]:
    """These organising bodies by name."""
    rows = session.scalars(
        select(Organisation)
        .where(Organisation.id.in_(ids), Organisation.kind == OrganisationKind.ORGANISER.value)
        .order_by(Organisation.name_vi, Organisation.id)
    )
    return list(rows)


def roles_by_name() -> list[Role]:
    """All roles, the strongest first."""
    return sorted(Role, key=RANK.__getitem__, reverse=True)
