"""What the organiser asked for and cannot have, named one by one with what would make it possible."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.independent_check import violations
from exhibitors.allocation.optimiser.instance import BadInstance
from exhibitors.allocation.optimiser.lottery import opens

REMEDIES = {
    "SIZE": "pin as many booths as the application asks for",
    "NOT_CONTIGUOUS": "pin booths side by side in one row",
    "BLOCKED": "unblock the booth or pin another one",
    "RESERVED": "lift the reservation or pin another booth",
    "ZONE_CATEGORY": "open the zone to the category or pin a booth elsewhere",
    "NEED_WATER": "pin a block with water",
    "NEED_COLD": "pin a block with a cold store",
    "NEED_CORNER": "pin a block with a corner",
    "NEED_FIRE": "pin booths that allow open flame",
    "DOUBLE_BOOKED": "take one of the two pins away",
    "ZONE_POWER": "add power to the zone or pin fewer there",
    "PRODUCER_CAP": "raise the cap for each producer or take a pin away",
    "QUOTA_MAX": "raise the maximum of the quota or take a pin away",
}


@dataclass(frozen=True, slots=True)
class Clash:
    """One wish of the organiser that cannot stand; `remedy` says what would let it."""

    code: str
    subject: str
    detail: str
    remedy: str


def clashes_of_pins(question: Question) -> list[Clash]:
    """Rules that the places made by hand break on their own."""
    instance = question.instance
    withdrawn = {one.id for one in instance.applications if one.withdrawn}
    pins = {id_: booths for id_, booths in instance.pins.items() if id_ not in withdrawn}
    found = violations(instance, pins)
    return [
        Clash(one.code, one.subject, one.detail, REMEDIES.get(one.code, "")) for one in found if one.code != "LOTTERY"
    ]


def refuse_what_cannot_be(question: Question) -> None:
    """Raise BadInstance when no allocation at all can satisfy the hard rules."""
    if not opens(question.instance.seed, question.instance.commitment):
        raise BadInstance("lottery_broken", "The revealed seed of the lottery does not open its commitment.")
    clashes = clashes_of_pins(question)
    if clashes:
        named = "; ".join(
            f"{clash.code} {clash.subject}{f' ({clash.detail})' if clash.detail else ''}: {clash.remedy}"
            for clash in clashes[:5]
        )
        more = f"; and {len(clashes) - 5} more" if len(clashes) > 5 else ""
        raise BadInstance("pins_clash", f"Places made by hand break hard rules: {named}{more}.", clashes=tuple(clashes))


def quota_ceilings(question: Question) -> dict[str, int]:
    """For each quota whose minimum exceeds the applications that could ever stand: how many there are."""
    could: dict[int, int] = defaultdict(int)
    for one in question.applicants:
        if one.zones or one.number in question.pinned:
            for quota in question.quotas_of[one.number]:
                could[quota] += 1
    quotas = question.instance.rules.quotas
    return {quota.id: could[n] for n, quota in enumerate(quotas) if quota.minimum > could[n]}
