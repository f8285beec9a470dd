"""Letters about decisions and booths, one for each member of the unit concerned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session, object_session

from accounts.organisation import members_of
from accounts.user import User
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.booth_assignment import BoothAssignment, names_beside
from exhibitors.allocation.letter_words.decision_text import DecisionText, texts_of
from exhibitors.allocation.letter_words.decision_words import in_own_words
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.letters import days_of, letter_about
from foundation.outbox import Letter, post

FOLDER = "exhibitors/allocation/letters"
DECISION_KINDS = {
    ApplicationState.ACCEPTED: "accepted",
    ApplicationState.WAITLISTED: "waitlisted",
    ApplicationState.REJECTED: "rejected",
}


STAGED_KINDS = {Decision.ACCEPT: "accepted", Decision.WAITLIST: "waitlisted", Decision.REJECT: "rejected"}
OwnTexts = Mapping[tuple[str, str], DecisionText]
"""A fair's own words by kind and language."""


def post_decision(
    session: Session,
    application: BoothApplication,
    booths: Sequence[Booth],
    base_url: str,
    *,
    texts: OwnTexts,
    is_held: bool = False,
) -> None:
    """What was decided: booths and confirm-by moment, or the reason and what comes next; in the fair's own words where
    `texts` has some. Held, it leaves when somebody lets it go.
    """
    said = {"reason": application.decision_reason, "confirm_by": application.confirm_by}
    for person in members_of(session, application.producer.organisation_id):
        told = said | _facts_of_fair(application, booths, person)
        kind = DECISION_KINDS[application.current]
        post(session, replace(letter_of_decision(application, kind, person, base_url, told, texts), is_held=is_held))


def letter_of_decision(  # noqa: PLR0917 - the facts of a letter
    application: BoothApplication, kind: str, person: User, base_url: str, told: dict[str, Any], texts: OwnTexts
) -> Letter:
    """The letter of one of the kinds that a fair can word itself, to one member of the unit."""
    letter = letter_about(application, kind, person, base_url, told, folder=FOLDER)
    own = texts.get((kind, person.language))
    return letter if own is None else replace(letter, own_words=in_own_words(own, letter.facts))


def preview_decision(
    session: Session, application: BoothApplication, booths: Sequence[Booth], base_url: str, **said: Any
) -> list[Letter]:
    """The letters that publishing the staged decision would write; nothing is kept."""
    if application.decision is None:
        return []
    kind, texts = STAGED_KINDS[application.decision], texts_of(session, application.fair)
    return [
        letter_of_decision(
            application, kind, person, base_url, said | _facts_of_fair(application, booths, person), texts
        )
        for person in members_of(session, application.producer.organisation_id)
    ]


def post_booth_given(session: Session, application: BoothApplication, booths: Sequence[Booth], base_url: str) -> None:
    """The booths of a unit that was accepted earlier, when they were given or changed after that."""
    is_confirmed = application.current is ApplicationState.CONFIRMED
    confirm_by = application.confirm_by
    _post(session, "booth_given", application, booths, base_url, is_confirmed=is_confirmed, confirm_by=confirm_by)


def post_booth_shared(session: Session, application: BoothApplication, joined: BoothAssignment, base_url: str) -> None:
    """To a unit that knows its booth: who stands there beside it from now on, and why."""
    for person in members_of(session, application.producer.organisation_id):
        told = {"reason": joined.reason} | _facts_of_fair(application, [joined.booth], person)
        letter = letter_about(application, "booth_shared", person, base_url, told, folder=FOLDER)
        post(session, replace(letter, dedupe_key=f"booth_shared:{joined.id}:{person.id}"))


def post_confirmation(session: Session, application: BoothApplication, booths: Sequence[Booth], base_url: str) -> None:
    """The confirmation to keep: code, booths, days and hours."""
    fair = application.fair
    _post(session, "confirmed", application, booths, base_url, opens_at=fair.opens_at, closes_at=fair.closes_at)


def post_declined(session: Session, application: BoothApplication, base_url: str) -> None:
    """Thanks; the booth goes to somebody else."""
    _post(session, "declined", application, (), base_url)


def post_expired(session: Session, application: BoothApplication, base_url: str) -> None:
    """The time to confirm has passed without an answer."""
    _post(session, "expired", application, (), base_url, confirm_by=application.confirm_by)


def post_back_on_list(session: Session, application: BoothApplication, base_url: str) -> None:
    """An offer from the waiting list had no answer: the unit waits again, at the end of the line."""
    _post(session, "back_on_list", application, (), base_url, confirm_by=application.confirm_by)


def post_reminder(
    session: Session, application: BoothApplication, booths: Sequence[Booth], base_url: str, *, texts: OwnTexts
) -> None:
    """An offer lapses soon; in the fair's own words where `texts` has some."""
    said = {"confirm_by": application.confirm_by}
    for person in members_of(session, application.producer.organisation_id):
        told = said | _facts_of_fair(application, booths, person)
        post(session, letter_of_decision(application, "reminder", person, base_url, told, texts))


def _post(
    session: Session,
    kind: str,
    application: BoothApplication,
    booths: Sequence[Booth],
    base_url: str,
    **facts: Any,
) -> None:
    for person in members_of(session, application.producer.organisation_id):
        told = facts | _facts_of_fair(application, booths, person)
        post(session, letter_about(application, kind, person, base_url, told, folder=FOLDER))


def _facts_of_fair(application: BoothApplication, booths: Sequence[Booth], person: User) -> dict[str, Any]:
    fair = application.fair
    beside = _names_beside(application, booths, person.language)
    return {
        "booths": [
            {"code": one.code, "venue": _venue_of(one, person.language), "beside": beside.get(one.id, "")}
            for one in booths
        ],
        "venues": [place.venue.name.local(person.language) for place in fair.venues],
    } | days_of(fair)


def _names_beside(application: BoothApplication, booths: Sequence[Booth], language: str) -> dict[int, str]:
    session = object_session(application)
    if session is None:
        return {}
    names = names_beside(session, application.id, [booth.id for booth in booths])
    return {booth_id: name.local(language) for booth_id, name in names.items()}


def _venue_of(booth: Booth, language: str) -> str:
    return booth.zone.plan.fair_venue.venue.name.local(language)
