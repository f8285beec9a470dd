"""Lets the floors above object to a merger, and bring over what they hold of the unit that goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from exhibitors.producers.producer import Producer

Mover = Callable[[Session, Producer, Producer], dict[str, Any]]
"""`mover(session, gone, kept)` brings over and answers what, by name, for the audit trail."""
Objector = Callable[[Session, Producer, Producer], None]
_movers: list[Mover] = []
_objectors: list[Objector] = []


def goes_over_with_unit(mover: Mover) -> Mover:
    """Register a mover."""
    if mover not in _movers:
        _movers.append(mover)
    return mover


def before_units_merge(objector: Objector) -> Objector:
    """Register `objector(session, gone, kept)`, which raises `Refused` where the two cannot be one."""
    if objector not in _objectors:
        _objectors.append(objector)
    return objector


def ask_objectors(session: Session, gone: Producer, kept: Producer) -> None:
    """Refuses with the first objection."""
    for objector in _objectors:
        objector(session, gone, kept)


def move_belongings(session: Session, gone: Producer, kept: Producer) -> dict[str, Any]:
    """Call every mover; what all of them brought over."""
    moved: dict[str, Any] = {}
    for mover in _movers:
        moved |= mover(session, gone, kept)
    return moved
