"""Hold letters that have not left, change their words, let them go, or discard them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.letter_words.write_decision_text import LONGEST_BODY, LONGEST_SUBJECT
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.outbox import OutboxLetter, let_go
from foundation.refusal import Refused


def hold_letter(session: Session, actor: Actor, letter: OutboxLetter) -> None:
    """Keep it back until somebody lets it go; held ones stay held.

    Refuses `letter_gone`, `letter_discarded`, and `letter_leaving` while it is being handed to the mail server.
    """
    _lock(session, letter)
    if letter.held_at is None:
        letter.held_at = clock.now()
        record(session, actor, "letter.hold", letter, fair_id=letter.fair_id, new=_told(letter))
    session.flush()


def edit_letter(
    session: Session, actor: Actor, letter: OutboxLetter, *, subject: str, body: str, seen: str = ""
) -> None:
    """Give a held letter other words; the trail keeps both, but of letters about no application, which carry addresses
    that act without a sign-in.

    Refuses what holding refuses, `letter_not_held`, `words_stale` when `seen` is the mark of other words than those
    that stand there, `words_missing` and `words_too_long`.
    """
    _lock(session, letter)
    if letter.held_at is None:
        raise Refused("letter_not_held")
    if seen and seen != mark_of(letter):
        raise Refused("words_stale")
    words = nfc(" ".join(subject.split())), nfc(body.strip())
    if not all(words):
        raise Refused("words_missing")
    for text, most in zip(words, (LONGEST_SUBJECT, LONGEST_BODY), strict=True):
        if len(text) > most:
            raise Refused("words_too_long", most=most)
    before = _words(letter)
    letter.subject, letter.body = words[0], words[1] + "\n"
    new = _told(letter) | _words(letter)
    record(session, actor, "letter.edit", letter, fair_id=letter.fair_id, old=before or None, new=new)
    session.flush()


def mark_of(letter: OutboxLetter) -> str:
    """A mark of the words as they stand, by which a form knows them again."""
    return sha256(f"{letter.subject}\n{letter.body}".encode()).hexdigest()[:32]


def release_letter(session: Session, actor: Actor, letter: OutboxLetter) -> None:
    """Let a held letter go. Refuses what holding refuses."""
    _lock(session, letter)
    if letter.held_at is not None:
        let_go(session, letter)
        record(session, actor, "letter.release", letter, fair_id=letter.fair_id, new=_told(letter))
    session.flush()


def release_held(session: Session, actor: Actor, fair: Fair) -> int:
    """Let every held letter of the fair go; answers how many."""
    held = select(OutboxLetter).where(
        OutboxLetter.fair_id == fair.id,
        OutboxLetter.held_at.is_not(None),
        OutboxLetter.sent_at.is_(None),
        OutboxLetter.discarded_at.is_(None),
    )
    letters = session.scalars(held.order_by(OutboxLetter.id).with_for_update()).all()
    for letter in letters:
        let_go(session, letter)
    if letters:
        record(session, actor, "letter.release_held", fair, fair_id=fair.id, new={"letters": len(letters)})
    session.flush()
    return len(letters)


def discard_letter(session: Session, actor: Actor, letter: OutboxLetter) -> None:
    """It never leaves. Refuses what holding refuses, and `letter_not_held`."""
    _lock(session, letter)
    if letter.held_at is None:
        raise Refused("letter_not_held")
    letter.discarded_at = clock.now()
    record(session, actor, "letter.discard", letter, fair_id=letter.fair_id, new=_told(letter))
    session.flush()


def _lock(session: Session, letter: OutboxLetter) -> None:
    session.flush()
    session.refresh(letter, with_for_update=True)
    if letter.sent_at is not None:
        raise Refused("letter_gone")
    if letter.discarded_at is not None:
        raise Refused("letter_discarded")
    if letter.is_leaving:
        raise Refused("letter_leaving")


def _words(letter: OutboxLetter) -> dict[str, str]:
    return {"subject": letter.subject, "body": letter.body} if letter.application_id is not None else {}


def _told(letter: OutboxLetter) -> dict[str, Any]:
    return {"kind": letter.kind, "application_id": letter.application_id}
