"""Answer an offered booth: take it, decline it, or let the time pass."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import FairState
from exhibitors.allocation.booth_assignment import AssignmentState, assignments_of, move_assignment, release_booths
from exhibitors.allocation.letters import post_back_on_list, post_confirmation, post_declined, post_expired
from exhibitors.applications.application_endings import tell_ending
from exhibitors.applications.application_moves import ApplicationState, By
from exhibitors.applications.booth_application import BoothApplication, lock_application, move_application
from foundation import clock
from foundation.actor import SYSTEM, Actor
from foundation.refusal import Refused


def confirm_booth(
    session: Session, actor: Actor, application: BoothApplication, *, base_url: str, terms_accepted: bool = True
) -> BoothApplication:
    """Take the offered booth; one that is confirmed already is returned as it stands.

    Refuses `terms_not_accepted`, `confirm_by_passed` (fact `confirm_by`) and `move_impossible`.
    """
    lock_application(session, application)
    if application.current is ApplicationState.CONFIRMED:
        return application
    if application.fair.state != FairState.PUBLISHED:
        raise Refused(f"fair_{application.fair.state}")
    if application.current is ApplicationState.ACCEPTED:
        if application.confirm_by is not None and clock.now() > application.confirm_by:
            raise Refused("confirm_by_passed", confirm_by=application.confirm_by)
        if not terms_accepted:
            raise Refused("terms_not_accepted")
    move_application(session, actor, application, "confirm", By.PRODUCER)
    application.confirmed_at = clock.now()
    booths = []
    for assignment in assignments_of(session, application.id):
        if assignment.state == AssignmentState.PUBLISHED:
            move_assignment(session, actor, assignment, "confirm")
            booths.append(assignment.booth)
    session.flush()
    post_confirmation(session, application, booths, base_url)
    return application


def decline_booth(
    session: Session, actor: Actor, application: BoothApplication, *, base_url: str, reason: str = ""
) -> BoothApplication:
    """Give the offered booth back; one that is declined already is returned. Refuses `move_impossible`."""
    lock_application(session, application)
    if application.current is ApplicationState.DECLINED:
        return application
    move_application(session, actor, application, "decline", By.PRODUCER, reason=reason.strip())
    tell_ending(session, actor, application, reason)
    session.flush()
    post_declined(session, application, base_url)
    return application


def expire_offers(session: Session, moment: datetime, *, base_url: str) -> list[BoothApplication]:
    """Let every offer lapse whose confirm-by moment lies before `moment`; answers those that lapsed.

    One that came from the waiting list leads back to the end of it; any other ends the application.

    An offer that somebody is answering right now is passed over: the next round finds it if it is still open.
    """
    overdue = session.scalars(
        select(BoothApplication)
        .where(BoothApplication.state == ApplicationState.ACCEPTED, BoothApplication.confirm_by < moment)
        .order_by(BoothApplication.id)
        .with_for_update(of=BoothApplication, skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for application in overdue:
        if application.offered_from_list_at is None:
            _end(session, application, base_url)
        else:
            _back_on_list(session, application, base_url)
    return list(overdue)


def _end(session: Session, application: BoothApplication, base_url: str) -> None:
    move_application(session, SYSTEM, application, "expire", By.TIMER)
    tell_ending(session, SYSTEM, application, application.state)
    session.flush()
    post_expired(session, application, base_url)


def _back_on_list(session: Session, application: BoothApplication, base_url: str) -> None:
    """Whoever was offered a booth from the waiting list waits again, behind all who were offered none."""
    move_application(session, SYSTEM, application, "expire_to_waitlist", By.TIMER)
    release_booths(session, SYSTEM, application, "expired")
    application.offered_from_list_at = application.decided_at = clock.now()
    session.flush()
    post_back_on_list(session, application, base_url)
