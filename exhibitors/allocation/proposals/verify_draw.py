"""What anybody may know of a fair's draw: the commitment, and with the results the seed, question and answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import CallState, Fair
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal
from exhibitors.allocation.proposals.lottery_draw import LotteryDraw, draw_of, reveal_draw, was_in_time
from foundation import clock
from foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class PublicDraw:
    """The draw and, once revealed, the proposal that was put on the board last."""

    draw: LotteryDraw
    is_in_time: bool
    proposal: AllocationProposal | None


def public_draw(session: Session, fair: Fair) -> PublicDraw | None:
    """None while nothing was committed to; the files are loaded when they are asked for."""
    draw = draw_of(session, fair)
    if draw is None:
        return None
    proposal = adopted_proposal(session, fair) if draw.revealed_at else None
    return PublicDraw(draw, was_in_time(session, draw), proposal)


def reveal_with_results(session: Session, actor: Actor, fair: Fair) -> None:
    """Reveal the seed with the first results after the call: before it, somebody could still choose when to apply."""
    is_over = fair.call_state == CallState.CLOSED or (
        fair.call_closes_at is not None and fair.call_closes_at <= clock.now()
    )
    if is_over and adopted_proposal(session, fair) is not None:
        reveal_draw(session, actor, fair)


def adopted_proposal(session: Session, fair: Fair) -> AllocationProposal | None:
    """The proposal that is on the board: the one adopted last and not taken back."""
    return session.scalar(
        select(AllocationProposal)
        .where(AllocationProposal.fair_id == fair.id, AllocationProposal.adopted_at.is_not(None))
        .where(AllocationProposal.undone_at.is_(None))
        .order_by(AllocationProposal.adopted_at.desc())
        .limit(1)
    )
