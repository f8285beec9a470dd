"""Which fairs take applications now, which will, and which one to look at when a call is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from events.fairs.fair import CallState, Fair, FairState
from foundation import clock


@dataclass(frozen=True, slots=True)
class NextCall:
    """Another fair's call; `opens_at` is None when it is open already."""

    fair: Fair
    opens_at: datetime | None


def open_calls(session: Session) -> list[Fair]:
    """Fairs that take applications now, the call that closes first on top."""
    fairs = [fair for fair in session.scalars(_with_call(CallState.OPEN)) if fair.takes_applications()]
    return sorted(fairs, key=lambda fair: (fair.call_closes_at is None, fair.call_closes_at or clock.now(), fair.id))


def coming_calls(session: Session) -> list[Fair]:
    """Announced fairs whose call has a day on which it opens, the next one first."""
    fairs = session.scalars(_with_call(CallState.NOT_OPEN, CallState.OPEN))
    moment = clock.now()
    coming = [(fair.call_opens_at, fair) for fair in fairs if fair.call_opens_at and fair.call_opens_at > moment]
    return [fair for _, fair in sorted(coming, key=lambda row: (row[0], row[1].id))]


def next_call(session: Session, besides: Fair) -> NextCall | None:
    """What to tell whoever came to a closed call: an open call elsewhere, else the one that opens next."""
    for fair in open_calls(session):
        if fair.id != besides.id:
            return NextCall(fair, None)
    coming = next((fair for fair in coming_calls(session) if fair.id != besides.id), None)
    return NextCall(coming, coming.call_opens_at) if coming else None


def _with_call(*states: CallState) -> Select[Fair]:
    return (
        select(Fair)
        .where(Fair.state == FairState.PUBLISHED.value, Fair.call_state.in_([state.value for state in states]))
        .options(selectinload(Fair.venues))
    )
