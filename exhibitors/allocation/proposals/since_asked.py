"""What has changed at a fair since a proposal was asked for: the question is written again and compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, Candidates
from exhibitors.allocation.proposals.fair_facts import FairFacts, fair_facts
from exhibitors.allocation.proposals.fair_instance import FairInstance, fair_instance
from exhibitors.allocation.proposals.lottery_draw import LotteryDraw, draw_of


class Part(StrEnum):
    """The parts of a question in which a fair can have changed."""

    APPLICATIONS = "applications"
    PLAN = "plan"
    QUOTAS = "quotas"
    BOARD = "board"


PART_OF = {
    "applications": Part.APPLICATIONS,
    "zones": Part.PLAN,
    "booths": Part.PLAN,
    "edges": Part.PLAN,
    "args": Part.QUOTAS,
    "policy": Part.QUOTAS,
    "pins": Part.BOARD,
    "published": Part.BOARD,
}


def board_of(facts: FairFacts) -> dict[str, list[str]]:
    """Who stands where, by number in the draw: names of booths, in order."""
    names = facts.booth_names
    return {
        facts.numbers[application]: sorted(names[booth] for booth in held.booths if booth in names)
        for application, held in sorted(facts.held.items())
        if application in facts.numbers
    }


def written(question: FairInstance) -> str:
    """The question as the text that is kept, computed from and published."""
    return json.dumps(question.data, ensure_ascii=False, sort_keys=True)


def changed_since(session: Session, proposal: AllocationProposal) -> list[Part]:
    """The parts of the fair that are not as they were, in a fixed order; empty while the answer still holds."""
    draw = draw_of(session, proposal.fair)
    if draw is None:
        return list(Part)
    facts = fair_facts(session, proposal.fair, Candidates(proposal.candidates))
    parts = _compared(proposal, facts, draw)
    return [part for part in Part if part in parts]


def _compared(proposal: AllocationProposal, facts: FairFacts, draw: LotteryDraw) -> set[Part]:
    before: Mapping[str, Any] = json.loads(proposal.question)
    now: Mapping[str, Any] = json.loads(written(fair_instance(facts, draw)))
    parts = {part for name, part in PART_OF.items() if before.get(name) != now.get(name)}
    if proposal.board != board_of(facts):
        parts.add(Part.BOARD)
    return parts
