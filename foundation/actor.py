"""Who is asking: a detached value that verbs and permissions can trust without a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person may do inside one organisation, weakest first; what each may is `accounts/permissions.py`."""

    LIMITED = "limited"
    READER = "reader"
    FIELD_STAFF = "field_staff"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    OWNER = "owner"


RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person with the roles held at this moment (organisation id → role)."""

    user_id: int
    name: str = ""
    organiser_roles: Mapping[int, Role] = field(default_factory=dict)
    producer_roles: Mapping[int, Role] = field(default_factory=dict)
    is_admin: bool = False

    @property
    def is_organiser(self) -> bool:
        """Holds a role in an organisation that creates fairs."""
        return bool(self.organiser_roles) or self.is_admin

    @property
    def is_producer(self) -> bool:
        """Holds a role in at least one producer's unit."""
        return bool(self.producer_roles)

    def holds(self, organisation_id: int | None, least: Role) -> bool:
        """Whether the actor has at least this role in the organisation, of either kind."""
        if organisation_id is None:
            return False
        role = self.organiser_roles.get(organisation_id) or self.producer_roles.get(organisation_id)
        return role is not None and RANK[role] >= RANK[least]


SYSTEM = Actor(user_id=0, name="system", is_admin=True)
"""The program itself: timers and commands."""
