"""Who stands where at one moment of the search, with the counters that the hard rules need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from exhibitors.allocation.optimiser.applicants import Question

FREE = -1
CLOSED = -2  # blocked


class Occupancy:
    """Blocks of applicants, holders of booths, power of zones, booths of producers, heads in quotas."""

    def __init__(self, question: Question, blocks: Mapping[int, int]) -> None:
        self.question = question
        self.block_of: dict[int, int] = {}
        booths = question.instance.booths
        self.holder = [CLOSED if booth.blocked else FREE for booth in booths]
        self.free_booths = {booth for booth, holder in enumerate(self.holder) if holder == FREE}
        self.power = [0] * len(question.instance.zones)
        self.capacity = [zone.power_w for zone in question.instance.zones]
        self.booths_of: dict[str, int] = defaultdict(int)
        self.heads = [0] * len(question.instance.rules.quotas)
        for number, held in question.pinned.items():
            self.place(number, question.floor.of_booths[held])
        for number, block in blocks.items():
            if number not in question.pinned:
                self.place(number, block)

    def place(self, number: int, block: int) -> None:
        """The applicant takes a block; whether it may is asked before."""
        one, found = self.question.applicants[number], self.question.floor.blocks[block]
        self.block_of[number] = block
        for booth in found.booths:
            self.holder[booth] = number
            self.free_booths.discard(booth)
        self.power[found.zone] += one.application.power_w
        self.booths_of[one.application.producer] += one.size
        for quota in self.question.quotas_of[number]:
            self.heads[quota] += 1

    def leave(self, number: int) -> int:
        """The applicant gives its block back; returns the block."""
        block = self.block_of.pop(number)
        one, found = self.question.applicants[number], self.question.floor.blocks[block]
        for booth in found.booths:
            if self.holder[booth] == number:
                self.holder[booth] = FREE
                self.free_booths.add(booth)
        self.power[found.zone] -= one.application.power_w
        self.booths_of[one.application.producer] -= one.size
        for quota in self.question.quotas_of[number]:
            self.heads[quota] -= 1
        return block

    def move(self, number: int, block: int) -> None:
        """From one block to another."""
        self.leave(number)
        self.place(number, block)

    def may_enter(self, number: int, leaver: int | None = None) -> bool:
        """Whether caps and quota maxima let an unplaced applicant in, once `leaver` is out; minima must not suffer."""
        rules, one = self.question.instance.rules, self.question.applicants[number]
        held = self.booths_of[one.application.producer]
        mine = self.question.quotas_of[number]
        theirs: tuple[int, ...] = ()
        if leaver is not None:
            theirs = self.question.quotas_of[leaver]
            if self.question.applicants[leaver].application.producer == one.application.producer:
                held -= self.question.applicants[leaver].size
        if held + one.size > rules.booths_per_producer:
            return False
        growth = 0
        for quota in mine:
            if quota not in theirs:
                most = rules.quotas[quota].maximum
                if most is not None and self.heads[quota] + 1 > most:
                    return False
                growth -= self.heads[quota] < rules.quotas[quota].minimum
        for quota in theirs:
            if quota not in mine:
                growth += self.heads[quota] <= rules.quotas[quota].minimum
        return growth <= 0

    def shortfall(self) -> int:
        """Missing heads of all quota minima."""
        quotas = self.question.instance.rules.quotas
        return sum(max(0, quota.minimum - heads) for quota, heads in zip(quotas, self.heads, strict=True))

    def free_blocks(self, size: int) -> list[int]:
        """Blocks of a size that nobody stands on, by number."""
        floor, holder = self.question.floor, self.holder
        return sorted(
            {
                block
                for booth in self.free_booths
                for block in floor.through_booth[booth]
                if len(floor.blocks[block].booths) == size
                and all(holder[other] == FREE for other in floor.blocks[block].booths)
            }
        )
