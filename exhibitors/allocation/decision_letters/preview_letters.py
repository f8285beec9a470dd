"""What the letters of decisions will say before they are written: with the facts of an application, or made-up ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.letter_words.decision_words import facts_in_words
from exhibitors.allocation.letter_words.placeholders import filled
from exhibitors.allocation.letters import preview_decision
from exhibitors.allocation.publish_decisions import END_OF_WORK, usual_day_to_confirm
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.letters import days_of
from foundation import clock
from foundation.outbox import Letter, written


def sample_letter(fair: Fair, kind: str, language: str, subject: str | None, body: str | None) -> tuple[str, str]:
    """The letter to a unit that there is none of."""
    facts: dict[str, Any] = {
        "producer": "HTX Minh Họa",
        "fair": fair.name.local(language),
        "code": "GH-ABC234",
        "link": "https://…/applications/GH-ABC234",
        "organiser": fair.organisation.name.local(language),
        "venues": [place.venue.name.local(language) for place in fair.venues],
        "booths": [
            {"code": "A12", "venue": place.venue.name.local(language), "beside": ""} for place in fair.venues[:1]
        ],
        "confirm_by": _usual_moment(fair),
        "reason": "…",
    } | days_of(fair)
    words = facts_in_words(facts, language)
    return filled(subject or "", words), filled(body or "", words)


def letters_to_come(
    session: Session, application: BoothApplication, base_url: str
) -> Sequence[tuple[Letter, tuple[str, str]]]:
    """The letter to each member of the unit with its subject and body, as if it were published now."""
    booths = [assignment.booth for assignment in assignments_of(session, application.id)]
    confirm_by = _usual_moment(application.fair) if application.decision is Decision.ACCEPT else None
    said = {"reason": application.decision_reason, "confirm_by": confirm_by}
    letters = preview_decision(session, application, booths, base_url, **said)
    return [(letter, written(letter)) for letter in letters]


def _usual_moment(fair: Fair) -> datetime:
    return clock.local_moment(usual_day_to_confirm(fair), END_OF_WORK)
