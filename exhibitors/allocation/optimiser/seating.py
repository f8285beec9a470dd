"""From the numbers of a solved model to a block for everybody: what is interchangeable is handed out in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from exhibitors.allocation.optimiser.packing import Kind, Packing


def seat(
    packing: Packing, values: Sequence[float], zone_of: Mapping[int, int], block_of: Mapping[int, int]
) -> dict[int, int]:
    """A block for each applicant: those of `block_of` as they are, those of `zone_of`, in its order, somewhere fitting
    in their zone.

    An applicant for whom rounding left nothing is missing from the answer.
    """
    floor, applicants = packing.question.floor, packing.question.applicants
    taken = {booth for block in block_of.values() for booth in floor.blocks[block].booths}
    offered: dict[Kind, list[int]] = defaultdict(list)
    for block, column in packing.block_column.items():
        if values[column] > 0.5:
            found = floor.blocks[block]
            offered[found.zone, len(found.booths), found.gives, found.kept].append(block)
            taken.update(found.booths)
    for one in floor.blocks:
        if len(one.booths) == 1 and packing.free[one.booths[0]] and one.booths[0] not in taken:
            offered[one.zone, 1, one.gives, one.kept].append(one.id)
    asking: dict[Kind, list[int]] = defaultdict(list)
    for number, zone in zone_of.items():
        who = applicants[number]
        asking[zone, who.size, who.needs, who.matches & floor.kept_in_zone(zone, who.size)].append(number)
    seated = dict(block_of)
    for (demand, supply), column in packing.flows.items():
        for _ in range(round(values[column])):
            if asking[demand] and offered[supply]:
                seated[asking[demand].pop(0)] = offered[supply].pop(0)
    return seated


def zones_of_group(members: Sequence[int], zones: Sequence[tuple[int, int]], values: Sequence[float]) -> dict[int, int]:
    """Members of one group spread over its zones; `zones` are pairs of a zone and the column that counts it."""
    waiting = list(members)
    spread: dict[int, int] = {}
    for zone, column in zones:
        for _ in range(round(values[column])):
            if waiting:
                spread[waiting.pop(0)] = zone
    return spread
