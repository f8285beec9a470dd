"""The quick answer: one linear program for the whole fair, then zone by zone a small exact one, then repair by hand.

Zones do not touch each other: once the linear program has said who stands in which zone, each is packed for itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import ceil

from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.better_seats import BetterSeats
from exhibitors.allocation.optimiser.exchange import Exchange
from exhibitors.allocation.optimiser.linear_model import Limits, Solver
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.placement import Part, PlacementModel, placement_model, seats_of_placement
from exhibitors.allocation.optimiser.policies import Standing
from exhibitors.allocation.optimiser.shares import SMALL, shares_by_zone

HEAVIEST_CLASS = 512.0
MISSING_SEAT = 1000.0  # in units of priority: no admission is worth a quota's seat
ZONE_GAP = 5e-4
ROUNDS = 2
FEW = 4
INTERIOR_ABOVE = 3000  # candidates; from there the interior point method is quicker than the simplex
ROUGH_ABOVE = 700  # candidates; the exact program has more columns than a draft has time for
POOR = 0.99  # of the bound: below, the exact program of all zones is tried
WHOLE_GAP, MOST_NODES = 2e-3, 100


class Draft:
    """One quick allocation in the making."""

    def __init__(self, question: Question, standing: Standing) -> None:
        self.question, self.standing = question, standing
        several = len(set(standing.wish_class)) > 1
        self.point = 1000.0 if several else 100.0  # one point of priority, in units of squared ranks
        self.occupancy = Occupancy(question, {})
        self.by_weight = sorted(
            (one.number for one in question.applicants if one.zones and one.number not in question.pinned),
            key=lambda number: (-standing.weight[number], question.applicants[number].ticket),
        )
        self.rough = len(self.by_weight) > ROUGH_ABOVE
        self.later: dict[int, float] = defaultdict(float)  # share of each applicant in zones that are still to come
        self.heads_later = [0.0] * len(question.instance.rules.quotas)
        self.bound = 0  # nobody can admit more priority than this, pinned left aside

    def make(self) -> Occupancy:
        """Whole program, then the zones with the fewest open questions first, then those with free booths again."""
        shares = self._shares()
        for zone_shares in shares.values():
            for number, share in zone_shares.items():
                self._expect(number, share)
        open_ones = {
            zone: sum(SMALL < share < 1 - SMALL for share in zone_shares.values())
            for zone, zone_shares in shares.items()
        }
        for zone in sorted(shares, key=lambda zone: (open_ones[zone], zone)):
            self._pack(zone, shares[zone])
        self._polish()
        if not self.rough and self._worth(self._placed()) < POOR * self.bound:
            self._at_once()
        return self.occupancy

    def _at_once(self) -> None:
        """All zones in one exact program, quotas and all: for the few fairs where zone by zone went wrong."""
        placement, solver = self.whole
        outcome = solver.solve(Limits(relative_gap=WHOLE_GAP, nodes=MOST_NODES, few_cuts=True))
        if outcome.values:
            before, worth = self.occupancy, self._worth(self._placed())
            self.occupancy = Occupancy(self.question, seats_of_placement(placement, outcome.values))
            if self._worth(self._placed()) <= worth:
                self.occupancy = before

    def _polish(self) -> None:
        """Pack zones with free booths again, then let in who adds to the priority where lighter ones can make room."""
        for _ in range(1 if self.rough else ROUNDS):
            if not sum([self.repack({zone}) for zone in self._zones_with_room()]):
                break
        BetterSeats(self.occupancy, self.standing.wish_class).fill()
        exchange = Exchange(self.occupancy, self.standing.weight)
        for _ in range(ROUNDS):
            if not exchange.run():
                break

    def _zones_with_room(self) -> list[int]:
        booths, number = self.question.instance.booths, self.question.floor.zone_number
        return sorted({number[booths[booth].zone] for booth in self.occupancy.free_booths})

    def _placed(self) -> list[int]:
        return [number for number in self.occupancy.block_of if number not in self.question.pinned]

    def _loss(self, number: int) -> float:
        return self.point * self.standing.weight[number]

    def _shares(self) -> dict[int, dict[int, float]]:
        """For each zone the applicants whom the whole program puts there, with their shares of 0 to 1."""
        question = self.question
        line = sorted((one.ticket, one.number) for one in question.applicants)
        luck = {number: 1 - place / len(line) for place, (_, number) in enumerate(line)}
        candidates = [one.number for one in question.applicants if one.zones and one.number not in question.pinned]
        placement = placement_model(
            question,
            self.standing.wish_class,
            candidates,
            heaviest=HEAVIEST_CLASS,
            loss={number: self._loss(number) + luck[number] for number in candidates},
            rough=self.rough,
        )
        self._price_shortfall(placement)
        self.whole = placement, Solver(placement.packing.model)
        values = self.whole[1].relax(interior=len(candidates) > INTERIOR_ABOVE).values
        reached = sum(self.standing.weight[n] * (1 - values[placement.without[n]]) for n in candidates)
        self.bound = ceil(reached)
        return shares_by_zone(placement, values)

    def _price_shortfall(self, placement: PlacementModel) -> None:
        for column in placement.shortfall.values():
            placement.packing.model.cost[column] = MISSING_SEAT * self.point

    def _expect(self, number: int, share: float) -> None:
        """More of the applicant, or less, will stand in zones that are still to come."""
        self.later[number] += share
        for quota in self.question.quotas_of[number]:
            self.heads_later[quota] += share

    def _pack(self, zone: int, shares: dict[int, float]) -> None:
        """Seat in one zone whom the program put there and who still has no place."""
        question, occupancy, later = self.question, self.occupancy, self.later
        loss = {}
        for number, share in shares.items():
            if number not in occupancy.block_of:
                self._expect(number, -share)
                if occupancy.may_enter(number):
                    loss[number] = self._loss(number) * (share + SMALL) / (max(share, later[number]) + SMALL)
        for number in [one for one, rest in later.items() if rest < SMALL and one not in shares]:
            if zone in question.applicants[number].zones and number not in occupancy.block_of:
                loss[number] = self._loss(number)
        for number, block in sorted(self._packed({zone}, loss, self._wanted(self.heads_later)).items()):
            if occupancy.may_enter(number):
                occupancy.place(number, block)
                self._expect(number, -later[number])

    def _wanted(self, heads_later: Sequence[float]) -> dict[int, int]:
        """Seats that quotas miss with those who stand and those who are still to come."""
        quotas, heads = self.question.instance.rules.quotas, self.occupancy.heads
        missing = (quota.minimum - now - later for quota, now, later in zip(quotas, heads, heads_later, strict=True))
        return {number: int(seats + SMALL) for number, seats in enumerate(missing) if seats >= 1 - SMALL}

    def _packed(self, zones: set[int], loss: dict[int, float], wanted: dict[int, int]) -> dict[int, int]:
        """The best blocks for some applicants on what is free in some zones, by a small exact program."""
        question, occupancy = self.question, self.occupancy
        booths, number_of = question.instance.booths, question.floor.zone_number
        free = [False] * len(booths)
        for booth in occupancy.free_booths:
            free[booth] = number_of[booths[booth].zone] in zones
        power = {zone: occupancy.capacity[zone] - occupancy.power[zone] for zone in sorted(zones)}
        part = Part(free, power, occupancy.heads, occupancy.booths_of, wanted)
        placement = placement_model(
            question, self.standing.wish_class, loss, heaviest=HEAVIEST_CLASS, loss=loss, part=part
        )
        self._price_shortfall(placement)
        outcome = Solver(placement.packing.model).solve(Limits(relative_gap=ZONE_GAP, nodes=40, few_cuts=True))
        return seats_of_placement(placement, outcome.values) if outcome.values else {}

    def repack(self, zones: set[int]) -> bool:
        """Empty some zones and pack them again from those who stood there and all who wait; keep what is better."""
        question, occupancy = self.question, self.occupancy
        homes = {
            number: block
            for number, block in occupancy.block_of.items()
            if question.floor.blocks[block].zone in zones and number not in question.pinned
        }
        waiting = self._waiting_for(zones)
        before = self._worth(homes)
        loss = {number: self._loss(number) for number in (*homes, *waiting)}
        for number in homes:
            occupancy.leave(number)
        placed, nobody = [], [0.0] * len(self.heads_later)
        for number, block in sorted(self._packed(zones, loss, self._wanted(nobody)).items()):
            if occupancy.may_enter(number):
                occupancy.place(number, block)
                placed.append(number)
        if self._worth(placed) > before:
            return True
        for number in placed:
            occupancy.leave(number)
        for number, block in homes.items():
            occupancy.place(number, block)
        return False

    def _waiting_for(self, zones: set[int]) -> list[int]:
        """Applicants without a place who could stand in these zones: of each kind only the first few."""
        occupancy = self.occupancy
        kinds: Counter[tuple[int, ...]] = Counter()
        missing = self._wanted([0.0] * len(self.heads_later))
        waiting = []
        for number in self.by_weight:
            one = self.question.applicants[number]
            kind = one.size, one.needs, one.matches, *(q for q in self.question.quotas_of[number] if q in missing)
            if number in occupancy.block_of or kinds[kind] == FEW or not occupancy.may_enter(number):
                continue
            if not zones.isdisjoint(one.zones):
                kinds[kind] += 1
                waiting.append(number)
        return waiting

    def _worth(self, numbers: Iterable[int]) -> float:
        """Priority of some applicants less the seats that quotas miss at this moment."""
        total = sum(self.standing.weight[number] for number in numbers)
        return total - MISSING_SEAT * self.occupancy.shortfall()
