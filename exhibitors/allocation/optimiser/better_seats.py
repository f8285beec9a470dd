"""Improves a whole placement by small steps until none is left: nobody is left out for nothing, nobody stands worse
than a free block would let, nobody holds what a higher class misses and could be cured without a place being lost.

A step moves one applicant to a block it likes better; whoever stands there is seated again on what is free by then. It
is taken only when the total cost falls, with whole numbers in which a class outweighs everything below it: so it ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from exhibitors.allocation.optimiser.applicants import Applicant, Question
from exhibitors.allocation.optimiser.blocks import SIZES
from exhibitors.allocation.optimiser.occupancy import FREE, Occupancy
from exhibitors.allocation.optimiser.promising import Promising

LARGE = 10**6  # a rank nobody has
NEVER = 10**400  # a cost above every sum of costs


class BetterSeats:
    """The search over one occupancy, which it changes in place."""

    def __init__(self, occupancy: Occupancy, wish_class: Sequence[int]) -> None:
        self.occupancy, self.question = occupancy, occupancy.question
        self.weight = exact_weights(self.question, wish_class)
        self.wish_class = wish_class
        self.promising = Promising(self.question, wish_class)
        self.steps = 0
        number_of = self.question.floor.zone_number
        self.zone_of_booth = [number_of[booth.zone] for booth in self.question.instance.booths]
        self._on_free: tuple[int, dict[int, int]] = -1, {}
        self._room: tuple[int, frozenset[int]] | None = None

    def cost(self, number: int, block: int) -> int | None:
        """What it costs that the applicant stands there; None when it may not or will not."""
        if not self.question.fits(number, block):
            return None
        rank = self.question.rank(number, block)
        return None if rank is None else self.weight[number] * (rank - 1) ** 2

    def improve(self) -> bool:
        """Fill and cure until nothing changes; returns whether anything did."""
        self.steps += 1  # what is known of free booths may be old
        before = self.steps
        while self.fill() or self.cure():
            pass
        return self.steps > before

    def fill(self) -> int:
        """Let in, by score and ticket, everybody who fits on free booths without harm to a quota; returns how many."""
        occupancy, entered = self.occupancy, 0
        waiting = [one for one in self.question.applicants if one.number not in occupancy.block_of and one.zones]
        if not waiting or FREE not in occupancy.holder:
            return 0
        free = {size: self.occupancy.free_blocks(size) for size in SIZES}
        for one in sorted(waiting, key=lambda one: (-one.weight, one.ticket)):
            if not free[one.size] or not occupancy.may_enter(one.number):
                continue
            best = self._best_free(one, free[one.size])
            if best is not None:
                occupancy.place(one.number, best)
                free = {size: [block for block in free[size] if self._is_free(block)] for size in SIZES}
                self.steps += 1
                entered += 1
        return entered

    def _best_free(self, one: Applicant, free: list[int]) -> int | None:
        blocks = self.question.floor.blocks
        found = [
            (cost, block)
            for block in free
            if not one.needs & ~blocks[block].gives
            and self._has_power(one.number, blocks[block].zone)
            and (cost := self.cost(one.number, block)) is not None
        ]
        return min(found)[1] if found else None

    def _is_free(self, block: int) -> bool:
        holder = self.occupancy.holder
        return all(holder[booth] == FREE for booth in self.question.floor.blocks[block].booths)

    def _has_power(self, number: int, zone: int) -> bool:
        watts = self.question.applicants[number].application.power_w
        return self.occupancy.power[zone] + watts <= self.occupancy.capacity[zone]

    def cure(self) -> int:
        """One round over everybody who could stand better, higher classes first; returns the steps taken."""
        before = self.steps
        pinned = self.question.pinned
        self.promising.look(self.occupancy)
        order = sorted(
            (number for number in self.occupancy.block_of if number not in pinned),
            key=lambda number: (self.wish_class[number], self.question.applicants[number].ticket),
        )
        for number in order:
            while self._step(number):
                self.steps += 1
        return self.steps - before

    def _step(self, number: int) -> bool:
        """The best step for one applicant, if there is one that pays."""
        old, weight = self.occupancy.block_of[number], self.weight[number]
        worth = self.promising.missed(number, old)
        if not worth:
            return False
        found = self.promising.blocks(number, old)
        return any(self._enter(number, block, weight * (worth - missed)) for missed, block in found)

    def _enter(self, number: int, block: int, gain: int) -> bool:
        """Put the applicant on the block if those who stand there can be seated again for less than it gains."""
        occupancy, question = self.occupancy, self.question
        holders = {occupancy.holder[booth] for booth in question.floor.blocks[block].booths} - {FREE, number}
        if any(holder in question.pinned for holder in holders) or not self._worth_trying(number, block, holders, gain):
            return False
        old = occupancy.leave(number)
        homes = {holder: occupancy.leave(holder) for holder in sorted(holders)}
        zone = question.floor.blocks[block].zone
        if self._has_power(number, zone):
            occupancy.place(number, block)
            if self._reseat(homes, old, gain):
                self.promising.moved(occupancy, {number: old} | homes)
                return True
            occupancy.leave(number)
        for holder, home in homes.items():
            occupancy.place(holder, home)
        occupancy.place(number, old)
        return False

    def _worth_trying(self, number: int, block: int, holders: set[int], gain: int) -> bool:
        """A quick look: whether those who would have to go could lose less than is gained."""
        least = 0
        for holder in holders:
            one, home = self.question.applicants[holder], self.occupancy.block_of[holder]
            now = (self.question.rank(holder, home) or one.off_list) - 1
            least += min(self._least_elsewhere(holder, number), self._least_beside(holder, block, holders))
            least -= self.weight[holder] * now**2
            if least >= gain:
                return False
        return True

    def _least_elsewhere(self, holder: int, number: int) -> int:
        """At least this is the cost of a holder on what is free already and on what the applicant leaves."""
        least = self._least_on_free(holder)
        one, old = self.question.applicants[holder], self.occupancy.block_of[number]
        zone, size = self.question.floor.blocks[old].zone, self.question.applicants[number].size
        if one.size == size:
            swap = self.cost(holder, old)
            least = least if swap is None else min(least, swap)
        if one.size < size or (one.size > 1 and zone in self.zones_with_room()):
            least = min(least, self._least_in(holder, zone))
        return least

    def _least_beside(self, holder: int, block: int, holders: set[int]) -> int:
        """The same for the rest of the blocks that all holders leave, and what is free beside them."""
        blocks = self.question.floor.blocks
        zone, wanted = blocks[block].zone, set(blocks[block].booths)
        rests = {
            other: sum(booth not in wanted for booth in blocks[self.occupancy.block_of[other]].booths)
            for other in holders
        }
        largest = max((rest for other, rest in rests.items() if other != holder), default=0)
        if rests[holder] and zone in self.zones_with_room():
            largest = LARGE
        return self._least_in(holder, zone) if largest >= self.question.applicants[holder].size else NEVER

    def _least_on_free(self, holder: int) -> int:
        if self._on_free[0] != self.steps:
            self._on_free = self.steps, {}
        known = self._on_free[1]
        if holder not in known:
            size = self.question.applicants[holder].size
            costs = [self.cost(holder, block) for block in self.occupancy.free_blocks(size)]
            known[holder] = min((cost for cost in costs if cost is not None), default=NEVER)
        return known[holder]

    def _least_in(self, holder: int, zone: int) -> int:
        one = self.question.applicants[holder]
        if zone not in one.zones:
            return NEVER
        rank = one.zone_rank.get(zone, one.off_list if one.application.accept_any else LARGE)
        for booth, wished in one.booth_rank.items():
            if wished < rank and self.zone_of_booth[booth] == zone:
                rank = wished
        return NEVER if rank == LARGE else self.weight[holder] * (rank - 1) ** 2

    def zones_with_room(self) -> frozenset[int]:
        """Zones with a free booth, kept until the next step."""
        if self._room is None or self._room[0] != self.steps:
            zones = frozenset(self.zone_of_booth[booth] for booth in self.occupancy.free_booths)
            self._room = self.steps, zones
        return self._room[1]

    def _reseat(self, homes: dict[int, int], old: int, gain: int) -> bool:
        """Seat everybody who had to go, dearest first, for less than the gain; otherwise leave them unseated."""
        seated: list[int] = []
        loose = {booth for block in (old, *homes.values()) for booth in self.question.floor.blocks[block].booths}
        left = gain
        for holder in sorted(homes, key=lambda holder: (-self.question.applicants[holder].size, holder)):
            before = self.cost(holder, homes[holder]) or 0
            best = self._best_seat(holder, loose, before + left - 1)
            if best is None:
                for one in seated:
                    self.occupancy.leave(one)
                return False
            cost, block = best
            self.occupancy.place(holder, block)
            seated.append(holder)
            left -= cost - before
        return True

    def _best_seat(self, number: int, loose: set[int], most: int) -> tuple[int, int] | None:
        """The cheapest free block of at most that cost: among the booths just given up, then anywhere."""
        question = self.question
        size = question.applicants[number].size
        best: tuple[int, int] | None = None
        near = {block for booth in loose for block in question.floor.through_booth[booth]}
        for block in sorted(near):
            found = question.floor.blocks[block]
            if len(found.booths) == size and self._is_free(block) and self._has_power(number, found.zone):
                cost = self.cost(number, block)
                if cost is not None and cost <= most and (best is None or cost < best[0]):
                    best = cost, block
        if best is not None and best[0] == 0:
            return best
        for block in self.occupancy.free_blocks(size):
            if self._has_power(number, question.floor.blocks[block].zone):
                cost = self.cost(number, block)
                if cost is not None and cost <= most and (best is None or cost < best[0]):
                    best = cost, block
        return best


def exact_weights(question: Question, wish_class: Sequence[int]) -> list[int]:
    """Whole numbers by class, each more than anything that a few members of the next class could lose together."""
    worst = max((one.wishes for one in question.applicants), default=0) ** 2
    base = 3 * worst + 2  # a block of three holds at most three others
    place = {name: position for position, name in enumerate(sorted(set(wish_class), reverse=True))}
    return [base ** place[name] for name in wish_class]
