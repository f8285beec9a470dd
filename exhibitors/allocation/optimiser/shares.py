"""Reads a linear program's answer zone by zone: who stands there, with a share of 0 to 1 where it could not decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from exhibitors.allocation.optimiser.placement import PlacementModel

SMALL = 1e-6


def shares_by_zone(placement: PlacementModel, values: Sequence[float]) -> dict[int, dict[int, float]]:
    """For each zone the applicants with a share in it."""
    shares: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for number, zone, share in (*_listed(placement, values), *_off_list(placement, values)):
        if share > SMALL:
            shares[zone][number] += share
    return shares


def _listed(placement: PlacementModel, values: Sequence[float]) -> Iterator[tuple[int, int, float]]:
    blocks = placement.packing.question.floor.blocks
    for (number, zone), column in placement.in_zone.items():
        yield number, zone, values[column]
    for (number, block), column in placement.on_block.items():
        yield number, blocks[block].zone, values[column]


def _off_list(placement: PlacementModel, values: Sequence[float]) -> Iterator[tuple[int, int, float]]:
    """Members of a group share its zones in the same proportion."""
    by_group: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (group, zone), column in placement.group_in_zone.items():
        if values[column] > SMALL:
            by_group[group].append((zone, values[column]))
    for group, spread in by_group.items():
        total = sum(share for _, share in spread)
        for number in placement.groups[group]:
            away = values[placement.off_list[number]]
            yield from ((number, zone, away * share / total) for zone, share in spread)
