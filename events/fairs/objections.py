"""Where floors above say no to a change of what they stand on, so that nothing below has to know them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from foundation.refusal import Refused

Objection = Callable[[Session, Any], str | None]
_objections: dict[str, list[Objection]] = {}


def object_to(act: str) -> Callable[[Objection], Objection]:
    """Register `objection(session, thing)`: it answers the reason code for which the act is refused, or None.

    Acts: "open_call" (thing: Fair), "drop_venue" (FairVenue).
    """

    def register(objection: Objection) -> Objection:
        _objections.setdefault(act, []).append(objection)
        return objection

    return register


def first_objection(session: Session, act: str, thing: object) -> str | None:
    """The reason code of the first that objects, or None."""
    reasons = (objection(session, thing) for objection in _objections.get(act, ()))
    return next(filter(None, reasons), None)


def ask_objections(session: Session, act: str, thing: object, **facts: object) -> None:
    """Refuse with the first objection's reason and the facts given."""
    reason = first_objection(session, act, thing)
    if reason is not None:
        raise Refused(reason, **facts)
