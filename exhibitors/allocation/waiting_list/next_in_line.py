"""Who of the waiting list is next for which free booth, by the same rules that the proposals follow."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.optimiser.applicants import Applicant, Question, ask
from exhibitors.allocation.optimiser.lottery import commitment_of
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.policies import BY_POINTS, Policy, place_in_line
from exhibitors.allocation.optimiser.reading import read_instance
from exhibitors.allocation.proposals.allocation_proposal import Candidates
from exhibitors.allocation.proposals.fair_facts import FairFacts, fair_facts
from exhibitors.allocation.proposals.fair_instance import ADMITTED, fair_instance
from exhibitors.allocation.proposals.lottery_draw import LotteryDraw, draw_of
from exhibitors.allocation.proposals.verify_draw import adopted_proposal
from exhibitors.allocation.waiting_list.fitting_block import WhyNone, best_block, why_none
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication

NO_DRAW = LotteryDraw(seed="none", commitment=commitment_of("none"))
NEVER_OFFERED = datetime.min.replace(tzinfo=UTC)


class LineOrder(StrEnum):
    """What puts one before another in the line."""

    POINTS_THEN_DRAW = "points_then_draw"
    POINTS_THEN_SENDING = "points_then_sending"
    DRAW = "draw"
    SENDING = "sending"


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


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """Somebody of the list to whom no free booth is offered now: the place in the line, and why."""

    application: BoothApplication
    place: int
    score: int
    why: WhyNone


@dataclass(frozen=True, slots=True)
class Turn:
    """One of the line with the block that is free for it at its turn, and what is held by then."""

    applicant: Applicant
    application: BoothApplication
    place: int
    block: int | None
    occupancy: Occupancy


@dataclass(frozen=True, slots=True)
class Line:
    """Who is offered something, and who goes on waiting."""

    offers: Sequence[NextOffer] = ()
    waiting: Sequence[StillWaiting] = ()


def next_offers(session: Session, fair: Fair) -> list[NextOffer]:
    """Whom each free booth would go to now, in the order of the line; a constant number of queries.

    Whoever is accepted and stands nowhere has its booths kept first.

    The line goes as `line_order` says; whoever let an offer from the list lapse stands behind all others, whoever
    applied too late behind those in time.
    """
    asked = _asked(session, fair)
    return list(_offers(asked)) if asked else []


def line_order(session: Session, fair: Fair) -> LineOrder:
    """By the policy of the proposal on the board; without one by points. Without a draw the sending parts equals."""
    return _order(_policy(session, fair), draw_of(session, fair))


def waiting_line(session: Session, fair: Fair) -> Line:
    """The same with everybody who goes on waiting, why nothing that is free is theirs."""
    asked = _asked(session, fair)
    if asked is None:
        return Line()
    untouched = Occupancy(asked.question, {})
    waiting = []
    for turn in _turns(asked):
        if turn.block is None:
            why = why_none(turn.occupancy, untouched, turn.applicant)
            waiting.append(StillWaiting(turn.application, turn.place, turn.applicant.score, why))
    return Line(list(_offers(asked)), waiting)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question of the free booths, its line, and the things that its names stand for."""

    question: Question
    line: Sequence[Applicant]
    by_number: dict[str, BoothApplication]
    booths: dict[str, Booth]


def _asked(session: Session, fair: Fair) -> _Asked | None:
    facts = fair_facts(session, fair, Candidates.ACCEPTED)
    waiting = {one.id: one for one in facts.applications if _waits(facts, one)}
    if not any(one.current is ApplicationState.WAITLISTED for one in waiting.values()):
        return None
    draw, policy = draw_of(session, fair), _policy(session, fair)
    by_sending = _order(policy, draw) is LineOrder.POINTS_THEN_SENDING
    question = _question(facts, draw or NO_DRAW, waiting)
    by_number = {facts.numbers[id_]: application for id_, application in waiting.items()}
    booths = {name: booth for booth in facts.booths if (name := facts.booth_names[booth.id])}
    line = sorted(
        question.applicants,
        key=lambda one: _turn(one, by_number[one.application.id], policy, by_sending=by_sending),
    )
    return _Asked(question, line, by_number, booths)


def _turns(asked: _Asked) -> Iterator[Turn]:
    """The list one after another; accepted units without a booth come first and have theirs kept, without a turn."""
    occupancy = Occupancy(asked.question, {})
    promised = sum(one.current is not ApplicationState.WAITLISTED for one in asked.by_number.values())
    for place, one in enumerate(asked.line, start=1 - promised):
        block, application = best_block(occupancy, one), asked.by_number[one.application.id]
        if application.current is ApplicationState.WAITLISTED:
            yield Turn(one, application, place, block, occupancy)
        if block is not None:
            occupancy.place(one.number, block)


def _offers(asked: _Asked) -> Iterator[NextOffer]:
    question, offered = asked.question, 0
    for turn in _turns(asked):
        if turn.block is None:
            continue
        block = question.floor.blocks[turn.block]
        named = [question.instance.booths[booth].id for booth in block.booths]
        wished = [wish.zone for wish in turn.applicant.application.wishes]
        home = question.instance.zones[block.zone].id
        yield NextOffer(
            application=turn.application,
            booths=[asked.booths[name] for name in sorted(named)],
            place=turn.place,
            score=turn.applicant.score,
            rank=wished.index(home) + 1 if home in wished else None,
            passed=turn.place - 1 - offered,
        )
        offered += 1


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


def _policy(session: Session, fair: Fair) -> Policy:
    adopted = adopted_proposal(session, fair)
    return Policy.BANDED_MERIT if adopted is None else Policy(adopted.policy)


def _order(policy: Policy, draw: LotteryDraw | None) -> LineOrder:
    if policy in BY_POINTS:
        return LineOrder.POINTS_THEN_SENDING if draw is None else LineOrder.POINTS_THEN_DRAW
    return LineOrder.SENDING if policy is Policy.FIRST_COME else LineOrder.DRAW


def _turn(
    one: Applicant, application: BoothApplication, policy: Policy, *, by_sending: bool
) -> tuple[bool, bool, bool, datetime, tuple[Any, ...]]:
    lapsed = application.offered_from_list_at
    own = (-one.score, one.application.submitted) if by_sending else place_in_line(policy, one)
    waits = application.current is ApplicationState.WAITLISTED
    return waits, application.is_late, lapsed is not None, lapsed or NEVER_OFFERED, own
