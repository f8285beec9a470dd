"""The optimiser's explanations as plain data that can be kept: facts that can be computed again, nobody named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exhibitors.allocation.optimiser.applicants import Applicant, Question
from exhibitors.allocation.optimiser.explanations import Explainer, Explanation
from exhibitors.allocation.optimiser.occupancy import Occupancy
from exhibitors.allocation.optimiser.policies import Policy


@dataclass(frozen=True, slots=True)
class Explained:
    """`rank` is the wish of the own list that was met, None off the list or without a place.

    Each reason is {"zone": name or None, "code": one of optimiser.explanations.Why, …its facts}; `next_best` is the
    zone of the best place that is still free: "" anywhere off the list, None when there is no such place.
    """

    score: int
    rank: int | None
    waiting: int | None
    next_best: str | None
    reasons: tuple[dict[str, Any], ...]


def explain_outcomes(
    question: Question, assignments: Mapping[str, Sequence[str]], policy: Policy
) -> dict[str, Explained]:
    """By id of the application, everybody who has not withdrawn."""
    floor = question.floor
    blocks = {
        question.applicant_number[id_]: floor.of_booths[tuple(sorted(floor.booth_number[booth] for booth in booths))]
        for id_, booths in assignments.items()
    }
    explainer = Explainer(Occupancy(question, blocks), policy)
    return {
        one.application.id: _explained(question, one, explainer.explain(one.number), blocks.get(one.number))
        for one in question.applicants
        if not one.application.withdrawn
    }


def _explained(question: Question, one: Applicant, explanation: Explanation, block: int | None) -> Explained:
    wished = [wish.zone for wish in one.application.wishes]
    zones = question.instance.zones
    home = None if block is None else zones[question.floor.blocks[block].zone].id
    return Explained(
        score=one.score,
        rank=wished.index(home) + 1 if home in wished else None,
        waiting=explanation.waitlist_place,
        next_best=_zone_of_rank(question, one, explanation.next_best),
        reasons=tuple(
            {"zone": reason.wish.zone if reason.wish else None, "code": reason.code.value} | reason.facts
            for reason in explanation.reasons
        ),
    )


def _zone_of_rank(question: Question, one: Applicant, rank: int | None) -> str | None:
    """Ranks count only wishes that an empty fair could fulfil; here they lead back to the zone that was meant."""
    if rank is None:
        return None
    found = (zone for zone, position in one.zone_rank.items() if position == rank)
    single = (booth for booth, position in one.booth_rank.items() if position == rank)
    places = [*(question.instance.zones[zone].id for zone in found), *(_zone_of(question, booth) for booth in single)]
    return next(iter(places), "")


def _zone_of(question: Question, booth: int) -> str:
    return question.instance.booths[booth].zone
