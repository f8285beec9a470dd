"""Who stands beside whom: equal products not side by side or face to face, and, where wished, one locality together.

Only exchanges that cost nobody a rank are made, so this comes last and takes nothing away.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exhibitors.allocation.optimiser.chains import Chains
from exhibitors.allocation.optimiser.occupancy import FREE, Occupancy

ROUNDS = 12


class Harm(NamedTuple):
    """What is counted around some booths, less is better: equal products, then neighbours from elsewhere."""

    conflicts: int
    strangers: int


class Neighbours:
    """The search over one occupancy, which it changes in place."""

    def __init__(self, occupancy: Occupancy) -> None:
        self.occupancy, self.question = occupancy, occupancy.question
        rules = self.question.instance.rules
        self.street = rules.region_street
        self.beside = [
            tuple((other, kind in rules.conflict_kinds) for other, kind in pairs)
            for pairs in self.question.floor.neighbours
        ]
        products: dict[str, int] = {}
        places: dict[str, int] = {}
        self.product = [products.setdefault(one.product, len(products)) for one in self.question.instance.applications]
        self.place = [places.setdefault(one.locality, len(places)) for one in self.question.instance.applications]

    def harm(self, numbers: tuple[int, ...]) -> Harm:
        """Equal products and strangers around these applicants, an edge between two of them counted once."""
        holder, product, place = self.occupancy.holder, self.product, self.place
        conflicts = same = 0
        for position, number in enumerate(numbers):
            earlier = numbers[:position]
            for booth in self.question.floor.blocks[self.occupancy.block_of[number]].booths:
                for other, counts in self.beside[booth]:
                    theirs = holder[other]
                    if theirs < 0 or theirs == number or theirs in earlier:
                        continue
                    if counts and product[theirs] == product[number]:
                        conflicts += 1
                    if self.street and place[theirs] == place[number]:
                        same += 1
        return Harm(conflicts, -same)

    def opponents(self, number: int) -> list[int]:
        """Who has an equal product beside the applicant, once for each pair of booths that meet."""
        holder, product = self.occupancy.holder, self.product
        return [
            holder[other]
            for booth in self.question.floor.blocks[self.occupancy.block_of[number]].booths
            for other, counts in self.beside[booth]
            if counts and holder[other] >= 0 and holder[other] != number and product[holder[other]] == product[number]
        ]

    def settle(self) -> None:
        """Exchange until no exchange helps, then in chains whoever still has an equal product beside it."""
        self._change_places()
        chains = Chains(self.occupancy, self.opponents)
        while sum(chains.part(number) for number in self._in_conflict()):
            self._change_places()

    def _change_places(self) -> None:
        for _ in range(ROUNDS):
            if not sum(self._settle_one(number) for number in self._unsettled()):
                return

    def _in_conflict(self) -> Iterator[int]:
        """Applicants with an equal product beside them when their turn comes, not pinned."""
        for number in sorted(self.occupancy.block_of):
            if number not in self.question.pinned and self.opponents(number):
                yield number

    def _unsettled(self) -> list[int]:
        """Applicants with an equal product beside them (everybody, where streets are wished), not pinned."""
        return [
            number
            for number in sorted(self.occupancy.block_of)
            if number not in self.question.pinned and (self.street or self.harm((number,)).conflicts)
        ]

    def _settle_one(self, number: int) -> bool:
        if not self.street and not self.harm((number,)).conflicts:
            return False
        return any(self._exchange(number, block) for block in self._equal_blocks(number))

    def _equal_blocks(self, number: int) -> Iterator[int]:
        """Blocks that the applicant likes exactly as much as its own, its own zone first."""
        question = self.question
        one, old = question.applicants[number], self.occupancy.block_of[number]
        rank, home = question.rank(number, old), question.floor.blocks[old].zone
        zones = [home, *(zone for zone in one.zones if zone != home and self._same_rank_zone(number, zone, rank))]
        for zone in zones:
            for block in question.blocks_in(number, zone):
                if block != old and question.rank(number, block) == rank:
                    yield block

    def _same_rank_zone(self, number: int, zone: int, rank: int | None) -> bool:
        one = self.question.applicants[number]
        return bool(one.booth_rank) or one.zone_rank.get(zone, one.off_list) == rank

    def _exchange(self, number: int, block: int) -> bool:
        """Move to a free block, or change places with those on it, if that lessens the harm."""
        occupancy, question = self.occupancy, self.question
        old = occupancy.block_of[number]
        mine, theirs = question.floor.blocks[old].booths, question.floor.blocks[block].booths
        holders = sorted({occupancy.holder[booth] for booth in theirs} - {FREE, number})
        if any(holder in question.pinned for holder in holders) or set(mine) & set(theirs):
            return False
        homes = {holder: occupancy.block_of[holder] for holder in holders}
        shift = dict(zip(theirs, mine, strict=True))
        targets = {}
        for holder, home in homes.items():
            booths = question.floor.blocks[home].booths
            target = question.floor.of_booths.get(tuple(sorted(shift.get(booth, -1) for booth in booths)))
            if target is None or not self._as_good(holder, home, target):
                return False
            targets[holder] = target
        return self._try(number, block, targets)

    def _as_good(self, number: int, home: int, target: int) -> bool:
        return self.question.fits(number, target) and self.question.rank(number, target) == self.question.rank(
            number, home
        )

    def _try(self, number: int, block: int, targets: dict[int, int]) -> bool:
        occupancy = self.occupancy
        everyone = (number, *targets)
        before = self.harm(everyone)
        homes = {one: occupancy.leave(one) for one in everyone}
        for one, target in ((number, block), *targets.items()):
            occupancy.place(one, target)
        if self._power_holds(block, homes[number]) and self.harm(everyone) < before:
            return True
        for one in everyone:
            occupancy.leave(one)
        for one, home in homes.items():
            occupancy.place(one, home)
        return False

    def _power_holds(self, *blocks: int) -> bool:
        zones = {self.question.floor.blocks[block].zone for block in blocks}
        return all(self.occupancy.power[zone] <= self.occupancy.capacity[zone] for zone in zones)
