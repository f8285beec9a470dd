"""How applications share the floor, written as rows of a linear model that never names what is interchangeable.

Applications with the same size, facilities and reservations are alike inside a zone; so are blocks that give the same.
One column per block of two or three booths, one flow per kind of application and kind of block, and one row per kind of
single booth hold everything: the bound is that of the textbook model with a column for each application on each block.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.blocks import Block
from exhibitors.allocation.optimiser.linear_model import LinearModel

Kind = tuple[int, int, int, int]  # zone, size, facilities (given or needed), reservations (on the block or matched)


@dataclass
class Packing:
    """The rows and columns of the floor inside a model."""

    question: Question
    model: LinearModel
    free: list[bool]
    rough: bool = False
    block_column: dict[int, int] = field(default_factory=dict)
    booth_row: dict[int, int] = field(default_factory=dict)
    supply_row: dict[Kind, int] = field(default_factory=dict)
    supply_of_booth: dict[int, int] = field(default_factory=dict)
    supplies_in: dict[tuple[int, int], list[Kind]] = field(default_factory=lambda: defaultdict(list))
    demand_row: dict[Kind, int] = field(default_factory=dict)
    flows: dict[tuple[Kind, Kind], int] = field(default_factory=dict)
    power_row: dict[int, int] = field(default_factory=dict)

    def lay_out(self, sizes: set[int]) -> None:
        """Rows for the free blocks of the sizes that are asked for."""
        model, floor = self.model, self.question.floor
        through = {block for booth, free in enumerate(self.free) if free for block in floor.through_booth[booth]}
        counts: dict[Kind, int] = defaultdict(int)
        longer = []
        for block in (floor.blocks[number] for number in sorted(through)):
            if not all(self.free[booth] for booth in block.booths):
                continue
            size = len(block.booths)
            kind = (block.zone, size, block.gives, block.kept)
            if size == 1:
                counts[kind] += 1
                self._supply(kind)
                self.supply_of_booth[block.booths[0]] = self.supply_row[kind]
            elif size in sizes:
                longer.append((block, kind))
        for kind, count in counts.items():
            model.row_upper[self.supply_row[kind]] = count
        if self.rough:
            self._lay_out_roughly(longer)
            return
        for block, kind in longer:
            column = self.block_column[block.id] = model.column()
            model.put(self._supply(kind), column, -1.0)
            self.take(column, block.booths)

    def _lay_out_roughly(self, longer: list[tuple[Block, Kind]]) -> None:
        """One column for all blocks of a kind, which uses up what they use on average: where they lie is left open."""
        alike: dict[Kind, list[Block]] = defaultdict(list)
        for block, kind in longer:
            alike[kind].append(block)
        for kind, blocks in alike.items():
            booths = {booth for block in blocks for booth in block.booths}
            column = self.model.column(upper=float(min(len(blocks), len(booths) // kind[1])))
            self.model.put(self._supply(kind), column, -1.0)
            used: dict[int, float] = defaultdict(float)
            for block in blocks:
                for booth in block.booths:
                    used[self.supply_of_booth[booth]] += 1 / len(blocks)
            for row, share in used.items():
                self.model.put(row, column, share)

    def _supply(self, kind: Kind) -> int:
        row = self.supply_row.get(kind)
        if row is None:
            row = self.supply_row[kind] = self.model.row(upper=0.0)
            self.supplies_in[kind[0], kind[1]].append(kind)
        return row

    def take(self, column: int, booths: tuple[int, ...]) -> None:
        """The column, when 1, uses these booths up."""
        taken: dict[int, int] = defaultdict(int)
        for booth in booths:
            row = self.booth_row.get(booth)
            if row is None:
                row = self.booth_row[booth] = self.model.row(upper=1.0)
            self.model.put(row, column)
            taken[self.supply_of_booth[booth]] += 1
        for row, number in taken.items():
            self.model.put(row, column, float(number))

    def demand(self, zone: int, size: int, needs: int, matches: int) -> int | None:
        """The row where a column standing for an application in a zone puts 1; None when nothing there can fit."""
        kind = (zone, size, needs, matches & self.question.floor.kept_in_zone(zone, size))
        row = self.demand_row.get(kind)
        if row is None:
            suited = [
                supply for supply in self.supplies_in[zone, size] if not needs & ~supply[2] and not supply[3] & ~kind[3]
            ]
            if not suited:
                return None
            row = self.demand_row[kind] = self.model.row(upper=0.0)
            for supply in suited:
                column = self.flows[kind, supply] = self.model.column(upper=float(len(self.free)))
                self.model.put(row, column, -1.0)
                self.model.put(self.supply_row[supply], column)
        return row

    def draw_power(self, column: int, zone: int, watts: float) -> None:
        """The column, when 1, loads the line of its zone."""
        row = self.power_row.get(zone)
        if row is not None and watts:
            self.model.put(row, column, watts)

    def wire(self, capacity: dict[int, int]) -> None:
        """Rows for the power lines that could be overloaded, with what is left of each in watts."""
        for zone, watts in capacity.items():
            self.power_row[zone] = self.model.row(upper=float(watts))
