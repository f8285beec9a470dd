"""Who of the waiting list is next for which free booth, by the same rules that the proposals follow."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.optimiser.applicants import Applicant, Question, ask
from exhibitors.allocation.optimiser.lottery import commitment_of
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.reading import read_instance
from exhibitors.allocation.proposals.allocation_proposal import Candidates
from exhibitors.allocation.proposals.fair_facts import FairFacts, fair_facts
from exhibitors.allocation.proposals.fair_instance import ADMITTED, fair_instance
from exhibitors.allocation.proposals.lottery_draw import LotteryDraw, draw_of
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication

NO_DRAW = LotteryDraw(seed="none", commitment=commitment_of("none"))
NEVER_OFFERED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NextOffer:
    """Free booths and the first of the list whom they fit; `place` counts the line from 1, `rank` is the wish met.

    `passed` are those before in the line whom no free booth fits.
    """

    application: BoothApplication
    booths: Sequence[Booth]
    place: int
    score: int
    rank: int | None
    passed: int


def next_offers(session: Session, fair: Fair) -> list[NextOffer]:
    """Whom each free booth would go to now, in the order of the line; a constant number of queries.

    Whoever is accepted and stands nowhere has its booths kept first.

    The line goes by points, then by the draw (a fair without one: by the sending); whoever let an offer from the list
    lapse stands behind all others, whoever applied too late behind those in time.
    """
    draw = draw_of(session, fair)
    by_draw = draw is not None
    facts = fair_facts(session, fair, Candidates.ACCEPTED)
    waiting = {one.id: one for one in facts.applications if _waits(facts, one)}
    if not any(one.current is ApplicationState.WAITLISTED for one in waiting.values()):
        return []
    question = _question(facts, draw or NO_DRAW, waiting)
    by_number = {facts.numbers[id_]: application for id_, application in waiting.items()}
    booths = {name: booth for booth in facts.booths if (name := facts.booth_names[booth.id])}
    line = sorted(question.applicants, key=lambda one: _turn(one, by_number[one.application.id], by_draw=by_draw))
    return _offered(question, line, by_number, booths)


def _offered(
    question: Question, line: Sequence[Applicant], by_number: dict[str, BoothApplication], booths: dict[str, Booth]
) -> list[NextOffer]:
    occupancy = Occupancy(question, {})
    offers: list[NextOffer] = []
    promised = sum(one.current is not ApplicationState.WAITLISTED for one in by_number.values())
    for place, one in enumerate(line, start=1 - promised):
        block = _best_block(occupancy, one)
        if block is None:
            continue
        occupancy.place(one.number, block)
        if by_number[one.application.id].current is not ApplicationState.WAITLISTED:
            continue  # accepted long ago: the booth is kept for it
        named = [question.instance.booths[booth].id for booth in question.floor.blocks[block].booths]
        zone = question.floor.blocks[block].zone
        wished = [wish.zone for wish in one.application.wishes]
        home = question.instance.zones[zone].id
        offers.append(
            NextOffer(
                application=by_number[one.application.id],
                booths=[booths[name] for name in sorted(named)],
                place=place,
                score=one.score,
                rank=wished.index(home) + 1 if home in wished else None,
                passed=place - 1 - len(offers),
            )
        )
    return offers


def _best_block(occupancy: Occupancy, one: Applicant) -> int | None:
    """The free block that meets the best wish and keeps needs, power and quotas; None when there is none."""
    question = occupancy.question
    quotas = question.instance.rules.quotas
    for quota in question.quotas_of[one.number]:
        most = quotas[quota].maximum
        if most is not None and occupancy.heads[quota] >= most:
            return None
    found = []
    for block in occupancy.free_blocks(one.size):
        zone = question.floor.blocks[block].zone
        rank = question.rank(one.number, block)
        if rank is None or not question.fits(one.number, block):
            continue
        if occupancy.power[zone] + one.application.power_w <= occupancy.capacity[zone]:
            found.append((rank, block))
    return min(found)[1] if found else None


def _question(facts: FairFacts, draw: LotteryDraw, waiting: dict[int, BoothApplication]) -> Question:
    """The fair with all that is held taken away: booths, power and heads in quotas."""
    data = fair_instance(facts, draw).data
    names = facts.booth_names
    places = {
        facts.numbers[id_]: [names[booth] for booth in one.booths if booth in names]
        for id_, one in facts.held.items()
        if id_ in facts.numbers
    }
    closed = {name for held in places.values() for name in held}
    zone_of = {booth["id"]: booth["zone"] for booth in data["booths"]}
    numbers = {facts.numbers[id_] for id_ in waiting}
    standing = [one for one in data["applications"] if places.get(one["id"])]
    for booth in data["booths"]:
        booth["blocked"] = booth["blocked"] or booth["id"] in closed
    used: Counter[str] = Counter()
    for one in standing:
        used[zone_of[places[one["id"]][0]]] += one["power_w"]
    policy = data["policy"]
    policy["zone_power_w"] = {zone: max(0, watts - used[zone]) for zone, watts in policy["zone_power_w"].items()}
    for quota in policy["quotas"]:
        heads = sum(one[quota["field"]] == quota["value"] for one in standing)
        quota["min"] = 0
        quota["max"] = None if quota["max"] is None else max(0, quota["max"] - heads)
    data |= {"pins": {}, "published": None}
    data["applications"] = [one for one in data["applications"] if one["id"] in numbers]
    return ask(read_instance(json.dumps(data)))


def _waits(facts: FairFacts, application: BoothApplication) -> bool:
    return application.current in {ApplicationState.WAITLISTED, *ADMITTED} and application.id not in facts.held


def _turn(one: Applicant, application: BoothApplication, *, by_draw: bool) -> tuple[Any, ...]:
    lapsed = application.offered_from_list_at
    tie = one.ticket if by_draw else one.application.submitted
    waits = application.current is ApplicationState.WAITLISTED
    return waits, application.is_late, lapsed is not None, lapsed or NEVER_OFFERED, -one.score, tie
