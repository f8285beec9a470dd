"""What an answer to an organiser's question may be, and for whom and when a question stands: pure rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from foundation.folding import nfc
from foundation.refusal import Refused

LONGEST_ANSWER = 2000
HIGHEST_NUMBER = 1_000_000_000


class QuestionKind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a question or paper is; an empty set is for everybody. Zones are codes, groups keys of today."""

    kinds: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()

    def holds(self, kind: str, groups: Collection[str], zones: Collection[str]) -> bool:
        """Whether it is for a unit of this kind that brings these groups and wishes for these zones."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.groups or bool(self.groups & set(groups)))
            and (not self.zones or bool(self.zones & set(zones)))
        )


@dataclass(frozen=True, slots=True)
class QuestionDates:
    """When it must be answered and when the answer stands; moments, None is from the beginning and never."""

    is_required: bool = False
    required_from: datetime | None = None
    frozen_from: datetime | None = None

    def must_be_answered(self, moment: datetime) -> bool:
        """Whether an application sent at the moment needs the answer."""
        return self.is_required and (self.required_from is None or moment >= self.required_from)

    def is_frozen(self, moment: datetime) -> bool:
        """Whether the answer can no longer be changed."""
        return self.frozen_from is not None and moment >= self.frozen_from


def read_answer(kind: QuestionKind, typed: str | Sequence[str], choices: Collection[str]) -> object | None:
    """The answer as it is kept: text, a whole number, one key, a sorted list of keys, or True and False; None when
    nothing was answered. Refuses answer_too_long, answer_not_number and answer_not_a_choice.
    """
    several = [typed] if isinstance(typed, str) else [*typed]
    words = nfc(several[0]).strip() if several else ""
    if kind is QuestionKind.CHOICES:
        chosen = sorted({key for key in several if key})
        if not set(chosen) <= set(choices):
            raise Refused("answer_not_a_choice")
        return chosen or None
    if not words:
        return None
    if kind is QuestionKind.NUMBER:
        digits = words.replace(".", "").replace(",", "").replace(" ", "")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 12 or int(digits) > HIGHEST_NUMBER:
            raise Refused("answer_not_number")
        return int(digits)
    if kind in {QuestionKind.CHOICE, QuestionKind.YES_NO}:
        known = {"yes", "no"} if kind is QuestionKind.YES_NO else set(choices)
        if words not in known:
            raise Refused("answer_not_a_choice")
        return words == "yes" if kind is QuestionKind.YES_NO else words
    if len(words) > LONGEST_ANSWER:
        raise Refused("answer_too_long", most=LONGEST_ANSWER)
    return words
