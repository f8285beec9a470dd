"""How much waits for the organiser in each step of a fair: floors above answer here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from events.fairs.fair import Fair

Counts = Callable[[Session, Fair], Mapping[str, int]]
_counts: list[Counts] = []


def counts_what_waits(counts: Counts) -> Counts:
    """Register `counts(session, fair)`: it answers how much waits in which step ("applications", "allocation")."""
    if counts not in _counts:
        _counts.append(counts)
    return counts


def what_waits(session: Session, fair: Fair) -> dict[str, int]:
    """The numbers to show beside the steps."""
    waiting: dict[str, int] = {}
    for counts in _counts:
        waiting |= counts(session, fair)
    return waiting
