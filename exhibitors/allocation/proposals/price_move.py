"""What a move by hand costs before it is made: rules broken or mended, wishes, equal neighbours, points passed over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.optimiser.applicants import Applicant, Question, ask
from exhibitors.allocation.optimiser.independent_check import violations
from exhibitors.allocation.optimiser.instance import Booth as PlacedBooth
from exhibitors.allocation.optimiser.lottery import commitment_of
from exhibitors.allocation.optimiser.reading import instance_from
from exhibitors.allocation.proposals.allocation_proposal import Candidates
from exhibitors.allocation.proposals.fair_facts import fair_facts
from exhibitors.allocation.proposals.fair_instance import fair_instance
from exhibitors.allocation.proposals.lottery_draw import LotteryDraw
from exhibitors.applications.booth_application import BoothApplication

NO_DRAW = "no draw"
OF_WHOLE_BLOCKS = frozenset({"SIZE", "NEED_WATER", "NEED_COLD", "NEED_CORNER"})
"""Rules that say nothing while a unit still lacks a booth."""

TWICE = "DOUBLE_BOOKED"
"""Broken by every shared booth, and meant."""

Seats = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule of the optimiser (`code`) and whom or which zone it is about."""

    code: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class OtherWish:
    """What a swap does to the wish of whoever has to leave the booth for it."""

    who: str
    rank_before: int | None
    rank_after: int | None


@dataclass(frozen=True, slots=True)
class MovePrice:
    """What would be otherwise afterwards; ranks are places in the unit's own list, None off it or without a booth.

    Ranks are those of the booth that is taken and of the one given up for it, whatever else the unit holds elsewhere.
    `passed_over` counts units with more points that would rather have the booth than what they have.
    """

    broken: tuple[BrokenRule, ...]
    mended: tuple[BrokenRule, ...]
    gives_up: bool
    rank_before: int | None
    rank_after: int | None
    neighbours_made: int
    neighbours_mended: int
    passed_over: int
    other: OtherWish | None = None


