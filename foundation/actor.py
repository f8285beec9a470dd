"""Who is asking: a detached value that verbs and permissions can trust without a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
class FairGrant:
    """A role at one fair; with a zone it counts in that zone alone."""

    role: Role
    zone_id: int | None = None


@dataclass(frozen=True, slots=True)
class LentUnit:
    """A unit that somebody of an organising body acts for, because its own people came with paper."""

    organisation_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person with the roles held at this moment (organisation id → role, fair id → grants)."""

    user_id: int
    name: str = ""
    organiser_roles: Mapping[int, Role] = field(default_factory=dict)
    producer_roles: Mapping[int, Role] = field(default_factory=dict)
    is_admin: bool = False
    fair_roles: Mapping[int, Sequence[FairGrant]] = field(default_factory=dict)
    acts_for: LentUnit | None = None
    blind_at: frozenset[int] = frozenset()
    """Fairs where the person scores without seeing who applied: of these the rest of the desk is closed to them."""
    stands_aside: frozenset[int] = frozenset()
    """Applications closed to the person as an organiser: they have said that they stand too near to the unit, or they
    belong to it.
    """
    aside_at: frozenset[int] = frozenset()
    """Fairs at which such an application has been handed in."""

    @property
    def is_organiser(self) -> bool:
        """Holds a role in an organisation that creates fairs."""
        return bool(self.organiser_roles) or self.is_admin

    @property
    def is_producer(self) -> bool:
        """Holds a role in at least one producer's unit."""
        return bool(self.producer_roles)

    def for_oneself(self) -> Actor:
        """The same person without the unit they were lent, for whatever does not concern that unit."""
        if self.acts_for is None:
            return self
        own = {key: role for key, role in self.producer_roles.items() if key != self.acts_for.organisation_id}
        return replace(self, producer_roles=own, acts_for=None)


SYSTEM = Actor(user_id=0, name="system", is_admin=True)
"""The program itself: timers and commands."""
