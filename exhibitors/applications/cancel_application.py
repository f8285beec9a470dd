"""Take a place back from a unit that was accepted or has confirmed, with a reason and a letter."""

from __future__ import annotations

from sqlalchemy.orm import Session

from exhibitors.applications.application_endings import tell_ending
from exhibitors.applications.application_moves import By
from exhibitors.applications.booth_application import BoothApplication, lock_application, move_application
from exhibitors.applications.letters import post_cancelled
from exhibitors.applications.review.who_reviews import refuse_tied
from exhibitors.applications.screen_applications import checked_reason, refuse_stale
from foundation import clock
from foundation.actor import Actor


def cancel_application(
    session: Session,
    actor: Actor,
    application: BoothApplication,
    *,
    reason: str,
    base_url: str,
    expected_version: int | None = None,
) -> BoothApplication:
    """End it and let its booths go.

    Refuses what `refuse_tied` refuses, `reason_missing`, `reason_too_long`, `decided_meanwhile` (only when a version is
    expected) and `move_impossible` before an acceptance was published and after an end.
    """
    lock_application(session, application)
    refuse_tied(session, actor, application)
    refuse_stale(application, expected_version)
    words = checked_reason(reason)
    move_application(session, actor, application, "cancel", By.ORGANISER, reason=words)
    application.decision_reason, application.decided_at = words, clock.now()
    tell_ending(session, actor, application, application.state)
    session.flush()
    post_cancelled(session, application, base_url)
    return application
