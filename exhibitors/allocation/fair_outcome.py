"""What a fair that is over achieved, for its dashboard: the floor above answers here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from events.fairs.fair import Fair


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One published figure in the words of the page's language, with where it was published."""

    measure: str
    words: str
    source: str


Outcome = Callable[[Session, Fair], Sequence[OutcomeLine]]
_outcomes: list[Outcome] = []


def tells_outcome(outcome: Outcome) -> Outcome:
    """Register `outcome(session, fair)`: it answers the published figures of a fair."""
    if outcome not in _outcomes:
        _outcomes.append(outcome)
    return outcome


def outcome_of(session: Session, fair: Fair) -> list[OutcomeLine]:
    """The published figures in the order they were entered; empty where there are none."""
    return [line for outcome in _outcomes for line in outcome(session, fair)]
