"""Lets in whom the search left out where lighter ones can make room: by going elsewhere, or by going out themselves.

Whoever has to go is seated again where a still lighter one stands; what remains in the end is a gain in priority, with
no quota, cap or power line worse than before, or everything goes back to where it was.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from exhibitors.allocation.optimiser.admission import listed_places
from exhibitors.allocation.optimiser.occupancy import FREE, Occupancy

NEVER = 10**9
MISSING_SEAT = 1000  # in units of priority: no admission is worth a quota's seat
TRIES = 6  # blocks tried for each applicant: the estimate of what a block costs is a little too low at times

PRICED_ANEW = 200  # times as many as the placed have to be priced again; old prices are a guess that a try corrects

Places = tuple[int, int, int, tuple[int, ...], int]  # size, facilities, reservations, zones, who if it named booths


class Exchange:
    """The search over one occupancy, which it changes in place."""

    def __init__(self, occupancy: Occupancy, weight: Sequence[int]) -> None:
        import numpy as np  # reason: comes with the solver, which a server that never allocates does not carry

        self._np, self.occupancy, self.question, self.weight = np, occupancy, occupancy.question, weight
        floor, applicants = self.question.floor, self.question.applicants
        self._booths = np.array([(block.booths * 3)[:3] for block in floor.blocks]).reshape(-1, 3)
        self._zone = np.array([block.zone for block in floor.blocks], int)
        self._watts = np.array([*(one.application.power_w for one in applicants), 0])
        self._if_out = self._if_ejected = np.zeros(0, int)  # what each applicant costs, then 0 for a free booth
        self._places: dict[Places, Any] = {}
        self._holder = np.array(occupancy.holder)
        self._kin: dict[str, list[int]] = defaultdict(list)
        for one in applicants:
            self._kin[one.application.producer].append(one.number)

    def run(self) -> int:
        """Let in whoever adds to the priority, the weightiest first; returns how many exchanges were made."""
        left_out = [one for one in self.question.applicants if one.zones and one.number not in self.occupancy.block_of]
        waiting = [(-self._worth(one.number), one.ticket, one.number) for one in left_out]
        heapq.heapify(waiting)
        made = 0
        self._price()
        while waiting:
            ejected = self._let_in(heapq.heappop(waiting)[-1])
            if ejected is not None:
                for other in ejected:
                    heapq.heappush(waiting, (-self.weight[other], self.question.applicants[other].ticket, other))
                made += 1
                if made % (1 + len(self.occupancy.block_of) // PRICED_ANEW) == 0:
                    self._price()
        return made

    def _let_in(self, number: int) -> list[int] | None:
        """Try the blocks that promise most; returns who went out for it, None when nothing is gained."""
        applicants, before, kin = self.question.applicants, self.occupancy.shortfall(), self._kin_above_the_cap(number)
        if kin is None:
            return None
        freed = sum(applicants[other].size for other in kin) > applicants[number].size
        spent = self._cost_of(kin) - freed  # as much as they are worth is enough where a booth is left for others
        homes: list[tuple[int, int | None]] = [(other, self._leave(other)) for other in kin]
        for block in self._cheapest(number, self._if_ejected, TRIES, spent):
            trail: list[tuple[int, int | None]] = []
            out = self._put(number, block, trail)
            for other in sorted(out, key=lambda other: (-applicants[other].size, other)):
                for again in self._cheapest(other, self._if_out, 1):
                    out.remove(other)
                    out += self._put(other, again, trail)
            out += kin
            lost = sum(self.weight[other] for other in out) + MISSING_SEAT * (self.occupancy.shortfall() - before)
            if lost < self.weight[number] + freed and self._holds(number):
                return out
            self._undo(trail)
        self._undo(homes)
        return None

    def _kin_above_the_cap(self, number: int) -> tuple[int, ...] | None:
        """The applications of the same producer that cost least to let out so that this one is under the cap."""
        one, occupancy = self.question.applicants[number], self.occupancy
        over = one.size - self.question.instance.rules.booths_per_producer
        over += occupancy.booths_of[one.application.producer]
        if over <= 0:
            return ()
        inside = [other for other in self._kin[one.application.producer] if other in occupancy.block_of]
        sets = (some for count in range(1, over + 1) for some in combinations(inside, count))
        enough = [some for some in sets if sum(self.question.applicants[other].size for other in some) >= over]
        return min(enough, key=lambda some: (self._cost_of(some), some), default=None)

    def _cost_of(self, numbers: tuple[int, ...]) -> int:
        return sum(int(self._if_out[number]) for number in numbers)

    def _price(self) -> None:
        """What it costs that each applicant goes out, and the least it costs if it may replace a lighter one."""
        np, applicants, occupancy = self._np, self.question.applicants, self.occupancy
        out = np.array([*self.weight, 0])
        lightest: dict[tuple[int, int], int] = {}
        for number, block in occupancy.block_of.items():
            out[number] += MISSING_SEAT * self._seats(number, inside=True)
            out[number] = NEVER if number in self.question.pinned else out[number]
            place = self.question.floor.blocks[block].zone, applicants[number].size
            lightest[place] = min(lightest.get(place, NEVER), int(out[number]))
        ejected = out.copy()
        least: dict[tuple[tuple[int, ...], int], int] = {}
        for number in occupancy.block_of:
            key = applicants[number].zones, applicants[number].size
            if key not in least:
                least[key] = min((lightest.get((zone, key[1]), NEVER) for zone in key[0]), default=NEVER)
            if number not in self.question.pinned:
                ejected[number] = min(ejected[number], least[key])
        self._if_out, self._if_ejected = out, ejected

    def _worth(self, number: int) -> int:
        """What it adds that the applicant comes in, quotas of the whole fair included."""
        return self.weight[number] + MISSING_SEAT * self._seats(number, inside=False)

    def _seats(self, number: int, *, inside: bool) -> int:
        """How many minima would miss a seat without the applicant or, not `inside`, miss one that it would fill."""
        quotas, heads = self.question.instance.rules.quotas, self.occupancy.heads
        return sum(heads[quota] - inside < quotas[quota].minimum for quota in self.question.quotas_of[number])

    def _cheapest(self, number: int, price: Any, most: int, spent: int = 0) -> list[int]:
        """Blocks where the applicant may stand and whose holders cost less than it is worth, the cheapest first."""
        np, one = self._np, self.question.applicants[number]
        worth = self._worth(number) - spent
        if worth <= 0:
            return []
        places = self._places_of(number)
        holders = self._holder[self._booths[places, : one.size]]
        counted = np.ones(holders.shape, bool)
        for column in range(1, one.size):
            counted[:, column] = (holders[:, [column]] != holders[:, :column]).all(axis=1)
        cost = (price[holders] * counted).sum(axis=1)
        zones, occupancy = self._zone[places], self.occupancy
        left = np.array(occupancy.capacity) - np.array(occupancy.power)
        freed = (self._watts[holders] * counted).sum(axis=1)
        good = np.flatnonzero((cost < worth) & (left[zones] + freed >= self._watts[number]))
        picked = good[np.argsort(cost[good], kind="stable")[:most]]
        return [int(block) for block in places[picked]]

    def _places_of(self, number: int) -> Any:
        one = self.question.applicants[number]
        zones, blocks = listed_places(self.question, one)
        key = (one.size, one.needs, one.matches, zones, number if blocks else -1)
        if key not in self._places:
            found = {block for zone in zones for block in self.question.blocks_in(number, zone)}
            self._places[key] = self._np.array(sorted(found.union(blocks)), int)
        return self._places[key]

    def _put(self, number: int, block: int, trail: list[tuple[int, int | None]]) -> list[int]:
        """The applicant takes a block; whoever stands there leaves and is returned."""
        booths = self.question.floor.blocks[block].booths
        out = sorted({self.occupancy.holder[booth] for booth in booths} - {FREE})
        for other in out:
            trail.append((other, self._leave(other)))
        self._take(number, block)
        trail.append((number, None))
        return out

    def _take(self, number: int, block: int) -> None:
        self.occupancy.place(number, block)
        self._holder[list(self.question.floor.blocks[block].booths)] = number

    def _leave(self, number: int) -> int:
        block = self.occupancy.leave(number)
        self._holder[list(self.question.floor.blocks[block].booths)] = FREE
        return block

    def _undo(self, trail: list[tuple[int, int | None]]) -> None:
        for number, home in reversed(trail):
            if home is None:
                self._leave(number)
            else:
                self._take(number, home)

    def _holds(self, number: int) -> bool:
        """Whether caps, quotas and power lines allow what was done; only the applicant itself is new."""
        occupancy, rules, one = self.occupancy, self.question.instance.rules, self.question.applicants[number]
        quotas = [(rules.quotas[quota].maximum, occupancy.heads[quota]) for quota in self.question.quotas_of[number]]
        return (
            occupancy.booths_of[one.application.producer] <= rules.booths_per_producer
            and all(most is None or heads <= most for most, heads in quotas)
            and all(used <= most for used, most in zip(occupancy.power, occupancy.capacity, strict=True))
        )
