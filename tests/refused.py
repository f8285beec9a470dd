"""What a refusal tells people: its reason, and its sentence in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from foundation.refusal import Refused

Act = Callable[[], object]
Told = tuple[str, str, str]
"""Reason, Vietnamese, English."""
Words = Callable[[Refused], tuple[str, str]]
Refusal = Callable[[Act], Told]
"""`refused(act)`: what the act is refused with; an act that is not refused fails the test."""


def told_by(in_words: Words, act: Act) -> Told:
    """What the act is refused with."""
    with pytest.raises(Refused) as caught:
        act()
    return (caught.value.reason, *in_words(caught.value))


def each_refused(session: Session, refused: Refusal, acts: Iterable[Act]) -> list[Told]:
    """What each act is refused with; nothing that one of them did is there for the next."""
    session.commit()
    told = []
    for act in acts:
        told.append(refused(act))
        session.rollback()
    return told


def sentences_of(path: Path) -> dict[str, list[Told]]:
    """The table of expected refusals, by what was tried."""
    table = json.loads(path.read_text(encoding="utf-8"))
    return {group: [(reason, vi, en) for reason, vi, en in rows] for group, rows in table.items()}
