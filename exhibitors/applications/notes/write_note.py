"""Write notes among organisers about an application, mention colleagues, say that one has read, take a note back."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.user import User
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.applications.notes.colleagues import colleagues_at, named_in
from exhibitors.applications.notes.letters import mention_told
from exhibitors.applications.notes.note_mention import NoteMention, mark_read
from exhibitors.applications.review.application_review import ReviewNote
from exhibitors.applications.review.who_reviews import refuse_tied
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.outbox import post
from foundation.refusal import Refused

LONGEST_NOTE = 2000
MOST_NOTES = 200


def write_note(
    session: Session,
    actor: Actor,
    application: BoothApplication,
    words: str,
    mentioned: Collection[int] = (),
    *,
    base_url: str,
) -> ReviewNote:
    """Keep the note and tell whoever is mentioned: those picked, and those named after an @ in the words.

    Refuses what `refuse_tied` refuses, internal_note_empty, internal_note_too_long, too_many_internal_notes, and
    mention_impossible for somebody to whom the application is not open, as it is not to whoever stands aside.
    """
    lock_application(session, application)
    refuse_tied(session, actor, application)
    told = nfc(words.strip())
    if not told:
        raise Refused("internal_note_empty")
    if len(told) > LONGEST_NOTE:
        raise Refused("internal_note_too_long", most=LONGEST_NOTE)
    count = select(func.count(ReviewNote.id)).where(ReviewNote.application_id == application.id)
    if (session.scalar(count) or 0) >= MOST_NOTES:
        raise Refused("too_many_internal_notes", most=MOST_NOTES)
    colleagues = colleagues_at(session, actor, application)
    if not set(mentioned) <= {one.id for one in colleagues}:
        raise Refused("mention_impossible")
    note = ReviewNote(application_id=application.id, user_id=actor.user_id, written_at=clock.now(), words=told)
    session.add(note)
    session.flush()
    numbers = sorted(set(mentioned) | named_in(told, colleagues))
    session.add_all(NoteMention(note_id=note.id, user_id=number) for number in numbers)
    record(session, actor, "note.write", application, fair_id=application.fair_id, new={"mentioned": numbers})
    for person in session.scalars(select(User).where(User.id.in_(numbers)).order_by(User.id)):
        post(session, mention_told(application, actor.name, person, base_url))
    return note


def find_note(session: Session, application: BoothApplication, note_id: int) -> ReviewNote | None:
    """The note, if it is about this very application."""
    note = session.get(ReviewNote, note_id)
    return note if note is not None and note.application_id == application.id else None


def take_note_back(session: Session, actor: Actor, application: BoothApplication, note: ReviewNote) -> None:
    """Remove one's own note with its mentions. Refuses note_of_another."""
    if note.user_id != actor.user_id:
        raise Refused("note_of_another")
    session.delete(note)
    session.flush()
    record(session, actor, "note.take_back", application, fair_id=application.fair_id)


def say_read(session: Session, actor: Actor, application: BoothApplication) -> int:
    """Say that one has read every note about the application that mentions one; answers how many there were."""
    here = select(ReviewNote.id).where(ReviewNote.application_id == application.id)
    return mark_read(session, actor, NoteMention, NoteMention.note_id.in_(here))
