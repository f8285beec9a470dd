"""The five ways of choosing that an organiser may pick from: what counts when booths are fewer than applications.

`standing` (0 to 100) decides with the number of booths who is in; `class_of` says whose wishes go before whose: a lower
class is served first, inside one class the worst-off first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from exhibitors.allocation.optimiser.applicants import Applicant, Question
from exhibitors.allocation.optimiser.instance import band_of


class Policy(StrEnum):
    """Names as they are typed at the command and kept in protocols."""

    BANDED_MERIT = "banded-merit"
    STRICT_MERIT = "strict-merit"
    FAIREST_WISHES = "fairest-wishes"
    FIRST_COME = "first-come"
    DRAW = "draw"


BY_POINTS = frozenset({Policy.BANDED_MERIT, Policy.STRICT_MERIT, Policy.FAIREST_WISHES})
"""Policies in which the score decides who is in."""


@dataclass(frozen=True)
class Standing:
    """For each applicant: weight of its admission, the class its wishes are served in, 0 first, and its turn between
    equals: the lower comes in.
    """

    weight: tuple[int, ...]
    wish_class: tuple[int, ...]
    turn: tuple[int, ...]


def standing_under(question: Question, policy: Policy) -> Standing:
    """What a policy makes of the scores, the order of filing and the lottery tickets."""
    applicants = question.applicants
    if policy in BY_POINTS:
        return Standing(
            weight=tuple(one.weight for one in applicants),
            wish_class=tuple(_class_of(question, policy, one) for one in applicants),
            turn=tuple(one.ticket for one in applicants),
        )
    if policy is Policy.FIRST_COME:
        return _in_turn(question, lambda one: (_filed(one), one.application.id))
    return _in_turn(question, lambda one: (one.ticket, one.application.id))


def place_in_line(policy: Policy, one: Applicant) -> tuple[int, int, str]:
    """Orders those left out, the lower before the higher: by the rule that decided who is in."""
    if policy in BY_POINTS:
        return -one.score, one.ticket, one.application.id
    return 0, _filed(one) if policy is Policy.FIRST_COME else one.ticket, one.application.id


def _class_of(question: Question, policy: Policy, one: Applicant) -> int:
    if policy is Policy.BANDED_MERIT:
        return band_of(question.instance.rules, one.score)
    return 100 - one.score if policy is Policy.STRICT_MERIT else 0


def _filed(one: Applicant) -> int:
    submitted = one.application.submitted
    return -1 if submitted is None else submitted


def _in_turn(question: Question, key: Callable[[Applicant], tuple[int, str]]) -> Standing:
    """Standing from 100 for the first in line down to 1 for the last; everybody is a class of its own."""
    line = sorted(question.applicants, key=key)
    weight, place = [0] * len(line), [0] * len(line)
    for position, one in enumerate(line):
        standing = 1 + 99 * (len(line) - 1 - position) // max(1, len(line) - 1)
        weight[one.number] = standing * (one.size if question.instance.rules.weigh_by_booth else 1)
        place[one.number] = position
    return Standing(weight=tuple(weight), wish_class=tuple(place), turn=tuple(place))
