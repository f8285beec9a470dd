"""Close the waiting list: everybody on it who holds no booth hears that there will be none."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.letter_words.decision_text import texts_of
from exhibitors.allocation.letters import post_decision
from exhibitors.applications.application_endings import tell_ending
from exhibitors.applications.application_moves import ApplicationState, By
from exhibitors.applications.booth_application import BoothApplication, move_application
from foundation import clock
from foundation.actor import Actor
from foundation.folding import nfc
from foundation.refusal import Refused

LONGEST_REASON = 2000


def close_waiting_list(
    session: Session, actor: Actor, fair: Fair, *, reason: str, base_url: str
) -> list[BoothApplication]:
    """End every application that waits without an offer noted for it, each with a letter; answers who was ended.

    A second press finds nobody and changes nothing. Refuses `reason_missing`, since no applicant may read a no
    without one, and `reason_too_long`.
    """
    words = nfc(reason.strip())
    if not words:
        raise Refused("reason_missing", move="close_waitlist")
    if len(words) > LONGEST_REASON:
        raise Refused("reason_too_long", most=LONGEST_REASON)
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    waiting = session.scalars(
        select(BoothApplication)
        .where(
            BoothApplication.fair_id == fair.id,
            BoothApplication.state == ApplicationState.WAITLISTED,
            BoothApplication.pending_decision.is_(None),
        )
        .order_by(BoothApplication.id)
        .with_for_update(of=BoothApplication)
        .execution_options(populate_existing=True)
    ).all()
    texts = texts_of(session, fair)
    for application in waiting:
        move_application(session, actor, application, "close_waitlist", By.ORGANISER, reason=words)
        application.decision_reason = words
        application.decided_at = clock.now()
        tell_ending(session, actor, application, application.state)
        session.flush()
        post_decision(session, application, (), base_url, texts=texts)
    return list(waiting)
