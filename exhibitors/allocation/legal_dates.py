"""What the law still asks of fairs: which day is due, and what has been missed, across all fairs of a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairState
from events.fairs.legal_basis import DeadlineState, LegalBasis, LegalDeadline, legal_basis_of, legal_deadlines
from events.fairs.permissions import desk_fairs, may_read_desk
from foundation import clock
from foundation.actor import Actor

LOOKED_BACK = timedelta(days=365)
"""A report that is owed for longer is no work of today."""
MOST_FAIRS = 200
OPEN = frozenset({DeadlineState.AHEAD, DeadlineState.SOON, DeadlineState.MISSED})


def due_at_law(session: Session, actor: Actor) -> list[tuple[Fair, LegalDeadline]]:
    """Everything that is due and not done at the fairs the person reads in whole; one query.

    Fairs that are over count for a year: their report falls due after the closing.
    """
    rows = session.execute(
        select(Fair, LegalBasis)
        .outerjoin(LegalBasis, LegalBasis.fair_id == Fair.id)
        .where(desk_fairs(actor), Fair.last_day >= clock.today() - LOOKED_BACK)
        .where(Fair.state.in_([FairState.DRAFT.value, FairState.PUBLISHED.value]))
        .order_by(Fair.last_day, Fair.id)
        .limit(MOST_FAIRS)
    ).all()
    return [(fair, due) for fair, legal in rows if may_read_desk(actor, fair) for due in _open_ones(fair, legal)]


def due_for_fair(session: Session, fair: Fair) -> Sequence[LegalDeadline]:
    """The same for one fair."""
    return _open_ones(fair, legal_basis_of(session, fair))


def end_of(due: LegalDeadline) -> datetime:
    """The last minute of the day on which it is due."""
    return clock.local_moment(due.due, time(23, 59))


def _open_ones(fair: Fair, legal: LegalBasis | None) -> list[LegalDeadline]:
    """Nobody registers a fair that has opened, and nobody reports about one that was never announced."""
    today = clock.today()
    if fair.state not in {FairState.DRAFT, FairState.PUBLISHED} or fair.first_day is None:
        return []
    moot = {"registration"} if fair.first_day <= today else set()
    if fair.state == FairState.DRAFT and fair.first_day <= today:
        moot.add("report")
    return [due for due in legal_deadlines(fair, legal, today) if due.state in OPEN and due.name not in moot]
