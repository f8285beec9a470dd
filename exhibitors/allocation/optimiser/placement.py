"""Where everybody stands who is in: wishes fulfilled as well as can be, higher classes first, the worst-off first.

The cost of a place is the square of the ranks missed, times the weight of the applicant's class; a class outweighs
everything below it, so that no lower class holds what a higher one misses and could be cured.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from exhibitors.allocation.optimiser.admission import free_booths, power_left
from exhibitors.allocation.optimiser.applicants import Applicant, Question
from exhibitors.allocation.optimiser.linear_model import LinearModel
from exhibitors.allocation.optimiser.packing import Packing
from exhibitors.allocation.optimiser.quota_rows import Heads, add_caps, add_maxima, add_minima, add_quotas
from exhibitors.allocation.optimiser.seating import seat, zones_of_group

HEAVIEST = 10**6  # costs above this drown the smallest in the solver's tolerances
DRAW_SHARE = 1e-4  # among equals the lottery ticket decides, far below one rank


@dataclass
class PlacementModel:
    """The model with the columns that carry its meaning; numbers are of applicants, zones, groups and blocks."""

    packing: Packing
    in_zone: dict[tuple[int, int], int] = field(default_factory=dict)
    on_block: dict[tuple[int, int], int] = field(default_factory=dict)
    off_list: dict[int, int] = field(default_factory=dict)
    groups: list[tuple[int, ...]] = field(default_factory=list)
    group_in_zone: dict[tuple[int, int], int] = field(default_factory=dict)
    without: dict[int, int] = field(default_factory=dict)
    shortfall: dict[int, int] = field(default_factory=dict)
    row_of: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the floor: the booths that are free in it and what is left of its power lines, by zone.

    `heads` and `held` are what those who stand already take of quotas and of the caps of producers; `wanted` are the
    seats of quotas that have to be filled here, as far as can be.
    """

    free: list[bool]
    power: dict[int, int]
    heads: Sequence[int]
    held: Mapping[str, int]
    wanted: Mapping[int, int]


def class_weights(
    question: Question, wish_class: Sequence[int], placed: Collection[int], heaviest: float = HEAVIEST
) -> dict[int, float]:
    """The weight of each class: more than all that one member of the next class can lose, as far as numbers allow."""
    classes = sorted({wish_class[number] for number in placed})
    if not classes:
        return {}
    worst = max(question.applicants[number].wishes for number in placed) ** 2
    base = float(worst + 2)
    if (worst + 2) ** (len(classes) - 1) > heaviest:  # in whole numbers: of hundreds of classes a float runs over
        base = heaviest ** (1 / (len(classes) - 1))
    return {name: base ** (len(classes) - 1 - place) for place, name in enumerate(classes)}


def placement_model(
    question: Question,
    wish_class: Sequence[int],
    placed: Collection[int],
    *,
    heaviest: float = HEAVIEST,
    loss: Mapping[int, float] | None = None,
    part: Part | None = None,
    rough: bool = False,
) -> PlacementModel:
    """The model of stage two for the applicants who are in and not pinned.

    With `loss` (the cost of leaving an applicant out) it decides both stages at once, roughly: the quick draft. With
    `part` it sees a part of the floor only, and of the minima of quotas what is wanted there. A `rough` one takes mean
    power and mean blocks of what is alike: it can be solved for thousands, its bound proves nothing.
    """
    model = LinearModel()
    packing = Packing(question, model, free_booths(question) if part is None else part.free, rough)
    ones = [question.applicants[number] for number in sorted(placed) if number not in question.pinned]
    packing.lay_out({one.size for one in ones})
    packing.wire(power_left(question) if part is None else part.power)
    placement = PlacementModel(packing)
    weights = class_weights(question, wish_class, [one.number for one in ones], heaviest)
    line = {one.number: place for place, one in enumerate(sorted(ones, key=lambda one: -one.ticket))}
    groups: dict[tuple[object, ...], list[Applicant]] = defaultdict(list)
    for one in ones:
        weight = weights[wish_class[one.number]] * (1 + DRAW_SHARE * line[one.number] / len(ones))
        _add_applicant(placement, one, weight, None if loss is None else loss[one.number])
        if one.application.accept_any:
            watts = 0 if rough else one.application.power_w
            groups[one.size, one.needs, one.matches, one.zones, watts].append(one)
    for members in groups.values():
        _add_group(placement, members)
    left_out = Heads(placement.without, inverted=True)
    if part is not None:
        add_maxima(model, question, left_out, part.heads)
        add_minima(model, question, left_out, part.wanted, placement.shortfall)
        add_caps(model, question, left_out, part.held)
    elif loss is not None:
        add_quotas(model, question, left_out, placement.shortfall)
        add_caps(model, question, left_out)
    return placement


