"""Remind whoever has not answered an offer, three days before it lapses and one day before."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from events.fairs.fair import Fair, FairState
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.letter_words.decision_text import texts_of
from exhibitors.allocation.letters import post_reminder
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication

DAYS_BEFORE = (3, 1)


def remind_of_offers(session: Session, moment: datetime, *, base_url: str) -> list[BoothApplication]:
    """Write to everybody whose offer lapses within three days, and again within one; answers who was reminded.

    Nobody is reminded twice of the same day, nor of one that had come already when the offer was made.
    """
    due = session.scalars(
        select(BoothApplication)
        .join(Fair, Fair.id == BoothApplication.fair_id)
        .where(
            BoothApplication.state == ApplicationState.ACCEPTED,
            BoothApplication.confirm_by > moment,
            Fair.state == FairState.PUBLISHED,
            or_(*(_due(moment, days) for days in DAYS_BEFORE)),
        )
        .options(joinedload(BoothApplication.producer))
        .order_by(BoothApplication.id)
        .with_for_update(of=BoothApplication, skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    reminded = []
    texts = {fair_id: texts_of(session, fair) for fair_id, fair in {one.fair_id: one.fair for one in due}.items()}
    for application in due:
        left = (application.confirm_by or moment) - moment
        application.reminded_days = min(days for days in DAYS_BEFORE if left <= timedelta(days=days))
        session.flush()
        if _was_offered_before(application, application.reminded_days):
            booths = [one.booth for one in assignments_of(session, application.id)]
            post_reminder(session, application, booths, base_url, texts=texts[application.fair_id])
            reminded.append(application)
    return reminded


def _due(moment: datetime, days: int) -> ColumnElement[bool]:
    told = BoothApplication.reminded_days
    return and_(BoothApplication.confirm_by <= moment + timedelta(days=days), or_(told.is_(None), told > days))


def _was_offered_before(application: BoothApplication, days: int) -> bool:
    offered, confirm_by = application.decided_at, application.confirm_by
    return offered is not None and confirm_by is not None and offered < confirm_by - timedelta(days=days)
