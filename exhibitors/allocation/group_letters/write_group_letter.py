"""Write one letter to the units of many applications, each with its own facts in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.organisation import Membership
from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.allocation.letter_words.decision_text import COMMON
from exhibitors.allocation.letter_words.decision_words import facts_in_words
from exhibitors.allocation.letter_words.placeholders import filled
from exhibitors.allocation.letter_words.write_decision_text import objections_to_words
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.letters import days_of, letter_about
from foundation.actor import Actor, Role
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.outbox import Letter, post, posted_keys
from foundation.refusal import Refused

FOLDER = "exhibitors/allocation/group_letters"
KIND = "group_letter"
MOST_UNITS = 1_000
"""Written in one transaction: everybody else who writes waits for it."""
PLACEHOLDERS = COMMON


@dataclass(frozen=True, slots=True)
class GroupWords:
    """Subject and body in Vietnamese, and in English where somebody wrote them; else everybody reads the Vietnamese."""

    subject_vi: str
    body_vi: str
    subject_en: str = ""
    body_en: str = ""

    @classmethod
    def typed(cls, **words: str) -> GroupWords:
        """The words as they are kept: subjects on one line, everything composed."""
        return cls(
            **{
                name: nfc(" ".join(text.split()) if name.startswith("subject") else text.strip())
                for name, text in words.items()
            }
        )  # fmt: skip - read as a table

    def language_for(self, person: User) -> str:
        """The person's language, if the letter is written in it."""
        return "en" if person.language == "en" and self.body_en else "vi"

    def in_language(self, language: str) -> tuple[str, str]:
        """Subject and body with their placeholders."""
        return (self.subject_en, self.body_en) if language == "en" else (self.subject_vi, self.body_vi)

    def objections(self) -> list[tuple[str, Refused]]:
        """Everything that is wrong, each with its field, as `objections_to_words` says; English may be left out, but
        not half of it.
        """
        typed = {"subject_vi": self.subject_vi, "body_vi": self.body_vi}
        if self.subject_en or self.body_en:
            typed |= {"subject_en": self.subject_en, "body_en": self.body_en}
        return objections_to_words(typed, PLACEHOLDERS)


def group_of(session: Session, actor: Actor, fair: Fair, ids: Collection[int]) -> Sequence[BoothApplication]:
    """Those of these applications that were handed in at this very fair and from which the actor does not stand aside,
    in the order they came; one query.
    """
    wanted = set(ids) - actor.stands_aside
    query = (
        select(BoothApplication)
        .options(joinedload(BoothApplication.producer))
        .where(BoothApplication.fair_id == fair.id, BoothApplication.submitted_at.is_not(None))
        .where(BoothApplication.id.in_(wanted))
        .order_by(BoothApplication.submitted_at, BoothApplication.id)
    )
    return session.scalars(query).all()


def write_group_letter(
    session: Session,
    actor: Actor,
    fair: Fair,
    words: GroupWords,
    application_ids: Collection[int],
    *,
    once: str,
    base_url: str,
    is_held: bool = False,
) -> int:
    """One letter for each member of each unit; answers how many were written, 0 when the same `once` wrote them before.

    Refuses the first objection to the words, `nobody_to_write_to`, and `group_too_large` above 1,000 applications.
    """
    for _, objection in words.objections():
        raise objection
    if len(set(application_ids)) > MOST_UNITS:
        raise Refused("group_too_large", most=MOST_UNITS)
    people = _members(session, group_of(session, actor, fair, application_ids))
    if not people:
        raise Refused("nobody_to_write_to")
    begin = f"group:{actor.user_id}:{once}:"
    known = posted_keys(session, begin)
    letters = [
        replace(
            letter_to(application, person, words, base_url),
            dedupe_key=f"{begin}{application.id}:{person.id}",
            is_held=is_held,
        )
        for application, person in people
    ]
    fresh = [letter for letter in letters if letter.dedupe_key not in known]
    for letter in fresh:
        post(session, letter)
    if fresh:
        told = {"letters": len(fresh), "applications": sorted({application.code for application, _ in people})}
        said = {"subject": words.subject_vi, "body": words.body_vi, "held": is_held}
        record(session, actor, "letter.write_group", fair, fair_id=fair.id, new=told | said)
    session.flush()
    return len(fresh)


def letter_to(application: BoothApplication, person: User, words: GroupWords, base_url: str) -> Letter:
    """The letter to one member, its placeholders filled."""
    language = words.language_for(person)
    fair = application.fair
    told = {
        "fair": fair.name.local(language),
        "producer": application.producer.name.local(language),
        "organiser": fair.organisation.name.local(language),
        "venues": [place.venue.name.local(language) for place in fair.venues],
    } | days_of(fair)
    letter = letter_about(application, KIND, person, base_url, told, folder=FOLDER)
    facts = facts_in_words(letter.facts, language)
    subject, body = (filled(text, facts) for text in words.in_language(language))
    return replace(letter, language=language, own_words=(" ".join(subject.split()), body.strip() + "\n"))


def _members(session: Session, group: Sequence[BoothApplication]) -> list[tuple[BoothApplication, User]]:
    """Each member of each unit with the application; one query."""
    bodies: Mapping[int, BoothApplication] = {one.producer.organisation_id: one for one in group}
    rows = session.execute(
        select(Membership.organisation_id, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id.in_(bodies), Membership.role != Role.LIMITED.value)
        .where(User.disabled_at.is_(None))
        .order_by(Membership.organisation_id, User.id)
    )
    return [(bodies[number], person) for number, person in rows]
