"""The letter that brings a message to the other side."""

from __future__ import annotations

from dataclasses import replace

from accounts.user import User
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.letters import letter_about
from exhibitors.applications.messages.application_message import ApplicationMessage, Side
from foundation.outbox import Letter

FOLDER = "exhibitors/applications/messages/letters"


def message_told(application: BoothApplication, message: ApplicationMessage, person: User, base_url: str) -> Letter:
    """The words, who wrote them, and where to answer; one for each message and person."""
    kind = "message_to_unit" if message.side == Side.ORGANISER else "message_to_organiser"
    facts: dict[str, object] = {"body": message.body, "author": message.author.name}
    if message.side == Side.PRODUCER:
        prefix = "/en" if person.language == "en" else ""
        path = f"/organise/fairs/{application.fair.slug}/applications/{application.code}/messages"
        facts["link"] = f"{base_url}{prefix}{path}"
    letter = letter_about(application, kind, person, base_url, facts, folder=FOLDER)
    return replace(letter, dedupe_key=f"message:{message.id}:{person.id}")
