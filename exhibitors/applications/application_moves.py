"""The twelve states of a booth application and the one table of moves between them (decision 0003)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ApplicationState(StrEnum):
    """Where an application stands; nothing is public before `confirmed`."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    NEEDS_CHANGES = "needs_changes"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class By(StrEnum):
    """Which side may make a move."""

    PRODUCER = "producer"
    ORGANISER = "organiser"
    TIMER = "timer"


class Decision(StrEnum):
    """What can be staged before it is published."""

    ACCEPT = "accept"
    WAITLIST = "waitlist"
    REJECT = "reject"


S = ApplicationState
ENDED = frozenset({S.REJECTED, S.DECLINED, S.EXPIRED, S.WITHDRAWN, S.CANCELLED})
"""States in which an application no longer stands in the way of a new one."""
LIVE = frozenset(S) - ENDED
HOLDS_BOOTH = frozenset({S.IN_REVIEW, S.WAITLISTED, S.ACCEPTED, S.CONFIRMED})
"""States in which a booth can be held; on the waiting list it is the freed booth that will be offered."""
DECIDABLE = frozenset({S.IN_REVIEW, S.WAITLISTED})
"""States in which a decision can wait for its publication."""


@dataclass(frozen=True, slots=True)
class Move:
    """One verb: from which states, to which, by whom, and whether a reason must be given."""

    froms: frozenset[ApplicationState]
    to: ApplicationState
    by: frozenset[By]
    needs_reason: bool = False


def _move(froms: set[S], to: S, *by: By, needs_reason: bool = False) -> Move:
    return Move(frozenset(froms), to, frozenset(by), needs_reason)


MOVES: dict[str, Move] = {
    "submit": _move({S.DRAFT}, S.SUBMITTED, By.PRODUCER),
    "submit_late": _move({S.DRAFT}, S.WAITLISTED, By.PRODUCER),
    "take_up": _move({S.SUBMITTED}, S.IN_REVIEW, By.ORGANISER),
    "take_up_late": _move({S.WAITLISTED}, S.IN_REVIEW, By.ORGANISER),
    "ask_for_changes": _move({S.SUBMITTED, S.IN_REVIEW}, S.NEEDS_CHANGES, By.ORGANISER, needs_reason=True),
    "resubmit": _move({S.NEEDS_CHANGES}, S.IN_REVIEW, By.PRODUCER),
    "lapse": _move({S.NEEDS_CHANGES}, S.WITHDRAWN, By.TIMER),
    "accept": _move({S.IN_REVIEW}, S.ACCEPTED, By.ORGANISER),
    "waitlist": _move({S.IN_REVIEW}, S.WAITLISTED, By.ORGANISER, needs_reason=True),
    "reject": _move({S.IN_REVIEW}, S.REJECTED, By.ORGANISER, needs_reason=True),
    "confirm": _move({S.ACCEPTED}, S.CONFIRMED, By.PRODUCER),
    "decline": _move({S.ACCEPTED}, S.DECLINED, By.PRODUCER),
    "expire": _move({S.ACCEPTED}, S.EXPIRED, By.TIMER),
    "expire_to_waitlist": _move({S.ACCEPTED}, S.WAITLISTED, By.TIMER),
    "offer": _move({S.WAITLISTED}, S.ACCEPTED, By.ORGANISER, By.TIMER),
    "close_waitlist": _move({S.WAITLISTED}, S.REJECTED, By.ORGANISER),
    "withdraw": _move(
        {S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.NEEDS_CHANGES, S.WAITLISTED, S.ACCEPTED, S.CONFIRMED},
        S.WITHDRAWN,
        By.PRODUCER,
    ),
    "cancel": _move({S.ACCEPTED, S.CONFIRMED}, S.CANCELLED, By.ORGANISER, needs_reason=True),
    "reinstate": _move(set(ENDED), S.IN_REVIEW, By.ORGANISER, needs_reason=True),
}


def moves_open_to(state: ApplicationState, by: By) -> list[str]:
    """The names of the moves that this side can make from the state, in the order of the table."""
    return [name for name, move in MOVES.items() if state in move.froms and by in move.by]
