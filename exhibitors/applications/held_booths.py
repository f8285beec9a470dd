"""Which booths an application holds: the floor that knows answers here, so that screening can show it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class HeldBooth:
    """A booth held and how firmly: `state` is a word of the plan (proposed, offered, confirmed, occupied)."""

    code: str
    state: str


BoothsQuestion = Callable[[Session, Collection[int]], Mapping[int, Sequence[HeldBooth]]]
_questions: list[BoothsQuestion] = []


def knows_booths(question: BoothsQuestion) -> BoothsQuestion:
    """Register `question(session, application_ids)`: it answers the booths held, by application id."""
    if question not in _questions:
        _questions.append(question)
    return question


def booths_held_by(session: Session, application_ids: Collection[int]) -> dict[int, Sequence[HeldBooth]]:
    """The booths of these applications in order of their codes, proposed ones included; organisers alone may see."""
    held: dict[int, Sequence[HeldBooth]] = {}
    for question in _questions:
        held |= question(session, application_ids)
    return held
