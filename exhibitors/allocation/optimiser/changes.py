"""What a re-run changed for those published: places lost or moved, and better booths that came free to be offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exhibitors.allocation.optimiser.applicants import Question
from exhibitors.allocation.optimiser.least_change import published_places
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.policies import Standing


def moves_of(question: Question, occupancy: Occupancy) -> tuple[list[int], list[int]]:
    """Published applicants who have no place any more, and those who stand elsewhere."""
    lost, moved = [], []
    for number, booths in published_places(question).items():
        if number not in occupancy.block_of:
            lost.append(number)
        elif tuple(sorted(question.floor.blocks[occupancy.block_of[number]].booths)) != booths:
            moved.append(number)
    return lost, moved


def changes_of(question: Question, standing: Standing, occupancy: Occupancy) -> dict[str, Any]:
    """The same as plain data with ids; empty when nothing was published."""
    if question.instance.published is None:
        return {}
    lost, moved = moves_of(question, occupancy)
    ids = [one.application.id for one in question.applicants]
    booths = question.instance.booths

    def named(block: int) -> list[str]:
        return sorted(booths[booth].id for booth in question.floor.blocks[block].booths)

    return {
        "lost": [ids[number] for number in lost],
        "moved": [ids[number] for number in moved],
        "offers": [
            {"application": ids[one.application], "booths": named(one.block), "rank": one.rank, "now": one.rank_now}
            for one in better_booths(question, standing, occupancy)
        ],
    }


@dataclass(frozen=True, slots=True)
class BetterBooth:
    """A free block that somebody published would like better than the own one: to be offered, not given."""

    application: int
    block: int
    rank: int
    rank_now: int


def better_booths(question: Question, standing: Standing, occupancy: Occupancy) -> list[BetterBooth]:
    """Offers in the order of the policy; each free block is offered once, to the first who would gain by it."""
    published = published_places(question)
    order = sorted(
        (number for number in published if number in occupancy.block_of),
        key=lambda number: (standing.wish_class[number], question.applicants[number].ticket),
    )
    taken: set[int] = set()
    offers = []
    for number in order:
        one, old = question.applicants[number], occupancy.block_of[number]
        now = question.rank(number, old) or one.off_list
        home = question.floor.blocks[old].zone
        found = []
        for block in occupancy.free_blocks(one.size):
            spot = question.floor.blocks[block]
            watts = occupancy.power[spot.zone] + one.application.power_w * (spot.zone != home)
            if (
                taken.isdisjoint(spot.booths)
                and watts <= occupancy.capacity[spot.zone]
                and question.fits(number, block)
            ):
                rank = question.rank(number, block)
                if rank is not None and rank < now:
                    found.append((rank, block))
        if found:
            rank, block = min(found)
            taken.update(question.floor.blocks[block].booths)
            offers.append(BetterBooth(number, block, rank, now))
    return offers
