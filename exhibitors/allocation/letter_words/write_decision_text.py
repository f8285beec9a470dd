"""Write a fair's own words for the letter of a decision, or go back to the usual ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.fair import Fair
from exhibitors.allocation.letter_words.decision_text import (
    KINDS,
    KNOWN,
    LANGUAGES,
    NEEDED,
    DecisionText,
    texts_of,
)
from exhibitors.allocation.letter_words.placeholders import (
    has_stray_brace,
    placeholders_in,
    unknown_placeholders,
)
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.refusal import Refused

LONGEST_SUBJECT = 200
LONGEST_BODY = 5000


def objections_to(kind: str, subject: str, body: str) -> list[tuple[str, Refused]]:
    """Everything that is wrong with the words, each with its field: what `objections_to_words` finds, and
    `placeholder_needed`.
    """
    found = objections_to_words({"subject": subject, "body": body}, KNOWN[kind])
    said = placeholders_in(body)
    lacking = [f"{{{name}}}" for name in NEEDED[kind] if name not in said]
    if body and lacking:
        found.append(("body", Refused("placeholder_needed", names=", ".join(lacking))))
    return found


def objections_to_words(typed: Mapping[str, str], known: Collection[str]) -> list[tuple[str, Refused]]:
    """What is wrong with subjects and bodies by the names of their fields: `words_missing`, `words_too_long`,
    `brace_alone` and `placeholder_unknown`.
    """
    found = []
    for field, words in typed.items():
        most = LONGEST_SUBJECT if field.startswith("subject") else LONGEST_BODY
        if not words:
            found.append((field, Refused("words_missing")))
        if len(words) > most:
            found.append((field, Refused("words_too_long", most=most)))
        if has_stray_brace(words):
            found.append((field, Refused("brace_alone")))
        unknown = unknown_placeholders(words, known)
        if unknown:
            names = ", ".join(f"{{{name}}}" for name in unknown)
            found.append((field, Refused("placeholder_unknown", names=names)))
    return found


def write_decision_text(
    session: Session,
    actor: Actor,
    fair: Fair,
    kind: str,
    language: str,
    *,
    subject: str,
    body: str,
    expected_version: int | None = None,
) -> DecisionText:
    """Keep the words for this fair.

    Refuses `words_unknown` (a kind or language there is none of), the first of `objections_to`, and
    `words_stale` when a version is expected (0: none yet) and it is another.
    """
    if kind not in KINDS or language not in LANGUAGES:
        raise Refused("words_unknown")
    words = {"subject": nfc(" ".join(subject.split())), "body": nfc(body.strip())}
    for _, objection in objections_to(kind, **words):
        raise objection
    _lock(session, fair)
    known = texts_of(session, fair).get((kind, language))
    if expected_version is not None and expected_version != (known.version if known else 0):
        raise Refused("words_stale")
    old = {"subject": known.subject, "body": known.body} if known else None
    made = known or DecisionText(fair_id=fair.id, kind=kind, language=language)
    made.subject, made.body, made.changed_at = words["subject"], words["body"], clock.now()
    session.add(made)
    session.flush()
    new = {"kind": kind, "language": language, **words}
    record(session, actor, "decision_text.write", made, fair_id=fair.id, old=old, new=new)
    return made


def drop_decision_text(session: Session, actor: Actor, fair: Fair, text: DecisionText) -> None:
    """Go back to the usual words."""
    _lock(session, fair)
    old = {"kind": text.kind, "language": text.language, "subject": text.subject, "body": text.body}
    record(session, actor, "decision_text.drop", text, fair_id=fair.id, old=old)
    session.delete(text)
    session.flush()


@copies_with_edition(Stage.CALL)
def copy_decision_texts(edition: Edition) -> None:
    """The next edition writes in the same words."""
    edition.copy_all(DecisionText, DecisionText.fair_id == edition.source.id)


def _lock(session: Session, fair: Fair) -> None:
    session.flush()
    session.scalar(select(Fair.id).where(Fair.id == fair.id).with_for_update())
