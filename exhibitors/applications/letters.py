"""Letters about an application from its producer's side: the receipt and the withdrawal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from accounts.organisation import members_of
from accounts.user import User
from events.fairs.fair import DateState, Fair
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.organisers_of_fair import organisers_told
from foundation import clock
from foundation.outbox import Letter, post

FOLDER = "exhibitors/applications/letters"


def receipt(application: BoothApplication, person: User, base_url: str) -> Letter:
    """The code, what was asked for, and the day by which an answer is due."""
    facts: dict[str, Any] = {
        "booths": application.booths_wanted,
        "wishes": [
            (wish.booth is not None, f"{wish.place} {wish.zone.name.local(person.language)}".strip())
            for wish in application.wishes
        ],
        "anywhere": application.anywhere,
        "products": [good.product.name.local(person.language) for good in application.goods],
        "answer_by": application.fair.answer_by,
        "submitted_at": application.submitted_at,
    } | days_of(application.fair)
    return letter_about(application, "receipt", person, base_url, facts)


def withdrawal(application: BoothApplication, person: User, base_url: str) -> Letter:
    """Confirms to the producer that the application was taken back; where the call is open, until when and where to
    apply again.
    """
    fair, prefix = application.fair, "/en" if person.language == "en" else ""
    is_open = fair.why_no_application() is None
    facts = {
        "again": f"{base_url}{prefix}/apply/{fair.slug}" if is_open else "",
        "call_closes_at": fair.call_closes_at if is_open else None,
    }
    return letter_about(application, "withdrawn", person, base_url, facts)


def withdrawal_told(application: BoothApplication, person: User, reason: str, base_url: str) -> Letter:
    """Tells the organiser that a confirmed booth has become free, and why."""
    return letter_about(application, "withdrawn_told", person, base_url, {"reason": reason.strip()})


def post_receipt(session: Session, application: BoothApplication, base_url: str) -> None:
    """One receipt for each member of the unit."""
    for person in members_of(session, application.producer.organisation_id):
        post(session, receipt(application, person, base_url))


def post_withdrawal(
    session: Session, application: BoothApplication, reason: str, base_url: str, *, booth_was_confirmed: bool
) -> None:
    """Confirm to the unit's members; the organiser is told when a confirmed booth has become free."""
    for person in members_of(session, application.producer.organisation_id):
        post(session, withdrawal(application, person, base_url))
    if booth_was_confirmed:
        for person in organisers_told(session, application):
            post(session, withdrawal_told(application, person, reason, base_url))


def post_changes_asked(session: Session, application: BoothApplication, base_url: str) -> None:
    """What is to be mended and until when, to each member of the unit."""
    facts = {"points": application.changes_asked, "due_at": application.changes_due_at}
    for person in members_of(session, application.producer.organisation_id):
        post(session, letter_about(application, "changes_asked", person, base_url, facts))


def post_changes_received(session: Session, application: BoothApplication, base_url: str) -> None:
    """That what was sent again has arrived, and by when there is an answer, to each member of the unit."""
    facts = {"received_at": clock.now(), "answer_by": application.fair.answer_by}
    for person in members_of(session, application.producer.organisation_id):
        post(session, letter_about(application, "changes_received", person, base_url, facts))


def remind_of_points(application: BoothApplication, person: User, base_url: str) -> Letter:
    """That changes asked for are due soon; once for each day that was set."""
    due_at = application.changes_due_at
    facts = {"points": application.changes_asked, "due_at": due_at}
    letter = letter_about(application, "changes_reminder", person, base_url, facts)
    return replace(letter, dedupe_key=f"changes_reminder:{application.code}:{due_at:%Y%m%d%H%M}:{person.id}")


def post_changes_lapsed(session: Session, application: BoothApplication, base_url: str) -> None:
    """That the changes were not made in time and the application is withdrawn, to each member of the unit."""
    facts = {"points": application.changes_asked, "due_at": application.changes_due_at}
    for person in members_of(session, application.producer.organisation_id):
        post(session, letter_about(application, "changes_lapsed", person, base_url, facts))


def post_cancelled(session: Session, application: BoothApplication, base_url: str) -> None:
    """That the organiser takes the place back, and why, to each member of the unit."""
    facts = {"reason": application.decision_reason}
    for person in members_of(session, application.producer.organisation_id):
        post(session, letter_about(application, "place_cancelled", person, base_url, facts))


def post_fair_news(session: Session, application: BoothApplication, kind: str, base_url: str) -> None:
    """That the fair is off, put off or on again, to each member of the unit; once for each time it happens."""
    fair = application.fair
    facts = {"reason": fair.reason, "has_confirmed": application.current is ApplicationState.CONFIRMED}
    for person in members_of(session, application.producer.organisation_id):
        letter = letter_about(application, kind, person, base_url, facts | days_of(fair))
        once = f"{kind}:{application.code}:fair {fair.version}:{person.id}"
        post(session, replace(letter, dedupe_key=once))


def days_of(fair: Fair) -> dict[str, Any]:
    """When the fair is open, for every letter that names its days: closed days too."""
    return {
        "first_day": fair.first_day,
        "last_day": fair.last_day,
        "closed_days": sorted(fair.days_shut),
        "is_tentative": fair.date_state == DateState.TENTATIVE,
    }


def letter_about(
    application: BoothApplication,
    kind: str,
    person: User,
    base_url: str,
    facts: dict[str, Any],
    *,
    folder: str = FOLDER,
) -> Letter:
    """A letter of this kind with what every letter about an application says; one for each version of it."""
    prefix = "/en" if person.language == "en" else ""
    common = {
        "code": application.code,
        "fair": application.fair.name.local(person.language),
        "producer": application.producer.name.local(person.language),
        "organiser": application.fair.organisation.name.local(person.language),
        "link": f"{base_url}{prefix}/applications/{application.code}",
    }
    return Letter(
        template=f"{folder}/{kind}",
        recipient=person.email,
        language=person.language,
        facts=common | facts,
        dedupe_key=f"{kind}:{application.code}:{application.version}:{person.id}",
        fair_id=application.fair_id,
        application_id=application.id,
    )
