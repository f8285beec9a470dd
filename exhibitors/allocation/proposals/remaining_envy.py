"""Who would rather stand where a unit with fewer points stands, and why that was not changed: for the organiser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exhibitors.allocation.optimiser.explanations import Why
from exhibitors.allocation.optimiser.policies import BY_POINTS, Policy
from exhibitors.allocation.proposals.allocation_proposal import ProposedOutcome


@dataclass(frozen=True, slots=True)
class Envy:
    """One unit and one wish: `lower` places of the zone are held by fewer points, `no_seat` of these by a unit that
    would have no booth at all if it made room; 0 also where that was not counted yet.
    """

    outcome: ProposedOutcome
    zone: str
    lower: int
    no_seat: int

    @property
    def worse(self) -> int:
        """Places whose holder could stand elsewhere: making room would only hand the lack on."""
        return self.lower - self.no_seat


def remaining_envy(outcomes: Sequence[ProposedOutcome], policy: str) -> list[Envy]:
    """The first such wish of each unit, most points first; empty where points do not decide."""
    if Policy(policy) not in BY_POINTS:
        return []
    found = [envy for outcome in outcomes if (envy := _first(outcome)) is not None]
    return sorted(found, key=lambda envy: (-envy.outcome.score, envy.outcome.number))


def _first(outcome: ProposedOutcome) -> Envy | None:
    for reason in outcome.reasons:
        if reason["code"] == Why.NO_SEAT_FOR_OTHER and reason.get("zone"):
            return _envy(outcome, reason)
    return None


def _envy(outcome: ProposedOutcome, reason: Mapping[str, Any]) -> Envy:
    return Envy(outcome, reason["zone"], reason["lower"], reason.get("no_seat", 0))
