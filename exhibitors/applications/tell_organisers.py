"""Tell whoever asked for changes that the application came back, and what the answer changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import Membership
from accounts.user import User
from exhibitors.applications.asked_points import Difference, Point, differences
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.letters import letter_about
from exhibitors.applications.review.organisers_of_fair import organisers_told
from exhibitors.applications.review.who_reviews import who_stands_aside
from foundation.audit_trail import AuditEntry
from foundation.outbox import post


def post_changes_made(session: Session, application: BoothApplication, base_url: str) -> None:
    """One letter with what was asked, before and now, to whoever asked; to everybody of the organiser where that person
    belongs to it no more or stands aside. Answers that are not for reviewers are left out.
    """
    made = differences(session, application, for_reviewers=True)
    for person in _who_asked(session, application):
        prefix = "/en" if person.language == "en" else ""
        path = f"/organise/fairs/{application.fair.slug}/applications/{application.code}"
        facts = {
            "changes": [_told(one, person.language) for one in made],
            "link": f"{base_url}{prefix}{path}",
        }
        post(session, letter_about(application, "changes_made", person, base_url, facts))


def _told(one: Difference, language: str) -> dict[str, Any]:
    """A difference for the letter; needs are kept by names of columns, so of them only that they changed."""
    return {
        "point": one.point.value,
        "question": one.question.local(language) if one.question else "",
        "same": one.before == one.now,
        "told": one.point is not Point.NEEDS,
        "before": one.before,
        "now": one.now,
    }


def _who_asked(session: Session, application: BoothApplication) -> Sequence[User]:
    asked = (
        select(AuditEntry.actor_id)
        .where(
            AuditEntry.what == "application.ask_for_changes",
            AuditEntry.fair_id == application.fair_id,
            AuditEntry.thing_kind == BoothApplication.__tablename__,
            AuditEntry.thing_id == application.id,
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    asker, body = session.scalar(asked), application.fair.organisation_id
    person = session.scalar(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(User.id == asker, Membership.organisation_id == body, User.disabled_at.is_(None))
    )
    if person is not None and person.id not in who_stands_aside(session, application):
        return [person]
    return organisers_told(session, application)
