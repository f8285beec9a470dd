"""The floor as blocks of one to three booths side by side, and who may stand on which block.

Everything is numbered: booths, zones, applications and blocks are positions in tuples sorted by id. Needs and
facilities are bits, so that "may stand here" is two operations on whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from exhibitors.allocation.optimiser.instance import Application, Instance

WATER, COLD, CORNER, FIRE = 1, 2, 4, 8
SIZES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of neighbouring, usable booths of one row; `gives` are its facilities, `kept` the reservations on it."""

    id: int
    zone: int
    booths: tuple[int, ...]
    gives: int
    kept: int


@dataclass(frozen=True)
class Floor:
    """The blocks of an empty fair, by zone and by booth."""

    instance: Instance
    booth_number: dict[str, int]
    zone_number: dict[str, int]
    reservations: tuple[tuple[str, object], ...]
    blocks: tuple[Block, ...]
    in_zone: dict[tuple[int, int], tuple[int, ...]]
    of_booths: dict[tuple[int, ...], int]
    _eligible: dict[tuple[int, int, int, int], tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def through_booth(self) -> tuple[tuple[int, ...], ...]:
        """For each booth the blocks that contain it."""
        through: list[list[int]] = [[] for _ in self.instance.booths]
        for block in self.blocks:
            for booth in block.booths:
                through[booth].append(block.id)
        return tuple(tuple(blocks) for blocks in through)

    @cached_property
    def neighbours(self) -> tuple[tuple[tuple[int, str], ...], ...]:
        """For each booth its neighbours with the kind of edge between them."""
        beside: list[list[tuple[int, str]]] = [[] for _ in self.instance.booths]
        for left, right, kind in self.instance.edges:
            one, other = self.booth_number[left], self.booth_number[right]
            beside[one].append((other, kind))
            beside[other].append((one, kind))
        return tuple(tuple(pairs) for pairs in beside)

    def kept_in_zone(self, zone: int, size: int) -> int:
        """All reservations that lie on any block of that size in the zone, as bits."""
        kept = 0
        for block in self.in_zone.get((zone, size), ()):
            kept |= self.blocks[block].kept
        return kept

    def fitting(self, zone: int, size: int, needs: int, matches: int) -> tuple[int, ...]:
        """Blocks of a zone with the facilities needed and no reservation for somebody else (category not asked)."""
        key = (zone, size, needs, matches)
        found = self._eligible.get(key)
        if found is None:
            blocks = self.blocks
            found = tuple(
                number
                for number in self.in_zone.get((zone, size), ())
                if not needs & ~blocks[number].gives and not blocks[number].kept & ~matches
            )
            self._eligible[key] = found
        return found


def needs_of(application: Application) -> int:
    """Facilities an application cannot do without, as bits."""
    return WATER * application.water + COLD * application.cold + CORNER * application.corner + FIRE * application.fire


def make_floor(instance: Instance) -> Floor:
    """Number the booths and list every block of one, two and three booths that is not broken by an aisle or a lock."""
    booths = instance.booths
    zone_number = {zone.id: number for number, zone in enumerate(instance.zones)}
    reservations = tuple(sorted({booth.reserved for booth in booths if booth.reserved}, key=repr))
    bit = {reservation: 1 << number for number, reservation in enumerate(reservations)}
    kept = [bit[booth.reserved] if booth.reserved else 0 for booth in booths]
    some = [WATER * booth.water + COLD * booth.cold + CORNER * booth.corner for booth in booths]
    rows: dict[str, list[int]] = defaultdict(list)
    for number, booth in enumerate(booths):
        if not booth.blocked:
            rows[booth.row].append(number)
    blocks: list[Block] = []
    in_zone: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in sorted(rows):
        numbers = sorted(rows[row], key=lambda number: booths[number].pos)
        zone = zone_number[booths[numbers[0]].zone]
        for size in SIZES:
            for start in range(len(numbers) - size + 1):
                run = tuple(numbers[start : start + size])
                if booths[run[-1]].pos - booths[run[0]].pos != size - 1:
                    continue
                gives, reserved, fire = 0, 0, FIRE
                for number in run:
                    gives |= some[number]
                    reserved |= kept[number]
                    fire = fire if booths[number].fire else 0
                in_zone[zone, size].append(len(blocks))
                blocks.append(Block(len(blocks), zone, run, gives | fire, reserved))
    return Floor(
        instance=instance,
        booth_number={booth.id: number for number, booth in enumerate(booths)},
        zone_number=zone_number,
        reservations=reservations,
        blocks=tuple(blocks),
        in_zone={key: tuple(found) for key, found in in_zone.items()},
        of_booths={tuple(sorted(block.booths)): block.id for block in blocks},
    )
