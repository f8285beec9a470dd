"""Which better blocks are worth a closer look for an applicant: all of them weighed at once, by numbers of ranks alone.

Whoever stands on a wished block can only go to what the applicant leaves, to what is free, or to the rest of the blocks
given up with it. The least that this costs is read from tables; a block whose holder would lose too much is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.occupancy import FREE, Occupancy

REFUSED = 10**8  # the square of a rank nobody has


class Promising:
    """Tables of one question, and of who stands where since the last `look`."""

    def __init__(self, question: Question, wish_class: Sequence[int]) -> None:
        import numpy as np  # reason: comes with the solver, which a server that never allocates does not carry

        self._np, self.question = np, question
        applicants, floor = question.applicants, question.floor
        self._class, self._size = np.array(wish_class), np.array([one.size for one in applicants])
        self._pinned = np.zeros(len(applicants), bool)
        self._pinned[list(question.pinned)] = True
        self._zone = np.array([block.zone for block in floor.blocks])
        self._booths = np.array([(block.booths * 3)[:3] for block in floor.blocks]).reshape(-1, 3)
        self._least = self._least_in_zones()
        self._rooms: list[int] | None = None
        self._blocks_in: dict[tuple[int, int, int, int], Any] = {}

    def _least_in_zones(self) -> Any:
        """For each applicant and zone the square of the ranks missed by the best block there could be."""
        np, question = self._np, self.question
        number_of, booths = question.floor.zone_number, question.instance.booths
        least = np.full((len(question.applicants), len(question.instance.zones)), REFUSED)
        for one in question.applicants:
            if one.application.accept_any:
                least[one.number, list(one.zones)] = (one.off_list - 1) ** 2
            ranks = list(one.zone_rank.items())
            ranks += [(number_of[booths[booth].zone], rank) for booth, rank in one.booth_rank.items()]
            for zone, rank in ranks:
                least[one.number, zone] = min(least[one.number, zone], (rank - 1) ** 2)
        return least

    def look(self, occupancy: Occupancy) -> None:
        """See who stands where now and which zones have a free booth."""
        np, question = self._np, self.question
        self._holder = np.array(occupancy.holder)
        self._now = np.zeros(len(question.applicants), int)
        for number, block in occupancy.block_of.items():
            self._now[number] = self.missed(number, block)
        self._see_room(occupancy)

    def moved(self, occupancy: Occupancy, homes: Mapping[int, int]) -> None:
        """See the same after some applicants have left their blocks for others."""
        blocks = self.question.floor.blocks
        for number, home in homes.items():
            block = occupancy.block_of[number]
            self._now[number] = self.missed(number, block)
            for booth in (*blocks[home].booths, *blocks[block].booths):
                self._holder[booth] = occupancy.holder[booth]
        self._see_room(occupancy)

    def _see_room(self, occupancy: Occupancy) -> None:
        number_of, booths = self.question.floor.zone_number, self.question.instance.booths
        rooms = sorted({number_of[booths[booth].zone] for booth in occupancy.free_booths})
        if rooms != self._rooms:
            self._rooms = rooms
            self._has_room = self._np.isin(self._np.arange(len(self.question.instance.zones)), rooms)
            self._on_free = self._least[:, self._has_room].min(axis=1, initial=REFUSED)

    def missed(self, number: int, block: int) -> int:
        """The square of the ranks that the applicant misses on a block."""
        one = self.question.applicants[number]
        return ((self.question.rank(number, block) or one.off_list) - 1) ** 2

    def blocks(self, number: int, old: int) -> list[tuple[int, int]]:
        """Blocks that the applicant likes better than its own and may get, best first, with ranks missed squared."""
        np, worth = self._np, int(self._now[number])
        missed, found = self._wished(number, worth)
        if not len(found):
            return []
        holders = self._holder[self._booths[found, : self._size[number]]]
        others = (holders != FREE) & (holders != number)
        fails = others & (self._pinned[holders] | ~self._gives_way(number, old, found, holders, worth - missed))
        picked = np.flatnonzero(~fails.any(axis=1))
        order = picked[np.lexsort((found[picked], missed[picked]))]
        best: dict[int, int] = {}
        for block, square in zip(found[order].tolist(), missed[order].tolist(), strict=True):
            best.setdefault(block, square)
        return [(square, block) for block, square in best.items()]

    def _wished(self, number: int, worth: int) -> tuple[Any, Any]:
        """Squares of the ranks missed and the blocks better than what the applicant has."""
        np, question = self._np, self.question
        one = question.applicants[number]
        missed, found = [np.zeros(0, int)], [np.zeros(0, int)]
        for booth, rank in one.booth_rank.items():
            if (rank - 1) ** 2 < worth:
                near = [block for block in question.floor.through_booth[booth] if question.fits(number, block)]
                missed.append(np.array([self.missed(number, block) for block in near], int))
                found.append(np.array(near, int))
        for zone, rank in one.zone_rank.items():
            if (rank - 1) ** 2 < worth:
                there = self._fitting(number, zone)
                missed.append(np.full(len(there), (rank - 1) ** 2))
                found.append(there)
        return np.concatenate(missed), np.concatenate(found)

    def _fitting(self, number: int, zone: int) -> Any:
        one = self.question.applicants[number]
        key = (zone, one.size, one.needs, one.matches)
        if key not in self._blocks_in:
            self._blocks_in[key] = self._np.array(self.question.blocks_in(number, zone), int)
        return self._blocks_in[key]

    def _gives_way(self, number: int, old: int, found: Any, holders: Any, gain: Any) -> Any:
        """For each booth of the blocks whether its holder could lose less, somewhere else, than the applicant gains."""
        np, size, rank = self._np, self._size[number], self._class[number]
        home, there = self._zone[old], self._zone[found][:, None]
        large = self._size[holders]
        to_home = (large <= size) | self._has_room[home]
        least = np.where(to_home, self._least[holders, home], REFUSED)
        if self._has_room.any():
            least = np.minimum(least, self._on_free[holders])
        beside = self._beside(holders, large, there, number)
        if beside is not None:
            least = np.where(beside, np.minimum(least, self._least[holders, there]), least)
        loss = least - self._now[holders]
        theirs = self._class[holders]
        pays = (loss <= 0) | (theirs > rank) | ((theirs == rank) & (loss < gain[:, None]))
        return pays & (least < REFUSED)

    def _beside(self, holders: Any, large: Any, there: Any, number: int) -> Any | None:
        """Whether a holder could sit on the rest of the blocks given up: its neighbour's, or its own beside room."""
        np, room = self._np, self._has_room[there]
        width = holders.shape[1]
        if width == 1:
            return (large > 1) & room if room.any() else None
        inside = sum((holders == holders[:, [column]]).astype(int) for column in range(width))
        sticks_out = (large > inside) & (holders != FREE) & (holders != number)
        others = np.zeros(holders.shape, bool)
        for column in range(width):
            others |= sticks_out[:, [column]] & (holders != holders[:, [column]])
        return others | (sticks_out & room)
