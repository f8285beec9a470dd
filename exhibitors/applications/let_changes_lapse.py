"""Changes asked for: a reminder before they are due, more time from organisers; not made in time, the application
withdraws by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import members_of
from exhibitors.applications.application_endings import tell_ending
from exhibitors.applications.application_moves import ApplicationState, By
from exhibitors.applications.booth_application import BoothApplication, lock_application, move_application
from exhibitors.applications.letters import post_changes_asked, post_changes_lapsed, remind_of_points
from exhibitors.applications.review.who_reviews import refuse_tied
from foundation import clock
from foundation.actor import SYSTEM, Actor
from foundation.audit_trail import record
from foundation.outbox import OutboxLetter, post, posted_keys
from foundation.refusal import Refused

BEFORE_DUE = timedelta(days=1)


def let_changes_lapse(session: Session, moment: datetime, *, base_url: str) -> list[BoothApplication]:
    """Withdraw every application whose changes were due before `moment`, each with a letter; answers which.

    One that its unit is sending at this very moment is passed over: the next round finds it if it is still open.
    """
    overdue = session.scalars(
        select(BoothApplication)
        .where(BoothApplication.state == ApplicationState.NEEDS_CHANGES, BoothApplication.changes_due_at < moment)
        .order_by(BoothApplication.id)
        .with_for_update(of=BoothApplication, skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for application in overdue:
        move_application(session, SYSTEM, application, "lapse", By.TIMER)
        tell_ending(session, SYSTEM, application, application.state)
        session.flush()
        post_changes_lapsed(session, application, base_url)
    return list(overdue)


def remind_of_changes(session: Session, moment: datetime, *, base_url: str) -> int:
    """Write once to the members of units whose changes are due within a day, unless they were asked for, or given more
    time, within this last day; answers how many letters.
    """
    soon = session.scalars(
        select(BoothApplication)
        .where(
            BoothApplication.state == ApplicationState.NEEDS_CHANGES,
            BoothApplication.changes_due_at > moment,
            BoothApplication.changes_due_at <= moment + BEFORE_DUE,
        )
        .order_by(BoothApplication.id)
    ).all()
    ids = [application.id for application in soon]
    fresh = OutboxLetter.created_at > moment - BEFORE_DUE
    asked = select(OutboxLetter.application_id).where(OutboxLetter.kind == "changes_asked", fresh)
    just_asked = set(session.scalars(asked.where(OutboxLetter.application_id.in_(ids)))) if ids else set()
    known = posted_keys(session, "changes_reminder:") if ids else set()
    count = 0
    for application in soon:
        for person in members_of(session, application.producer.organisation_id):
            letter = remind_of_points(application, person, base_url)
            if application.id not in just_asked and letter.dedupe_key not in known:
                post(session, letter)
                count += 1
    return count


def extend_changes(
    session: Session, actor: Actor, application: BoothApplication, *, due_at: datetime, base_url: str
) -> BoothApplication:
    """Give the unit until another, later moment; it gets the points once more with the new day.

    Refuses what `refuse_tied` refuses, `move_impossible` when no changes are awaited, and `due_not_later` unless it is
    later than now and before.
    """
    lock_application(session, application)
    refuse_tied(session, actor, application)
    if application.current is not ApplicationState.NEEDS_CHANGES:
        raise Refused("move_impossible", move="extend_changes", state=application.state, code=application.code)
    old = application.changes_due_at
    if due_at <= clock.now() or (old is not None and due_at <= old):
        raise Refused("due_not_later")
    application.changes_due_at = due_at
    before = {"due_at": old.isoformat() if old else None}
    new = {"due_at": due_at.isoformat()}
    record(session, actor, "application.extend_changes", application, fair_id=application.fair_id, old=before, new=new)
    session.flush()
    post_changes_asked(session, application, base_url)
    return application