def _add_applicant(placement: PlacementModel, one: Applicant, weight: float, loss: float | None) -> None:
    """One row: the applicant stands in a wished zone, on a wished booth, or somewhere off the list."""
    packing, model, question = placement.packing, placement.packing.model, placement.packing.question
    row = placement.row_of[one.number] = model.row(1.0, 1.0)
    watts = one.application.power_w
    for zone, rank in one.zone_rank.items():
        demand = packing.demand(zone, one.size, one.needs, one.matches)
        if demand is not None:
            column = placement.in_zone[one.number, zone] = model.column(weight * (rank - 1) ** 2)
            model.put(row, column)
            model.put(demand, column)
            packing.draw_power(column, zone, watts)
    for block in wished_blocks(question, one):
        found = question.floor.blocks[block]
        if all(packing.free[booth] for booth in found.booths):
            rank = one.rank(found.zone, found.booths) or one.off_list
            column = placement.on_block[one.number, block] = model.column(weight * (rank - 1) ** 2)
            model.put(row, column)
            packing.take(column, found.booths)
            packing.draw_power(column, found.zone, watts)
    if one.application.accept_any:
        column = placement.off_list[one.number] = model.column(weight * (one.off_list - 1) ** 2)
        model.put(row, column)
    if loss is not None:
        column = placement.without[one.number] = model.column(loss)
        model.put(row, column)


def wished_blocks(question: Question, one: Applicant) -> list[int]:
    """Fitting blocks through a booth that the applicant named, where that is better than the zone alone."""
    found: set[int] = set()
    for booth, rank in one.booth_rank.items():
        zone = question.floor.zone_number[question.instance.booths[booth].zone]
        if rank < one.zone_rank.get(zone, one.off_list):
            found.update(b for b in question.floor.through_booth[booth] if question.fits(one.number, b))
    return sorted(found)


def add_stay(placement: PlacementModel, number: int, block: int) -> int:
    """A column for staying exactly where one stands."""
    packing = placement.packing
    found = packing.question.floor.blocks[block]
    column = packing.model.column()
    packing.model.put(placement.row_of[number], column)
    packing.take(column, found.booths)
    packing.draw_power(column, found.zone, packing.question.applicants[number].application.power_w)
    return column


def _add_group(placement: PlacementModel, members: list[Applicant]) -> None:
    """Members off their lists stand in for each other: one column for each zone."""
    packing, model, first = placement.packing, placement.packing.model, members[0]
    watts = sum(one.application.power_w for one in members) / len(members)
    row = model.row(upper=0.0)
    for one in members:
        model.put(row, placement.off_list[one.number])
    group = len(placement.groups)
    placement.groups.append(tuple(one.number for one in members))
    for zone in first.zones:
        demand = packing.demand(zone, first.size, first.needs, first.matches)
        if demand is not None:
            column = placement.group_in_zone[group, zone] = model.column(upper=float(len(members)))
            model.put(row, column, -1.0)
            model.put(demand, column)
            packing.draw_power(column, zone, watts)


def seats_of_placement(placement: PlacementModel, values: Sequence[float]) -> dict[int, int]:
    """A block for each applicant whom the solved model seats."""
    zone_of = {number: zone for (number, zone), column in placement.in_zone.items() if values[column] > 0.5}
    block_of = {number: block for (number, block), column in placement.on_block.items() if values[column] > 0.5}
    by_group: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (group, zone), column in placement.group_in_zone.items():
        by_group[group].append((zone, column))
    for group, members in enumerate(placement.groups):
        away = [number for number in members if values[placement.off_list[number]] > 0.5]
        zone_of.update(zones_of_group(away, by_group[group], values))
    return seat(placement.packing, values, dict(sorted(zone_of.items())), block_of)
