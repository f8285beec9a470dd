"""The draw of a fair: a secret seed whose SHA-256 is public before the call closes, revealed with the results."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import CallState, Fair, FairState
from exhibitors.allocation.optimiser.lottery import commitment_of
from foundation import clock
from foundation.actor import SYSTEM, Actor
from foundation.audit_trail import AuditEntry, record
from foundation.database import Base


class LotteryDraw(Base):
    """One seed for a whole fair: every application has one ticket, made from the seed and its number in the draw."""

    __tablename__ = "lottery_draw"
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), unique=True)
    seed: Mapped[str] = mapped_column(String(64))
    commitment: Mapped[str] = mapped_column(String(64))
    committed_at: Mapped[datetime]
    revealed_at: Mapped[datetime | None]

    fair: Mapped[Fair] = relationship()


def draw_of(session: Session, fair: Fair) -> LotteryDraw | None:
    """The fair's draw, None until it was committed to."""
    return session.scalar(select(LotteryDraw).where(LotteryDraw.fair_id == fair.id))


def was_in_time(session: Session, draw: LotteryDraw) -> bool:
    """Whether the commitment was public before the call closed, by its hour or by hand: only then nobody could have
    chosen the seed.
    """
    closes_at = draw.fair.call_closes_at
    last_move = session.scalar(
        select(AuditEntry.what)
        .where(AuditEntry.fair_id == draw.fair_id, AuditEntry.what.in_(("fair.open_call", "fair.close_call")))
        .where(AuditEntry.at <= draw.committed_at)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(1)
    )
    return last_move != "fair.close_call" and (closes_at is None or draw.committed_at <= closes_at)


def commit_draw(session: Session, actor: Actor, fair: Fair) -> LotteryDraw:
    """Choose the seed once and publish its SHA-256; asked again it answers the draw that is there.

    The trail keeps the commitment, never the seed.
    """
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    known = draw_of(session, fair)
    if known is not None:
        return known
    seed = secrets.token_hex(32)
    draw = LotteryDraw(fair=fair, seed=seed, commitment=commitment_of(seed), committed_at=clock.now())
    session.add(draw)
    session.flush()
    record(session, actor, "draw.commit", draw, fair_id=fair.id, new={"commitment": draw.commitment})
    return draw


def reveal_draw(session: Session, actor: Actor, fair: Fair) -> LotteryDraw | None:
    """Make the seed public with the results, once; None where the fair has no draw."""
    draw = draw_of(session, fair)
    if draw is None or draw.revealed_at is not None:
        return draw
    draw.revealed_at = clock.now()
    record(session, actor, "draw.reveal", draw, fair_id=fair.id, new={"seed": draw.seed})
    return draw


def commit_due_draws(session: Session) -> int:
    """Commit for every public fair whose call is open and has no draw yet; answers how many."""
    waiting = session.scalars(
        select(Fair).where(
            Fair.state == FairState.PUBLISHED,
            Fair.call_state == CallState.OPEN,
            Fair.id.not_in(select(LotteryDraw.fair_id)),
        )
    ).all()
    for fair in waiting:
        commit_draw(session, SYSTEM, fair)
    return len(waiting)
