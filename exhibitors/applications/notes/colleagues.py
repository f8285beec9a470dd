"""Colleagues who can be mentioned in a note about an application: everybody else to whom it is open."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.permissions import may_read_application
from exhibitors.applications.review.organisers_of_fair import organisers_beside
from exhibitors.applications.review.who_reviews import tied_people
from foundation.actor import Actor
from foundation.folding import fold


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom the application is open."""

    id: int
    name: str


def colleagues_at(session: Session, actor: Actor, application: BoothApplication) -> Sequence[Colleague]:
    """Everybody of the organising body but the person, by name, to whom the application is open: nobody who stands
    aside from it, belongs to its unit or comes from its commune, and nobody who scores its fair blind. Three queries.
    """
    tied = tied_people(session, application)
    return [
        Colleague(one.user_id, one.name)
        for one in organisers_beside(session, actor, application.fair)
        if one.user_id not in tied and may_read_application(one, application.fair, application)
    ]


def named_in(words: str, colleagues: Collection[Colleague]) -> set[int]:
    """Who is named after an @ in the words, marks and capitals aside; of two of one name, both."""
    folded = fold(words)
    return {one.id for one in colleagues if re.search(rf"@{re.escape(fold(one.name))}(?!\w)", folded)}
