"""Pin an application to the booths it holds: no computation moves it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from exhibitors.allocation.booth_assignment import BoothAssignment, assignments_of, pin
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.applications.review.who_reviews import refuse_tied
from foundation.actor import Actor
from foundation.refusal import Refused


def pin_booths(session: Session, actor: Actor, application: BoothApplication, *, pinned: bool) -> list[BoothAssignment]:
    """Keep the application where it stands whatever is computed, or let it go again; answers what it holds.

    Doing it twice changes nothing. Refuses what `refuse_tied` refuses, and `nothing_to_pin`.
    """
    lock_application(session, application)
    refuse_tied(session, actor, application)
    held = assignments_of(session, application.id)
    if not held:
        raise Refused("nothing_to_pin", code=application.code)
    for assignment in held:
        pin(session, actor, assignment, pinned=pinned)
    session.flush()
    return held
