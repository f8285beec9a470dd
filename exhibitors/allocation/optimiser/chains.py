"""Longer exchanges inside a zone that cost nobody a rank: for equal products whom no plain change of places parts.

One applicant goes to a block it likes as much as its own, those who stood there go on to others of that kind, and so on
until the last stands on booths that came free on the way. Nobody moves twice, pinned places stay.
"""

from __future__ import annotations

from collections.abc import Callable

from exhibitors.allocation.optimiser.occupancy import FREE, Occupancy

LEAST_MOVED, MOST_MOVED = 1, 6  # applicants in one chain
MOST_STEPS = 800  # places tried for one applicant: beyond, it is left where it stands


class Chains:
    """The search over one occupancy, which it changes in place; `opponents` of somebody are
    those with an equal product beside it, one for each edge.
    """

    def __init__(self, occupancy: Occupancy, opponents: Callable[[int], list[int]]) -> None:
        self.occupancy, self.question, self.opponents = occupancy, occupancy.question, opponents
        self._steps = 0
        self._equal: dict[tuple[int, int], list[int]] = {}

    def part(self, number: int) -> bool:
        """Move the applicant and as few others as can be so that fewer equal products meet; whether that was done."""
        self._steps = MOST_STEPS
        return any(self._begin(number, (), most) for most in range(LEAST_MOVED, MOST_MOVED + 1))

    def _begin(self, number: int, moved: tuple[int, ...], left: int) -> bool:
        change = -len(self.opponents(number))
        home = self.occupancy.leave(number)
        if self._go_on([(number, home)], moved, left, change):
            return True
        self.occupancy.place(number, home)
        return False

    def _go_on(self, homeless: list[tuple[int, int]], moved: tuple[int, ...], left: int, change: int) -> bool:
        """Seat all who have left their homes, the largest first; `left` more may move, `change` is what was won."""
        if not homeless:
            return change < 0 or self._part_from_moved(moved, left)
        applicants, occupancy, pinned = self.question.applicants, self.occupancy, self.question.pinned
        number, home = max(homeless, key=lambda pair: (applicants[pair[0]].size, -pair[0]))
        others = [pair for pair in homeless if pair[0] != number]
        for block in self._equal_blocks(number, home):
            holders = self._holders(block)
            if len(holders) + len(homeless) > left or any(one in moved or one in pinned for one in holders):
                continue
            if self._steps == 0:
                return False
            self._steps -= 1
            won, leaving = change, []
            for holder in sorted(holders):
                won -= len(self.opponents(holder))
                leaving.append((holder, occupancy.leave(holder)))
            occupancy.place(number, block)
            won += len(self.opponents(number))
            if won <= 0 and self._go_on(others + leaving, (*moved, number), left - 1, won):
                return True
            occupancy.leave(number)
            for holder, old in leaving:
                occupancy.place(holder, old)
        return False

    def _part_from_moved(self, moved: tuple[int, ...], left: int) -> bool:
        """Nothing is won yet: whoever has an equal product beside one who moved may go on from there."""
        opponents = [other for number in moved for other in self.opponents(number)] if left else []
        return any(
            self._begin(other, moved, left)
            for other in opponents
            if other not in moved and other not in self.question.pinned
        )

    def _holders(self, block: int) -> set[int]:
        return {self.occupancy.holder[booth] for booth in self.question.floor.blocks[block].booths} - {FREE}

    def _equal_blocks(self, number: int, home: int) -> list[int]:
        """Blocks of the zone of its home that the applicant likes exactly as much."""
        if (number, home) not in self._equal:
            question = self.question
            rank = question.rank(number, home)
            there = question.blocks_in(number, question.floor.blocks[home].zone)
            self._equal[number, home] = [p for p in there if p != home and question.rank(number, p) == rank]
        return self._equal[number, home]
