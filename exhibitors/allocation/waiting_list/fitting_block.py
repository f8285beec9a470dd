"""Pure: the free block that a unit of the waiting list would be offered, and if there is none, why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exhibitors.allocation.optimiser.applicants import Applicant
from exhibitors.allocation.optimiser.explanations import FACILITIES
from exhibitors.allocation.optimiser.occupancy import Occupancy


class NoFit(StrEnum):
    """Why no free booth is offered to somebody who waits."""

    NOTHING_FREE = "nothing_free"  # no booth is free
    NO_ROW = "no_row"  # not so many side by side (`booths`)
    OTHER_GOODS = "other_goods"  # what is free is for other kinds of product, or of another type
    NEEDS_MISSING = "needs_missing"  # nothing free has what is needed (`needs`)
    NOT_WISHED = "not_wished"  # what would do stands in zones that were not wished for
    POWER_SHORT = "power_short"  # the lines of those zones cannot carry it (`watts`)
    QUOTA_FULL = "quota_full"  # a quota that it counts in has its most
    TAKEN_BEFORE = "taken_before"  # what would do goes to somebody before it in the line


@dataclass(frozen=True, slots=True)
class WhyNone:
    """A reason with the facts of its sentence."""

    code: NoFit
    facts: Mapping[str, Any] = field(default_factory=dict)


def best_block(occupancy: Occupancy, one: Applicant) -> int | None:
    """The free block that meets the best wish and keeps needs, power and quotas; None when there is none."""
    if _quota_is_full(occupancy, one):
        return None
    question = occupancy.question
    found = [
        (rank, block)
        for block in occupancy.free_blocks(one.size)
        if (rank := question.rank(one.number, block)) is not None
        and question.fits(one.number, block)
        and _is_carried(occupancy, one, block)
    ]
    return min(found)[1] if found else None


def why_none(occupancy: Occupancy, untouched: Occupancy, one: Applicant) -> WhyNone:
    """Why nothing is offered where `best_block` is none; `untouched` is before anybody of the line was offered."""
    now = _first_rule(occupancy, one)
    if now.code in {NoFit.QUOTA_FULL, NoFit.POWER_SHORT}:
        return now
    return WhyNone(NoFit.TAKEN_BEFORE) if best_block(untouched, one) is not None else _first_rule(untouched, one)


def _first_rule(occupancy: Occupancy, one: Applicant) -> WhyNone:
    """The first rule that leaves no block, goods and needs before wishes."""
    if _quota_is_full(occupancy, one):
        return WhyNone(NoFit.QUOTA_FULL)
    question, free = occupancy.question, list(occupancy.free_blocks(one.size))
    if not free:
        return WhyNone(NoFit.NO_ROW, {"booths": one.size}) if occupancy.free_booths else WhyNone(NoFit.NOTHING_FREE)
    meant = [block for block in free if _is_meant_for(occupancy, one, block)]
    if not meant:
        return WhyNone(NoFit.OTHER_GOODS)
    fitting = [block for block in meant if question.fits(one.number, block)]
    if not fitting:
        return WhyNone(NoFit.NEEDS_MISSING, {"needs": _missing(occupancy, one, meant)})
    if all(question.rank(one.number, block) is None for block in fitting):
        return WhyNone(NoFit.NOT_WISHED)
    return WhyNone(NoFit.POWER_SHORT, {"watts": one.application.power_w})


def _quota_is_full(occupancy: Occupancy, one: Applicant) -> bool:
    quotas = occupancy.question.instance.rules.quotas
    return any(
        (most := quotas[quota].maximum) is not None and occupancy.heads[quota] >= most
        for quota in occupancy.question.quotas_of[one.number]
    )


def _is_carried(occupancy: Occupancy, one: Applicant, block: int) -> bool:
    zone = occupancy.question.floor.blocks[block].zone
    return occupancy.power[zone] + one.application.power_w <= occupancy.capacity[zone]


def _is_meant_for(occupancy: Occupancy, one: Applicant, block: int) -> bool:
    """Whether its zone takes the kind of product and none of its booths is kept for others."""
    found = occupancy.question.floor.blocks[block]
    takes = one.application.category in occupancy.question.instance.zones[found.zone].categories
    return takes and not found.kept & ~one.matches


def _missing(occupancy: Occupancy, one: Applicant, blocks: list[int]) -> tuple[str, ...]:
    """What no block has of what is needed; where each has something and none has all, everything that is needed."""
    floor = occupancy.question.floor
    given = 0
    for block in blocks:
        given |= floor.blocks[block].gives
    lacking = one.needs & ~given or one.needs
    return tuple(name for bit, name in FACILITIES.items() if lacking & bit)
