"""Decides between equals: those in keep their total, but nobody waits for the block of an equal whose turn is later.

An applicant who waits comes in for one as large and as weighty with a later turn (a worse ticket or, where the time of
filing counts, a later filing): on its block, or on that of another who moves on, and so forth until the last moves to
the block that came free. Each time an earlier turn is served, so it ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from exhibitors.allocation.optimiser.admission import listed_places
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.policies import Standing

NEWCOMER = -1


class Lots:
    """The search over one occupancy, which it changes in place."""

    def __init__(self, occupancy: Occupancy, standing: Standing) -> None:
        self.occupancy, self.question, self.standing = occupancy, occupancy.question, standing
        self._places: dict[int, frozenset[int]] = {}
        self._reached: dict[tuple[int, frozenset[int]], Mapping[int, int]] = {}

    def draw(self) -> int:
        """Let earlier turns in until none can come in; returns how many did."""
        lines: dict[tuple[int, int], list[int]] = defaultdict(list)
        for one in sorted(self.question.applicants, key=lambda one: (self.standing.turn[one.number], one.number)):
            if one.zones and one.number not in self.question.pinned:
                lines[one.size, self.standing.weight[one.number]].append(one.number)
        drawn, served = 0, 1
        while served:  # again, for what one line gives up of caps, quotas and power another may need
            served = sum(self._serve(line) for line in lines.values())
            drawn += served
        return drawn

    def _serve(self, line: Sequence[int]) -> int:
        """Each of the line who waits comes in for the last one who can give way to it; returns how many did."""
        served = 0
        for place, number in enumerate(line):
            later = [other for other in line[place + 1 :] if other in self.occupancy.block_of]
            if later and number not in self.occupancy.block_of:
                served += any(self._replace(number, leaver) for leaver in reversed(later))
        return served

    def _reach(self, number: int) -> Mapping[int, int]:
        """For each block that the applicant or somebody whom it sends on could have, who would take it (NEWCOMER is the
        applicant), by the fewest moves. Movers who could stand in the same places reach the same: one is followed.
        """
        applicants, turn = self.question.applicants, self.standing.turn
        size, followed = applicants[number].size, {self._places_of(number)}
        known = self._reached.get((size, self._places_of(number)))
        if known is not None:
            return known
        held = [
            (other, block)
            for other, block in sorted(self.occupancy.block_of.items(), key=lambda pair: (turn[pair[0]], pair[0]))
            if applicants[other].size == size and other not in self.question.pinned
        ]
        sender_of: dict[int, int] = {}
        movers = [(NEWCOMER, self._places_of(number))]
        for mover, places in movers:
            for other, block in held:
                if block in places:
                    sender_of[block] = mover
                    if self._places_of(other) not in followed:
                        followed.add(self._places_of(other))
                        movers.append((other, self._places_of(other)))
            held = [pair for pair in held if pair[1] not in places]
        self._reached[size, self._places_of(number)] = sender_of
        return sender_of

    def _replace(self, number: int, leaver: int) -> bool:
        """The applicant for the leaver, where rules, floor and power lines allow it."""
        occupancy, block, sender_of = self.occupancy, self.occupancy.block_of[leaver], self._reach(number)
        if block not in sender_of or not occupancy.may_enter(number, leaver):
            return False
        moves: dict[int, int] = {}
        while (mover := sender_of[block]) != NEWCOMER:
            moves[mover] = block
            block = occupancy.block_of[mover]
        moves[number] = block
        homes = {mover: occupancy.block_of[mover] for mover in (leaver, *moves) if mover != number}
        self._exchange(homes, moves)
        if all(used <= most for used, most in zip(occupancy.power, occupancy.capacity, strict=True)):
            self._reached.clear()
            return True
        self._exchange(moves, homes)
        return False

    def _exchange(self, out: Mapping[int, int], into: Mapping[int, int]) -> None:
        for mover in out:
            self.occupancy.leave(mover)
        for mover, block in into.items():
            self.occupancy.place(mover, block)

    def _places_of(self, number: int) -> frozenset[int]:
        if number not in self._places:
            zones, blocks = listed_places(self.question, self.question.applicants[number])
            found = {block for zone in zones for block in self.question.blocks_in(number, zone)}
            self._places[number] = frozenset(found.union(blocks))
        return self._places[number]
