"""Improves a whole placement by small steps until none is left: nobody is left out for nothing, nobody stands worse
than a free block would let, nobody holds what a higher class misses and could be cured without a place being lost.

A step moves one applicant to a block it likes better; whoever stands there is seated again on what is free by then. It
is taken only when the total cost falls, with whole numbers in which a class outweighs everything below it: so it ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.occupancy import FREE, Occupancy


class BetterSeats:
    """The search over one occupancy, which it changes in place."""

    def __init__(self, occupancy: Occupancy, wish_class: Sequence[int]) -> None:
        self.occupancy, self.question = occupancy, occupancy.question
        self.weight = exact_weights(self.question, wish_class)
        self.wish_class = wish_class
        self.steps = 0

    def cost(self, number: int, block: int) -> int | None:
        """What it costs that the applicant stands there; None when it may not or will not."""
        if not self.question.fits(number, block):
            return None
        rank = self.question.rank(number, block)
        return None if rank is None else self.weight[number] * (rank - 1) ** 2

    def improve(self) -> None:
        """Fill and cure until nothing changes."""
        while self.fill() or self.cure():
            pass

    def fill(self) -> int:
        """Let in, by score and ticket, everybody who fits on free booths without harm to a quota; returns how many."""
        occupancy, entered = self.occupancy, 0
        waiting = [one for one in self.question.applicants if one.number not in occupancy.block_of and one.zones]
        if not waiting or FREE not in occupancy.holder:
            return 0
        for one in sorted(waiting, key=lambda one: (-one.weight, one.ticket)):
            if not occupancy.may_enter(one.number):
                continue
            best = self._best_free(one.number)
            if best is not None:
                occupancy.place(one.number, best)
                entered += 1
        return entered

    def _best_free(self, number: int) -> int | None:
        found = [
            (cost, block)
            for zone in self.question.applicants[number].zones
            if self._has_power(number, zone)
            for block in self.question.blocks_in(number, zone)
            if self._is_free(block) and (cost := self.cost(number, block)) is not None
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
        occupancy = self.occupancy
        old = occupancy.block_of[number]
        worth = self.cost(number, old) or 0
        if not worth:
            return False
        return any(self._enter(number, block, worth - cost) for block, cost in self._better_blocks(number, worth))

    def _better_blocks(self, number: int, worth: int) -> Iterator[tuple[int, int]]:
        """Blocks that the applicant likes better than its own, best first."""
        question, weight = self.question, self.weight[number]
        one = question.applicants[number]
        found: list[tuple[int, int]] = []
        for booth, rank in one.booth_rank.items():
            cost = weight * (rank - 1) ** 2
            if cost < worth:
                found += [(cost, b) for b in question.floor.through_booth[booth] if question.fits(number, b)]
        for zone, rank in one.zone_rank.items():
            cost = weight * (rank - 1) ** 2
            if cost < worth:
                found += [(cost, block) for block in question.blocks_in(number, zone)]
        for _, block in sorted(found):
            exact = self.cost(number, block)
            if exact is not None and exact < worth:
                yield block, exact

    def _enter(self, number: int, block: int, gain: int) -> bool:
        """Put the applicant on the block if those who stand there can be seated again for less than it gains."""
        occupancy, question = self.occupancy, self.question
        holders = {occupancy.holder[booth] for booth in question.floor.blocks[block].booths} - {FREE, number}
        if any(holder in question.pinned for holder in holders) or not self._worth_trying(number, holders, gain):
            return False
        old = occupancy.leave(number)
        homes = {holder: occupancy.leave(holder) for holder in sorted(holders)}
        zone = question.floor.blocks[block].zone
        if self._has_power(number, zone):
            occupancy.place(number, block)
            if self._reseat(homes, old, gain):
                return True
            occupancy.leave(number)
        for holder, home in homes.items():
            occupancy.place(holder, home)
        occupancy.place(number, old)
        return False

    def _worth_trying(self, number: int, holders: set[int], gain: int) -> bool:
        """A quick look: those who would have to go either count less, or could gain or lose little."""
        applicants, weight = self.question.applicants, self.weight
        old_zone = self.question.floor.blocks[self.occupancy.block_of[number]].zone
        for holder in holders:
            if weight[holder] >= weight[number]:
                one = applicants[holder]
                home = self.occupancy.block_of[holder]
                now = (self.question.rank(holder, home) or one.off_list) - 1
                least = 0 if now or old_zone in one.zone_rank or one.booth_rank else one.wishes
                if weight[holder] * (least**2 - now**2) >= gain:
                    return False
        return True

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
