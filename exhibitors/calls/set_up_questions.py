"""The organiser's own questions: ask, change, take away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.edition_dates import EditionDate, dates_with_edition
from events.fairs.fair import Fair
from events.floor_plans.floor_plan import zones_of
from exhibitors.calls.question import Question, questions_of
from exhibitors.calls.question_answers import QuestionKind
from exhibitors.producers.producer import ProducerKind
from exhibitors.producers.product_group_register import registered_groups
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.folding import nfc
from foundation.overtaken import say_anew
from foundation.refusal import Refused

MOST_QUESTIONS = 50
MOST_CHOICES = 30
LONGEST_TEXT = 300
LONGEST_HELP = 1000
TEXTS = {"text_vi": LONGEST_TEXT, "text_en": LONGEST_TEXT, "help_vi": LONGEST_HELP, "help_en": LONGEST_HELP}
CHOSEN = frozenset({QuestionKind.CHOICE.value, QuestionKind.CHOICES.value})


class QuestionFacts(TypedDict, total=False):
    """What is said about a question; `choices` are pairs of Vietnamese and English words."""

    kind: Required[str]
    text_vi: Required[str]
    text_en: str
    help_vi: str
    help_en: str
    choices: Sequence[tuple[str, str]]
    is_required: bool
    required_from: datetime | None
    frozen_from: datetime | None
    for_reviewers: bool
    kinds: Sequence[str]
    groups: Sequence[str]
    zones: Sequence[str]


def set_question(
    session: Session,
    actor: Actor,
    fair: Fair,
    question: Question | None = None,
    seen: int | None = None,
    **facts: Unpack[QuestionFacts],
) -> Question:
    """Ask a new question, last in the list, or change one as its version `seen` said it; its kind stays.

    Refuses the first of `faults_of_question`, too_many_questions and as `say_anew`.
    """
    session.flush()
    session.scalar(select(Fair.id).where(Fair.id == fair.id).with_for_update())
    for fault in faults_of_question(session, fair, question, facts):
        raise fault
    columns = _columns(facts)
    columns["choices"] = _keyed(question, columns["choices"])
    made = question or Question(fair_id=fair.id, position=_next_position(session, fair))
    _before, after = say_anew(session, made, columns, seen)
    if not after:
        return made
    session.add(made)
    session.flush()
    what = "question.change" if question else "question.ask"
    record(session, actor, what, made, fair_id=fair.id, new={"text_vi": made.text_vi, "kind": made.kind})
    return made


def remove_question(session: Session, actor: Actor, question: Question) -> None:
    """Ask no longer. Refuses `question_answered` once somebody has answered: close it with a date instead."""
    fair_id, text = question.fair_id, question.text_vi
    try:
        with session.begin_nested():
            session.delete(question)
            session.flush()
    except IntegrityError as error:
        raise Refused("question_answered") from error
    record(session, actor, "question.remove", question, fair_id=fair_id, old={"text_vi": text})


@copies_with_edition(Stage.CALL)
def copy_questions(edition: Edition) -> None:
    """The next edition asks the same questions, their dates moved."""
    edition.copy_all(Question, Question.fair_id == edition.source.id)


@dates_with_edition
def dates_of_questions(session: Session, fair: Fair) -> Iterator[EditionDate]:
    """From when answers are asked for, and from when they stay as they are."""
    for question in questions_of(session, fair):
        text = Bilingual(question.text_vi, question.text_en)
        named = {"question_required_from": question.required_from, "question_frozen_from": question.frozen_from}
        yield from (EditionDate(name, moment, text) for name, moment in named.items() if moment is not None)


def _next_position(session: Session, fair: Fair) -> int:
    query = select(func.max(Question.position), func.count(Question.id)).where(Question.fair_id == fair.id)
    last, count = session.execute(query).one()
    if count >= MOST_QUESTIONS:
        raise Refused("too_many_questions", most=MOST_QUESTIONS)
    return (last or 0) + 1


def faults_of_question(session: Session, fair: Fair, question: Question | None, facts: QuestionFacts) -> list[Refused]:
    """Every rule that is broken by what is said: about a new question, or about one that is there.

    question_kind_unknown, question_kind_stays, question_text_too_long, question_text_missing, question_taken,
    question_dates_order, conditions_unknown, choices_too_few, too_many_choices.
    """
    said, faults = _columns(facts), []
    if said["kind"] not in set(QuestionKind):
        faults.append(Refused("question_kind_unknown"))
    elif question is not None and said["kind"] != question.kind:
        faults.append(Refused("question_kind_stays"))
    faults += [
        Refused("question_text_too_long", field=name, most=most)
        for name, most in TEXTS.items()
        if len(said[name]) > most
    ]
    if not said["text_vi"]:
        faults.append(Refused("question_text_missing"))
    taken = select(Question.id).where(Question.fair_id == fair.id, Question.text_vi == said["text_vi"])
    if session.scalar(taken.where(Question.id != question.id) if question is not None else taken) is not None:
        faults.append(Refused("question_taken"))
    required_from, frozen_from = said["required_from"], said["frozen_from"]
    if required_from is not None and frozen_from is not None and frozen_from <= required_from:
        faults.append(Refused("question_dates_order"))
    known: dict[str, set[str]] = {
        "kinds": set(ProducerKind),
        "groups": {group.key for group in registered_groups()},
        "zones": {zone.code for zone in zones_of(session, fair)},
    }
    if any(not set(said[name]) <= known[name] for name in known):
        faults.append(Refused("conditions_unknown"))
    if said["kind"] in CHOSEN and len(said["choices"]) < 2:
        faults.append(Refused("choices_too_few"))
    if len(said["choices"]) > MOST_CHOICES:
        faults.append(Refused("too_many_choices", most=MOST_CHOICES))
    return faults


def _columns(facts: QuestionFacts) -> dict[str, Any]:
    return {
        "kind": facts["kind"],
        **{name: nfc(str(facts.get(name, "")).strip()) for name in TEXTS},
        "choices": _choices(facts["kind"], facts.get("choices", ())),
        "is_required": facts.get("is_required", False),
        "required_from": facts.get("required_from"),
        "frozen_from": facts.get("frozen_from"),
        "for_reviewers": facts.get("for_reviewers", True),
        **{name: sorted(set(facts.get(name, ()))) for name in ("kinds", "groups", "zones")},  # type: ignore[call-overload]  # three names of lists
    }


def _choices(kind: str, choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    if kind not in CHOSEN:
        return []
    return list(dict.fromkeys((nfc(vi.strip())[:120], nfc(en.strip())[:120]) for vi, en in choices if vi.strip()))


def _keyed(question: Question | None, words: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Choices keep the keys of their Vietnamese words, so that answers given already go on meaning the same."""
    kept = {row["vi"]: row["key"] for row in question.choices} if question else {}
    taken = set(kept.values())
    free = (str(number) for number in range(1, 1000) if str(number) not in taken)
    return [{"key": kept.get(vi) or next(free), "vi": vi, "en": en} for vi, en in words]
