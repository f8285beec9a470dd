"""A finished allocation: who stands where, the waiting list, and for each level its value, its bound and the gap."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.policies import Policy, place_in_line

FORMAT = "booth-alloc-solution/1"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the aim: what was reached, what nobody can beat (None: unknown) and whether they are the same.

    `better` says in which direction the level improves: "less" or "more".
    """

    name: str
    value: int
    bound: int | None
    better: str

    @property
    def gap(self) -> int | None:
        """How much at most is missing."""
        return None if self.bound is None else abs(self.bound - self.value)

    @property
    def proved(self) -> bool:
        """Whether nobody can do better at this level."""
        return self.gap == 0


@dataclass(frozen=True)
class Allocation:
    """The answer to a question; ids are the file's own."""

    policy: str
    assignments: dict[str, tuple[str, ...]]
    waitlist: tuple[str, ...]
    levels: tuple[Level, ...]
    facts: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        """The format "booth-alloc-solution/1", the same bytes for the same answer."""
        levels = [asdict(level) | {"gap": level.gap, "proved": level.proved} for level in self.levels]
        data = {
            "format": FORMAT,
            "assignments": {id_: list(booths) for id_, booths in self.assignments.items()},
            "waitlist": list(self.waitlist),
            "meta": {"policy": self.policy, "levels": levels} | self.facts,
        }
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def assignments_of(occupancy: Occupancy) -> dict[str, tuple[str, ...]]:
    """Booth ids of every placed application, both by id."""
    question = occupancy.question
    return {
        question.applicants[number].application.id: tuple(
            sorted(question.instance.booths[booth].id for booth in question.floor.blocks[block].booths)
        )
        for number, block in sorted(occupancy.block_of.items())
    }


def waitlist_of(occupancy: Occupancy, policy: Policy) -> tuple[str, ...]:
    """Everybody left out who has not withdrawn, in the order of the policy."""
    waiting = [
        one
        for one in occupancy.question.applicants
        if one.number not in occupancy.block_of and not one.application.withdrawn
    ]
    return tuple(one.application.id for one in sorted(waiting, key=lambda one: place_in_line(policy, one)))


def regret_of(occupancy: Occupancy) -> int:
    """Squares of the ranks missed, over everybody placed and not pinned."""
    question = occupancy.question
    return sum(
        ((question.rank(number, block) or question.applicants[number].off_list) - 1) ** 2
        for number, block in occupancy.block_of.items()
        if number not in question.pinned
    )


def conflicts_of(occupancy: Occupancy) -> int:
    """Pairs of booths beside or facing each other whose different holders sell the same product."""
    return _edges_where(occupancy, "product", occupancy.question.instance.rules.conflict_kinds)


def same_street_of(occupancy: Occupancy) -> int:
    """Pairs of neighbouring booths whose different holders come from the same locality."""
    return _edges_where(occupancy, "locality", None)


def _edges_where(occupancy: Occupancy, name: str, kinds: frozenset[str] | None) -> int:
    question = occupancy.question
    number_of, applicants = question.floor.booth_number, question.applicants
    found = 0
    for left, right, kind in question.instance.edges:
        one, other = occupancy.holder[number_of[left]], occupancy.holder[number_of[right]]
        if one >= 0 and other >= 0 and one != other and (kinds is None or kind in kinds):
            mine, theirs = applicants[one].application, applicants[other].application
            found += getattr(mine, name) == getattr(theirs, name)
    return found
