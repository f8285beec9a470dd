"""Why everybody stands where they stand: for each better wish one reason, for those left out the place in the line.

Every reason is a code with facts that can be recomputed from the question and the allocation alone; who holds a booth
is never named, only what made them come first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from exhibitors.allocation.optimiser.applicants import Applicant
from exhibitors.allocation.optimiser.blocks import COLD, CORNER, FIRE, WATER
from exhibitors.allocation.optimiser.instance import Wish
from exhibitors.allocation.optimiser.occupancy import FREE, Occupancy
from exhibitors.allocation.optimiser.policies import BY_POINTS, Policy, place_in_line

FACILITIES = {WATER: "water", COLD: "cold", CORNER: "corner", FIRE: "fire"}


class Why(StrEnum):
    """Why a wish was not fulfilled, or why somebody has no place."""

    CLOSED_CATEGORY = "closed_category"  # the zone does not take the category
    NO_ROW = "no_row"  # nowhere there that many usable booths side by side
    FACILITY_MISSING = "facility_missing"  # no such block has what is needed
    RESERVED = "reserved"  # all that would fit are kept for others
    MADE_BY_HAND = "made_by_hand"  # all that would fit were given by hand
    HELD_BY_HIGHER = "held_by_higher"  # all that would fit hold somebody with a higher or an equal score
    NO_SEAT_FOR_OTHER = "no_seat_for_other"  # held by a lower score, who would be left worse off or without any booth
    POWER_FULL = "power_full"  # free, but the line of the zone cannot carry it
    QUOTA_FULL = "quota_full"  # a quota has its maximum
    PRODUCER_CAP = "producer_cap"  # the producer has as many booths as one may have
    TOTAL = "total"  # every exchange would admit less priority, break a quota or overload a line
    FREE = "free"  # came free after publication: offered, not given
    NOWHERE = "nowhere"  # no wish of the list can be fulfilled at this fair and nothing else is accepted


class Outcome(StrEnum):
    """What became of an application."""

    WITHDRAWN = "withdrawn"
    MADE_BY_HAND = "made_by_hand"
    FIRST_WISH = "first_wish"
    LOWER_WISH = "lower_wish"
    OFF_LIST = "off_list"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its facts; `wish` is None for what concerns the whole application."""

    wish: Wish | None
    code: Why
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that an applicant may know; `next_best` is the rank of the best block still free, None when there is none."""

    application: str
    outcome: Outcome
    rank: int | None
    reasons: tuple[Reason, ...]
    next_best: int | None
    waitlist_place: int | None
    ahead: dict[str, int]


@dataclass(frozen=True, slots=True)
class Held:
    """How the blocks that fit one kind of applicant are held: sorted scores of the strongest holder of each."""

    scores: tuple[int, ...]
    by_hand: int
    free: tuple[int, ...]


class Explainer:
    """Explains one allocation; makes each fact of a zone once for all applicants of a kind."""

    def __init__(self, occupancy: Occupancy, policy: Policy) -> None:
        self.policy = policy
        self.occupancy, self.question = occupancy, occupancy.question
        self._held: dict[tuple[int, int, int, int], Held] = {}
        self._free = {size: occupancy.free_blocks(size) for size in (1, 2, 3)}
        waiting = [
            one
            for one in self.question.applicants
            if one.number not in occupancy.block_of and not one.application.withdrawn
        ]
        line = sorted(waiting, key=lambda one: place_in_line(policy, one))
        self._place = {one.number: place for place, one in enumerate(line, start=1)}
        self._waiting_with = Counter(one.score for one in line)

    def everybody(self) -> list[Explanation]:
        """One explanation for each application, by id."""
        return [self.explain(one.number) for one in self.question.applicants]

    def explain(self, number: int) -> Explanation:
        """The explanation of one application."""
        one, block = self.question.applicants[number], self.occupancy.block_of.get(number)
        rank = None if block is None else self.question.rank(number, block)
        place = self._place.get(number)
        ahead = self._ahead(one, place - 1) if place else {}
        outcome = self._outcome(one, rank)
        reasons: tuple[Reason, ...] = ()
        if outcome not in {Outcome.WITHDRAWN, Outcome.MADE_BY_HAND}:
            reasons = tuple(self._reasons(one, rank))
        return Explanation(one.application.id, outcome, rank, reasons, self._next_best(one), place, ahead)

    def _ahead(self, one: Applicant, number: int) -> dict[str, int]:
        """What put so many before the applicant in the line."""
        if self.policy not in BY_POINTS:
            return {"sent_earlier" if self.policy is Policy.FIRST_COME else "better_ticket": number}
        higher = sum(count for score, count in self._waiting_with.items() if score > one.score)
        return {"higher_score": higher, "better_ticket": number - higher}

    def _outcome(self, one: Applicant, rank: int | None) -> Outcome:
        if one.application.withdrawn:
            return Outcome.WITHDRAWN
        if one.number in self.question.pinned:
            return Outcome.MADE_BY_HAND
        if one.number not in self.occupancy.block_of:
            return Outcome.WAITING
        if rank is not None and rank <= one.wishes:
            return Outcome.FIRST_WISH if rank == 1 else Outcome.LOWER_WISH
        return Outcome.OFF_LIST

    def _next_best(self, one: Applicant) -> int | None:
        ranks = [
            self.question.rank(one.number, block)
            for block in self._free[one.size]
            if self.question.fits(one.number, block)
        ]
        return min((rank for rank in ranks if rank is not None), default=None)

    def _reasons(self, one: Applicant, rank: int | None) -> list[Reason]:
        reasons = []
        position = 0
        for wish in one.application.wishes:
            impossible = self._impossible(one, wish)
            position += impossible is None
            if rank is not None and position >= rank and impossible is None:
                break
            reasons.append(impossible or self._not_given(one, wish))
        if rank is None:
            reasons.append(self._left_out(one))
        return reasons

    def _zone_of(self, wish: Wish) -> int:
        floor = self.question.floor
        if wish.zone is not None:
            return floor.zone_number[wish.zone]
        booth = floor.booth_number[wish.booth or ""]
        return floor.zone_number[self.question.instance.booths[booth].zone]

    def _candidates(self, one: Applicant, wish: Wish) -> list[int]:
        """Blocks of the right size that the wish means, fitting or not."""
        floor = self.question.floor
        if wish.booth is None:
            return list(floor.in_zone.get((self._zone_of(wish), one.size), ()))
        through = floor.through_booth[floor.booth_number[wish.booth]]
        return [block for block in through if len(floor.blocks[block].booths) == one.size]

    def _impossible(self, one: Applicant, wish: Wish) -> Reason | None:
        """Why no block of the empty fair could fulfil the wish; None when one could."""
        zone, blocks = self._zone_of(wish), self.question.floor.blocks
        if one.application.category not in self.question.instance.zones[zone].categories:
            return Reason(wish, Why.CLOSED_CATEGORY, {"category": one.application.category})
        if wish.zone is not None and self.question.blocks_in(one.number, zone):
            return None
        candidates = self._candidates(one, wish)
        if any(self.question.fits(one.number, block) for block in candidates):
            return None
        if not candidates:
            return Reason(wish, Why.NO_ROW, {"booths": one.size})
        if not any(not one.needs & ~blocks[block].gives for block in candidates):
            given = 0
            for block in candidates:
                given |= blocks[block].gives
            missing = [name for bit, name in FACILITIES.items() if one.needs & bit and not given & bit]
            together = [name for bit, name in FACILITIES.items() if one.needs & bit]
            return Reason(wish, Why.FACILITY_MISSING, {"needs": missing or together, "together": not missing})
        return Reason(wish, Why.RESERVED, {})

    def _not_given(self, one: Applicant, wish: Wish) -> Reason:
        """Why a wish that could be fulfilled in an empty fair was not."""
        held = self._held_blocks(one, wish)
        zone = self._zone_of(wish)
        if held.free:
            return self._free_but(one, wish, zone)
        facts: dict[str, object] = {"fitting": len(held.scores) + held.by_hand, "by_hand": held.by_hand}
        if not held.scores:
            return Reason(wish, Why.MADE_BY_HAND, facts)
        lower = bisect_left(held.scores, one.score)
        facts |= {"lowest_score": held.scores[0], "own_score": one.score}
        if not lower:
            return Reason(wish, Why.HELD_BY_HIGHER, facts)
        return Reason(wish, Why.NO_SEAT_FOR_OTHER, facts | {"lower": lower, "no_seat": self._without_seat(one, wish)})

    def _without_seat(self, one: Applicant, wish: Wish) -> int:
        """How many of the blocks held by lower scores have a holder who would have no place at all if it made room."""
        fitting = [block for block in self._candidates(one, wish) if self.question.fits(one.number, block)]
        return sum(self._leaves_somebody_out(one, block) for block in fitting)

    def _leaves_somebody_out(self, one: Applicant, block: int) -> bool:
        question, home = self.question, self.occupancy.block_of.get(one.number)
        others = {self.occupancy.holder[booth] for booth in question.floor.blocks[block].booths} - {one.number, FREE}
        if any(other in question.pinned or question.applicants[other].score >= one.score for other in others):
            return False
        homes = self._free_and(home)
        return any(not any(self._would_sit(other, place) for place in homes) for other in others)

    def _free_and(self, home: int | None) -> list[int]:
        free = [block for blocks in self._free.values() for block in blocks]
        return free if home is None else [home, *free]

    def _would_sit(self, number: int, block: int) -> bool:
        return self.question.fits(number, block) and self.question.rank(number, block) is not None

    def _free_but(self, one: Applicant, wish: Wish, zone: int) -> Reason:
        occupancy = self.occupancy
        home = occupancy.block_of.get(one.number)
        inside = home is not None and self.question.floor.blocks[home].zone == zone
        left = occupancy.capacity[zone] - occupancy.power[zone] + one.application.power_w * inside
        if one.application.power_w > left:
            return Reason(wish, Why.POWER_FULL, {"watts_left": left, "watts_needed": one.application.power_w})
        return Reason(wish, Why.FREE) if home is not None else self._rule_against(one, wish) or Reason(wish, Why.FREE)

    def _rule_against(self, one: Applicant, wish: Wish | None) -> Reason | None:
        """A cap or a maximum that keeps the applicant out wherever it would stand."""
        rules, occupancy = self.question.instance.rules, self.occupancy
        held = occupancy.booths_of[one.application.producer]
        if held + one.size > rules.booths_per_producer:
            return Reason(wish, Why.PRODUCER_CAP, {"held": held, "cap": rules.booths_per_producer})
        for number in self.question.quotas_of[one.number]:
            quota = rules.quotas[number]
            if quota.maximum is not None and occupancy.heads[number] >= quota.maximum:
                return Reason(wish, Why.QUOTA_FULL, {"quota": quota.id, "maximum": quota.maximum})
        return None

    def _held_blocks(self, one: Applicant, wish: Wish) -> Held:
        zone = self._zone_of(wish)
        if wish.booth is not None:
            fitting = [b for b in self._candidates(one, wish) if self.question.fits(one.number, b)]
            return self._look_at(fitting, one.number)
        key = (zone, one.size, one.needs, one.matches & self.question.floor.kept_in_zone(zone, one.size))
        if key not in self._held:
            self._held[key] = self._look_at(self.question.blocks_in(one.number, zone), None)
        return self._held[key]

    def _look_at(self, blocks: list[int] | tuple[int, ...], own: int | None) -> Held:
        holder, applicants, pinned = self.occupancy.holder, self.question.applicants, self.question.pinned
        scores, free, by_hand = [], [], 0
        for block in blocks:
            holders = {holder[booth] for booth in self.question.floor.blocks[block].booths} - {own}
            there = [number for number in holders if number >= 0]
            if not there:
                free.append(block)
            elif any(number in pinned for number in there):
                by_hand += 1
            else:
                scores.append(max(applicants[number].score for number in there))
        return Held(tuple(sorted(scores)), by_hand, tuple(free))

    def _left_out(self, one: Applicant) -> Reason:
        """Why the applicant has no place at all."""
        against = self._rule_against(one, None)
        if against is not None:
            return against
        if not one.zones or (not one.application.accept_any and not one.wishes):
            return Reason(None, Why.NOWHERE, {"booths": one.size})
        whole = [
            self._held_blocks(one, Wish(zone=self.question.instance.zones[zone].id, booth=None)) for zone in one.zones
        ]
        scores = [held.scores[0] for held in whole if held.scores]
        facts: dict[str, object] = {"own_score": one.score, "lowest_score": min(scores, default=None)}
        if scores and min(scores) >= one.score:
            return Reason(None, Why.HELD_BY_HIGHER, facts)
        return Reason(None, Why.TOTAL, facts)
