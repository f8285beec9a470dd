"""Why an applicant stands where it stands, from plain data alone: facts that can be computed again, nobody named.

Each better wish gets one reason: `closed` (category), `need` (facts: need), `no_run` (facts: booths), `reserved` for
other kinds of booth, `quota`, `power` (the zone has none left), `taken` by places that stood fast, `higher` (facts:
points, the least among those who stand there), `higher_or_fast` (the same, beside places that stood fast), `tied` (all
there have at least as many points), `rule` (all taken, and the policy does not go by points alone), `free` (a booth
there is free).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.blocks import COLD, WATER
from exhibitors.allocation.optimiser.instance import effective_score


@dataclass(frozen=True, slots=True)
class Why:
    """The wish that was met (None: off the list, or no place), and a reason for each better one, in order."""

    score: int
    rank: int | None
    is_placed: bool
    reasons: tuple[dict[str, Any], ...] = field(default_factory=tuple)


def reasons_of(
    question: Question, assignments: Mapping[str, Sequence[str]], *, by_points: bool = True
) -> dict[str, Why]:
    """The reasons of every applicant who has not withdrawn, by id; `by_points` says whether the policy asks for them."""
    board = _Board(question, assignments, by_points=by_points)
    return {one.application.id: board.why(one.number) for one in question.applicants if not one.application.withdrawn}


class _Board:
    """Who stands where, and what is left."""

    def __init__(self, question: Question, assignments: Mapping[str, Sequence[str]], *, by_points: bool) -> None:
        self.question = question
        self.by_points = by_points
        instance = question.instance
        self.assignments = assignments
        self.holder: dict[int, int] = {
            question.floor.booth_number[booth]: question.applicant_number[id_]
            for id_, booths in assignments.items()
            for booth in booths
        }
        self.scores = [effective_score(instance.rules, one.application) for one in question.applicants]
        self.power: Counter[int] = Counter()
        for id_, booths in assignments.items():
            number = question.applicant_number[id_]
            self.power[self._zone_of(booths)] += question.applicants[number].application.power_w
        self.heads = Counter(
            quota for id_ in assignments for quota in question.quotas_of[question.applicant_number[id_]]
        )

    def why(self, number: int) -> Why:
        application = self.question.applicants[number].application
        booths = self.assignments.get(application.id)
        wished = [wish.zone for wish in application.wishes if wish.zone is not None]
        home = self.question.instance.zones[self._zone_of(booths)].id if booths else None
        rank = wished.index(home) + 1 if home in wished else None
        better = wished[: rank - 1] if rank else wished
        reasons = [{"zone": zone} | self._reason(number, zone) for zone in better]
        if booths is None and application.accept_any:
            reasons.append({"zone": None} | self._reason(number, None))
        return Why(self.scores[number], rank, booths is not None, tuple(reasons))

    def _reason(self, number: int, zone_id: str | None) -> dict[str, Any]:
        one, floor = self.question.applicants[number], self.question.floor
        zones = range(len(self.question.instance.zones)) if zone_id is None else [floor.zone_number[zone_id]]
        open_to = [zone for zone in zones if one.application.category in self.question.instance.zones[zone].categories]
        if not open_to:
            return {"code": "closed"}
        blocks = [block for zone in open_to for block in self.question.blocks_in(number, zone)]
        if not blocks:
            return self._never(number, open_to)
        if one.application.id not in self.assignments and (full := self._full_quota(number)) is not None:
            return {"code": "quota", "quota": full}
        free = [block for block in blocks if all(self._is_free(booth, number) for booth in floor.blocks[block].booths)]
        if any(self._has_power(number, floor.blocks[block].zone) for block in free):
            return {"code": "free"}
        if free:
            return {"code": "power"}
        return self._held(number, blocks)

    def _never(self, number: int, zones: Sequence[int]) -> dict[str, Any]:
        """No block of the empty fair would do: because of a need, of a kind of booth, or of neighbours."""
        one, floor = self.question.applicants[number], self.question.floor
        if not any(floor.in_zone.get((zone, one.size)) for zone in zones):
            return {"code": "no_run", "booths": one.size}
        for bit, need in ((WATER, "water"), (COLD, "power")):
            if one.needs & bit and not any(
                floor.blocks[block].gives & bit for zone in zones for block in floor.in_zone.get((zone, one.size), ())
            ):
                return {"code": "need", "need": need}
        return {"code": "reserved"}

    def _held(self, number: int, blocks: Sequence[int]) -> dict[str, Any]:
        """Everything that would do is taken: by whom, said in points alone."""
        floor = self.question.floor
        pinned = self.question.pinned
        holders = {
            self.holder[booth]
            for block in blocks
            for booth in floor.blocks[block].booths
            if booth in self.holder and self.holder[booth] != number
        }
        others = [self.scores[holder] for holder in holders if holder not in pinned]
        own = self.scores[number]
        if not others:
            return {"code": "taken"}
        if not self.by_points or min(others) < own:
            return {"code": "rule"}
        if min(others) == own:
            return {"code": "tied"}
        code = "higher" if len(others) == len(holders) else "higher_or_fast"
        return {"code": code, "points": min(others), "own": own}

    def _full_quota(self, number: int) -> str | None:
        quotas = self.question.instance.rules.quotas
        for quota in self.question.quotas_of[number]:
            most = quotas[quota].maximum
            if most is not None and self.heads[quota] >= most:
                return quotas[quota].id
        return None

    def _is_free(self, booth: int, number: int) -> bool:
        return self.holder.get(booth, number) == number

    def _has_power(self, number: int, zone: int) -> bool:
        application = self.question.applicants[number].application
        booths = self.assignments.get(application.id)
        own = application.power_w if booths and self._zone_of(booths) == zone else 0
        used = self.power[zone] - own + application.power_w
        return used <= self.question.instance.zones[zone].power_w

    def _zone_of(self, booths: Sequence[str]) -> int:
        booth = self.question.instance.booths[self.question.floor.booth_number[booths[0]]]
        return self.question.floor.zone_number[booth.zone]