class MovePrices:
    """The board of today, read once; any number of moves can be priced against it."""

    def __init__(self, session: Session, fair: Fair) -> None:
        self._facts = facts = fair_facts(session, fair, Candidates.REVIEWED)
        data = fair_instance(facts, LotteryDraw(seed=NO_DRAW, commitment=commitment_of(NO_DRAW))).data
        data |= {"pins": {}, "published": None}
        self._question = ask(instance_from(data))
        self._applications = {one["id"]: one for one in data["applications"]}
        self._edges = [edge for edge in data["edges"] if edge[2] in data["policy"]["conflict_kinds"]]
        names = facts.booth_names
        self._names = names
        self._units = {facts.numbers[one.id]: one.producer.name_vi for one in facts.applications}
        self._seats = {
            facts.numbers[id_]: tuple(sorted(names[booth] for booth in held.booths if booth in names))
            for id_, held in facts.held.items()
            if facts.numbers.get(id_) in self._applications
        }
        self._before = _broken(self._question, self._seats)

    def price(
        self,
        application: BoothApplication,
        onto: Booth,
        *,
        instead_of: Booth | None = None,
        swap_with: BoothApplication | None = None,
        is_shared: bool = False,
    ) -> MovePrice | None:
        """Putting the application on the booth: as one more, instead of another booth, or in exchange for that;
        `is_shared` beside its holder.

        None for an application that the optimiser does not know: refused, withdrawn, not taken up.
        """
        number, names = self._facts.numbers.get(application.id, ""), self._names
        if number not in self._applications or onto.id not in names:
            return None
        left = names.get(instead_of.id, "") if instead_of is not None else ""
        after = dict(self._seats)
        after[number] = tuple(sorted({*self._seats.get(number, ()), names[onto.id]} - {left}))
        other = self._facts.numbers[swap_with.id] if swap_with is not None and left else ""
        if other:
            after[other] = tuple(sorted({*after.get(other, ()), left} - {names[onto.id]}))
        shared = names[onto.id] if is_shared else ""
        price = self._compare(number, after, names[onto.id], left=left, wanted=application.booths_wanted, shared=shared)
        return replace(price, other=self._other_wish(other, after, names[onto.id], left)) if other else price

    def name_of(self, number: str) -> str:
        """The unit behind a number in the draw; anything else as it is."""
        return self._units.get(number, number)

    def _other_wish(self, other: str, after: Seats, booth: str, gets: str) -> OtherWish | None:
        if other not in self._applications:
            return None
        before = self._rank(other, self._seats.get(other, ()), booth)
        return OtherWish(other, before, self._rank(other, after[other], gets))

    def _compare(self, number: str, after: Seats, booth: str, *, left: str, wanted: int, shared: str) -> MovePrice:
        then = _broken(self._question, after)
        if shared:
            then -= Counter({rule: n for rule, n in then.items() if (rule.code, rule.subject) == (TWICE, shared)})
        silent = OF_WHOLE_BLOCKS if len(after[number]) < wanted else frozenset()
        before, now = self._neighbours(self._seats), self._neighbours(after)
        return MovePrice(
            broken=tuple(
                rule for rule in (then - self._before) if not (rule.subject == number and rule.code in silent)
            ),
            mended=tuple(self._before - then),
            gives_up=bool(left),
            rank_before=self._rank(number, self._seats.get(number, ()), left),
            rank_after=self._rank(number, after[number], booth),
            neighbours_made=len(now - before),
            neighbours_mended=len(before - now),
            passed_over=self._passed_over(number, after, booth),
        )

    def _rank(self, number: str, held: Sequence[str], booth: str) -> int | None:
        """The wish that a booth meets, together with those of the unit's booths that stand in one run with it."""
        if booth not in held:
            return None
        run = self._run(held, booth)
        zone = self._booth(booth).zone
        wishes: list[dict[str, Any]] = self._applications[number]["prefs"]
        met = (
            place for place, wish in enumerate(wishes, start=1) if wish.get("booth") in run or wish.get("zone") == zone
        )
        return next(met, None)

    def _run(self, held: Sequence[str], booth: str) -> set[str]:
        """Those of these booths that stand side by side with this one: a wish for one of them is met by all."""
        here = self._booth(booth)
        by_place = {one.pos: one.id for one in map(self._booth, held) if (one.zone, one.row) == (here.zone, here.row)}
        first = last = here.pos
        while first - 1 in by_place:
            first -= 1
        while last + 1 in by_place:
            last += 1
        return {by_place[place] for place in range(first, last + 1)}

    def _booth(self, booth: str) -> PlacedBooth:
        return self._question.instance.booths[self._question.floor.booth_number[booth]]

    def _neighbours(self, seats: Seats) -> set[tuple[str, str]]:
        """Pairs of booths side by side or face to face whose different holders bring the same kind of product; a booth
        beside itself where two who share it do.
        """
        holders: dict[str, list[str]] = defaultdict(list)
        for number, booths in seats.items():
            for booth in booths:
                holders[booth].append(number)
        shared = [(booth, booth) for booth, those in holders.items() if len(those) > 1]
        return {
            (left, right)
            for left, right in [*((one, other) for one, other, _ in self._edges), *shared]
            if any(self._are_alike(one, other) for one in holders.get(left, ()) for other in holders.get(right, ()))
        }

    def _are_alike(self, one: str, other: str) -> bool:
        return one != other and self._applications[one]["product"] == self._applications[other]["product"]

    def _passed_over(self, number: str, after: Seats, booth: str) -> int:
        applicants = self._question.applicants
        mine = applicants[self._question.applicant_number[number]]
        holder = {held: who for who, booths in after.items() for held in booths}
        return sum(
            self._would_rather(one, after.get(one.application.id, ()), booth, {**holder, booth: one.application.id})
            for one in applicants
            if one.score > mine.score and one.number != mine.number
        )

    def _would_rather(self, one: Applicant, held: tuple[str, ...], booth: str, holder: Mapping[str, str]) -> bool:
        """Whether a block through the booth, else its own or free, is better for the unit than what it has."""
        question, floor = self._question, self._question.floor
        booths, id_ = question.instance.booths, one.application.id
        now = one.off_list + 1
        if held:
            numbers = tuple(floor.booth_number[other] for other in held)
            now = one.rank(floor.zone_number[booths[numbers[0]].zone], numbers) or one.off_list
        for block in floor.through_booth[floor.booth_number[booth]]:
            rank = question.rank(one.number, block) if question.fits(one.number, block) else None
            around = {holder.get(booths[other].id, id_) for other in floor.blocks[block].booths}
            if rank is not None and rank < now and around == {id_}:
                return True
        return False


def _broken(question: Question, seats: Seats) -> Counter[BrokenRule]:
    found = violations(question.instance, {number: booths for number, booths in seats.items() if booths})
    return Counter(BrokenRule(one.code, one.subject, one.detail) for one in found)
