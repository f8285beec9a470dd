"""Who is in: quotas first, then the highest total priority. Wishes are not read, except those of
applicants who refuse everything they did not list: for them the list says where they can stand at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from exhibitors.allocation.optimiser.applicants import Applicant, Question
from exhibitors.allocation.optimiser.linear_model import LinearModel
from exhibitors.allocation.optimiser.packing import Packing
from exhibitors.allocation.optimiser.policies import Standing
from exhibitors.allocation.optimiser.quota_rows import Heads, add_caps, add_quotas
from exhibitors.allocation.optimiser.seating import seat, zones_of_group

# size, facilities, reservations matched, zones, watts, and the applicant when it named single booths only
Group = tuple[int, int, int, tuple[int, ...], int, int]


@dataclass
class AdmissionModel:
    """The model with the columns that carry its meaning."""

    packing: Packing
    admitted: dict[int, int] = field(default_factory=dict)
    in_zone: dict[tuple[int, int], int] = field(default_factory=dict)
    groups: list[tuple[int, ...]] = field(default_factory=list)
    on_block: dict[tuple[int, int], int] = field(default_factory=dict)
    shortfall: dict[int, int] = field(default_factory=dict)

    @property
    def model(self) -> LinearModel:
        """The linear model itself."""
        return self.packing.model


def free_booths(question: Question) -> list[bool]:
    """Booths that are neither blocked nor given away by hand."""
    free = [not booth.blocked for booth in question.instance.booths]
    for booths in question.pinned.values():
        for booth in booths:
            free[booth] = False
    return free


def power_left(question: Question) -> dict[int, int]:
    """What the pinned leave of each zone's line, for the zones whose line could be overloaded at all."""
    asked: dict[int, int] = defaultdict(int)
    used: dict[int, int] = defaultdict(int)
    for number, booths in question.pinned.items():
        zone = question.floor.zone_number[question.instance.booths[booths[0]].zone]
        used[zone] += question.applicants[number].application.power_w
    for one in question.applicants:
        if one.number not in question.pinned:
            for zone in one.zones:
                asked[zone] += one.application.power_w
    left = {zone: question.instance.zones[zone].power_w - used[zone] for zone in asked}
    return {zone: watts for zone, watts in sorted(left.items()) if asked[zone] > watts}


def listed_places(question: Question, one: Applicant) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Zones and single blocks where the applicant may stand at all, its own refusal included."""
    if one.application.accept_any:
        return one.zones, ()
    zones = tuple(sorted(one.zone_rank))
    blocks: set[int] = set()
    for booth in one.booth_rank:
        zone = question.floor.zone_number[question.instance.booths[booth].zone]
        if zone not in one.zone_rank:
            blocks.update(b for b in question.blocks_in(one.number, zone) if booth in question.floor.blocks[b].booths)
    return zones, tuple(sorted(blocks))


def admission_model(question: Question, standing: Standing) -> AdmissionModel:
    """The model of stage one. Applicants stand in it in the order of their turns: which of several equal answers the
    solver finds first is then up to the lot as well, and never to how somebody is called.
    """
    model = LinearModel()
    candidates = [one for one in question.applicants if one.zones and one.number not in question.pinned]
    candidates.sort(key=lambda one: (standing.turn[one.number], one.number))
    packing = Packing(question, model, free_booths(question))
    packing.lay_out({one.size for one in candidates})
    packing.wire(power_left(question))
    admission = AdmissionModel(packing)
    groups: dict[Group, list[Applicant]] = defaultdict(list)
    for one in candidates:
        zones, blocks = listed_places(question, one)
        if zones or blocks:
            named = one.number if blocks else -1
            groups[one.size, one.needs, one.matches, zones, one.application.power_w, named].append(one)
    for key, members in groups.items():
        _add_group(admission, key[4], members)
        for one in members:
            model.cost[admission.admitted[one.number]] = -float(standing.weight[one.number])
    add_quotas(model, question, Heads(admission.admitted), admission.shortfall)
    add_caps(model, question, Heads(admission.admitted))
    _add_whole_fair(admission)
    return admission


def _add_whole_fair(admission: AdmissionModel) -> None:
    """Rows for all booths and for all lines together. The zones say the same, but only in one row does the solver see
    that whole applications do not fill the last watt: of that it makes cutting planes.
    """
    packing, model = admission.packing, admission.model
    lines, applicants = packing.power_row, packing.question.applicants
    booths = model.row(upper=float(sum(packing.free)))
    watts = model.row(upper=sum(model.row_upper[row] for row in lines.values())) if lines else None
    for number, column in admission.admitted.items():
        one = applicants[number]
        model.put(booths, column, float(one.size))
        if watts is not None and one.application.power_w and all(zone in lines for zone in one.zones):
            model.put(watts, column, float(one.application.power_w))


def _add_group(admission: AdmissionModel, power: int, members: list[Applicant]) -> None:
    """Members stand in for each other: each has one column, the group has one for every zone."""
    packing, model = admission.packing, admission.model
    first = members[0]
    zones, blocks = listed_places(packing.question, first)
    row = model.row(upper=0.0)
    for one in members:
        admission.admitted[one.number] = column = model.column()
        model.put(row, column)
    group = len(admission.groups)
    admission.groups.append(tuple(one.number for one in members))
    for zone in zones:
        demand = packing.demand(zone, first.size, first.needs, first.matches)
        if demand is None:
            continue
        column = admission.in_zone[group, zone] = model.column(upper=float(len(members)))
        model.put(row, column, -1.0)
        model.put(demand, column)
        packing.draw_power(column, zone, power)
    for block in blocks:
        booths = packing.question.floor.blocks[block].booths
        if all(packing.free[booth] for booth in booths):
            column = admission.on_block[first.number, block] = model.column()
            model.put(row, column, -1.0)
            packing.take(column, booths)
            packing.draw_power(column, packing.question.floor.blocks[block].zone, power)


def seats_of_admission(admission: AdmissionModel, values: Sequence[float]) -> dict[int, int]:
    """A block for each applicant whom the solved model admits: a witness that all of them can stand together."""
    block_of = {number: block for (number, block), column in admission.on_block.items() if values[column] > 0.5}
    by_group: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (group, zone), column in admission.in_zone.items():
        by_group[group].append((zone, column))
    zone_of: dict[int, int] = {}
    for group, members in enumerate(admission.groups):
        inside = [n for n in members if values[admission.admitted[n]] > 0.5 and n not in block_of]
        zone_of.update(zones_of_group(inside, by_group[group], values))
    return seat(admission.packing, values, zone_of, block_of)
