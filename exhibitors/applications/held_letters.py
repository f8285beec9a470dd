"""A letter of a decision that is held back and no longer true never leaves."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibitors.applications.application_endings import when_application_ends
from exhibitors.applications.booth_application import BoothApplication
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.outbox import OutboxLetter

OF_DECISIONS = ("accepted", "waitlisted", "rejected", "booth_given")
"""Kinds of letters that say where an application stands."""


def drop_held_letters(session: Session, actor: Actor, application: BoothApplication) -> int:
    """Discard what is held of earlier decisions about the application; answers how many letters. One question."""
    held = select(OutboxLetter).where(
        OutboxLetter.application_id == application.id,
        OutboxLetter.kind.in_(OF_DECISIONS),
        OutboxLetter.held_at.is_not(None),
        OutboxLetter.sent_at.is_(None),
        OutboxLetter.discarded_at.is_(None),
    )
    letters = session.scalars(held.order_by(OutboxLetter.id).with_for_update()).all()
    for letter in letters:
        letter.discarded_at = clock.now()
        told = {"kind": letter.kind, "application_id": application.id}
        record(session, actor, "letter.discard", letter, fair_id=letter.fair_id, new=told)
    return len(letters)


@when_application_ends
def _drop_at_the_end(session: Session, actor: Actor, application: BoothApplication, reason: str) -> None:
    drop_held_letters(session, actor, application)
