"""Tells the floors above that an application has ended, so that they let go of what they hold for it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from exhibitors.applications.booth_application import BoothApplication
from foundation.actor import Actor

Ending = Callable[[Session, Actor, BoothApplication, str], object]
_listeners: list[Ending] = []


def when_application_ends(listener: Ending) -> Ending:
    """Register `listener(session, actor, application, reason)`; called in the transaction of the ending."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell_ending(session: Session, actor: Actor, application: BoothApplication, reason: str) -> None:
    """Call every listener; each verb that ends an application does this right after its move."""
    for listener in _listeners:
        listener(session, actor, application, reason)
