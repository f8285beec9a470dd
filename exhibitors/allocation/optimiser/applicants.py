"""Each application seen from the floor: the zones open to it, its attainable wishes, and the rank of a block.

A wish counts only when some block of the empty fair could fulfil it: otherwise padding a list with closed zones would
buy a better place. Off the list the rank is the length of the own list plus one: otherwise shortening a list would.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from exhibitors.allocation.optimiser.blocks import Floor, make_floor, needs_of
from exhibitors.allocation.optimiser.instance import Application, Instance, effective_score, priority
from exhibitors.allocation.optimiser.lottery import ticket


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the search needs to know of one application; zones, booths and blocks are numbers of the floor."""

    number: int
    application: Application
    size: int
    needs: int
    matches: int
    zones: tuple[int, ...]
    zone_rank: dict[int, int]
    booth_rank: dict[int, int]
    wishes: int
    score: int
    weight: int
    ticket: int

    @property
    def off_list(self) -> int:
        """The rank of a block that no wish matches."""
        return self.wishes + 1

    def rank(self, zone: int, booths: tuple[int, ...]) -> int | None:
        """1-based position of the first attainable wish a block fulfils; None when the applicant refuses it."""
        best = self.zone_rank.get(zone, self.off_list)
        if self.booth_rank:
            for booth in booths:
                best = min(best, self.booth_rank.get(booth, best))
        if best == self.off_list and not self.application.accept_any:
            return None
        return best


@dataclass(frozen=True)
class Question:
    """An instance, its floor and its applicants (withdrawn ones too, with no zone open to them)."""

    instance: Instance
    floor: Floor
    applicants: tuple[Applicant, ...]

    @cached_property
    def applicant_number(self) -> dict[str, int]:
        """The number of an application by its id."""
        return {one.application.id: one.number for one in self.applicants}

    @cached_property
    def pinned(self) -> dict[int, tuple[int, ...]]:
        """Booths of the applicants whose place was made by hand."""
        return {
            self.applicant_number[id_]: tuple(sorted(self.floor.booth_number[booth] for booth in booths))
            for id_, booths in self.instance.pins.items()
            if not self.applicants[self.applicant_number[id_]].application.withdrawn
        }

    @cached_property
    def quotas_of(self) -> tuple[tuple[int, ...], ...]:
        """For each applicant the quotas it counts in."""
        by_fact: dict[tuple[str, object], list[int]] = {}
        for number, quota in enumerate(self.instance.rules.quotas):
            by_fact.setdefault((quota.field, quota.value), []).append(number)
        names = sorted({name for name, _ in by_fact})
        return tuple(
            tuple(q for name in names for q in by_fact.get((name, one.application.value_of(name)), ()))
            for one in self.applicants
        )

    def rank(self, number: int, block: int) -> int | None:
        """The rank of a block for an applicant."""
        found = self.floor.blocks[block]
        return self.applicants[number].rank(found.zone, found.booths)

    def fits(self, number: int, block: int) -> bool:
        """Whether size, category, facilities and reservations let the applicant stand there (wishes not asked)."""
        one, found = self.applicants[number], self.floor.blocks[block]
        return (
            len(found.booths) == one.size
            and found.zone in one.zones
            and not one.needs & ~found.gives
            and not found.kept & ~one.matches
        )

    def blocks_in(self, number: int, zone: int) -> tuple[int, ...]:
        """Blocks of a zone where the applicant could stand in an empty fair."""
        one = self.applicants[number]
        return self.floor.fitting(zone, one.size, one.needs, one.matches) if zone in one.zones else ()


def ask(instance: Instance) -> Question:
    """Number everything once; every step of the optimiser works on what this returns."""
    floor = make_floor(instance)
    open_zones: dict[tuple[str, int, int, int], tuple[int, ...]] = {}
    applicants = []
    for number, application in enumerate(instance.applications):
        needs = needs_of(application)
        matches = 0
        for bit, (name, value) in enumerate(floor.reservations):
            matches |= (application.value_of(name) == value) << bit
        key = (application.category, application.want, needs, matches)
        if key not in open_zones:
            open_zones[key] = tuple(
                zone_number
                for zone_number, zone in enumerate(instance.zones)
                if application.category in zone.categories
                and floor.fitting(zone_number, application.want, needs, matches)
            )
        zones = () if application.withdrawn else open_zones[key]
        applicants.append(_applicant(floor, number, needs=needs, matches=matches, zones=zones))
    return Question(instance, floor, tuple(applicants))


def _applicant(floor: Floor, number: int, *, needs: int, matches: int, zones: tuple[int, ...]) -> Applicant:
    instance = floor.instance
    application = instance.applications[number]
    zone_rank: dict[int, int] = {}
    booth_rank: dict[int, int] = {}
    attainable = 0
    for wish in application.wishes:
        if wish.zone is not None:
            zone = floor.zone_number[wish.zone]
            if zone in zones:
                attainable += 1
                zone_rank.setdefault(zone, attainable)
        elif wish.booth is not None:
            booth = floor.booth_number[wish.booth]
            zone = floor.zone_number[instance.booths[booth].zone]
            fitting = floor.fitting(zone, application.want, needs, matches) if zone in zones else ()
            if any(booth in floor.blocks[block].booths for block in fitting):
                attainable += 1
                booth_rank.setdefault(booth, attainable)
    return Applicant(
        number=number,
        application=application,
        size=application.want,
        needs=needs,
        matches=matches,
        zones=zones,
        zone_rank=zone_rank,
        booth_rank=booth_rank,
        wishes=attainable,
        score=effective_score(instance.rules, application),
        weight=priority(instance.rules, application),
        ticket=ticket(instance.seed, application.id),
    )
