"""Tells the floors above that a public fair was put off, cancelled or announced again, so that they write to people."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from foundation.actor import Actor

News = Callable[[Session, Actor, Fair, str], object]
_listeners: list[News] = []


def when_fair_changes_course(listener: News) -> News:
    """Register `listener(session, actor, fair, move)`; called in the transaction of the move.

    Moves: "postpone", "cancel" (the fair holds the reason), "resume", "restore".
    """
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell_course(session: Session, actor: Actor, fair: Fair, move: str) -> None:
    """Call every listener; the verbs that change a public fair's course do this right after the move."""
    session.flush()
    for listener in _listeners:
        listener(session, actor, fair, move)
