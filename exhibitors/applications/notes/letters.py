"""The letter to a colleague who is mentioned in a note."""

from __future__ import annotations

from dataclasses import replace

from accounts.user import User
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.letters import letter_about
from foundation.outbox import Letter

FOLDER = "exhibitors/applications/notes/letters"


def mention_told(application: BoothApplication, author: str, person: User, base_url: str) -> Letter:
    """Who mentions the person, about which application, and where to read it: the words of a note leave no desk."""
    prefix = "/en" if person.language == "en" else ""
    path = f"/organise/fairs/{application.fair.slug}/applications/{application.code}/notes"
    facts: dict[str, object] = {"author": author, "name": person.name, "link": f"{base_url}{prefix}{path}"}
    letter = letter_about(application, "note_mention", person, base_url, facts, folder=FOLDER)
    return replace(letter, dedupe_key=None)  # a number of a note may come again once the note is taken back
