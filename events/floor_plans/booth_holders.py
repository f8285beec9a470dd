"""Who holds which booth: the floor that knows answers here, so that drawing need not know it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from events.floor_plans.floor_plan import Booth


@dataclass(frozen=True, slots=True)
class BoothHolder:
    """Who stands there, without a name where it is hidden, and how firmly: `state` is a word of the plan (proposed,
    offered, confirmed, occupied).
    """

    name: str
    state: str


HoldersQuestion = Callable[[Session, Collection[int], Collection[int]], Mapping[int, BoothHolder]]
_questions: list[HoldersQuestion] = []


def knows_holders(question: HoldersQuestion) -> HoldersQuestion:
    """Register `question(session, booth_ids, hidden)`: it answers the holders of those booths that are held, by booth
    id, and leaves the name empty of those whose application is hidden from the person.
    """
    if question not in _questions:
        _questions.append(question)
    return question


def holders_of_booths(
    session: Session, booth_ids: Collection[int], hidden: Collection[int] = ()
) -> dict[int, BoothHolder]:
    """The holders of the booths that are held, by booth id; one query for each floor that knows some.

    `hidden` are applications from which the person stands aside: their booths are held by nobody in particular.
    """
    holders: dict[int, BoothHolder] = {}
    for question in _questions:
        holders |= question(session, booth_ids, hidden)
    return holders


def booth_is_held(session: Session, booth: Booth) -> bool:
    """Whether somebody stands on the booth, be it only proposed."""
    return booth.id in holders_of_booths(session, [booth.id])
