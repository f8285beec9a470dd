"""Tells whoever stands aside from an application why its pages are closed to them, and keeps in the trail who tried."""

from __future__ import annotations

from flask import request

from accounts.permissions import Act
from events.fairs.permissions import zones_open_to
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.who_reviews import note_if_tied, tie_between
from foundation.actor import Actor
from foundation.audience import Audience, tells_why_not
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words


@tells_why_not(Audience.ORGANISER)
def why_aside(actor: Actor, *things: object) -> str | None:
    """The tie in words, for those who read the rest of the fair's desk; what was tried is noted and committed."""
    application = next((thing for thing in things if isinstance(thing, BoothApplication)), None)
    if application is None or application.id not in actor.stands_aside or application.submitted_at is None:
        return None
    if all(zones_open_to(actor, act, application.fair) == frozenset() for act in (Act.READ_DESK, Act.SCORE)):
        return None
    session = current_session()
    tie = tie_between(session, actor, application)
    if tie is None:
        return None
    refusal = Refused(tie.value, code=application.code)
    if request.method == "POST":
        note_if_tied(session, actor, application, refusal)
        session.commit()
    return refusal_words(refusal)
