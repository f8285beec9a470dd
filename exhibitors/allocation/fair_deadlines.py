"""The dates that organisers work towards: of one fair, and the next ones of many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.call_terms import CallTerms
from foundation import clock

CALL = frozenset({"call_opens", "soft_close", "call_closes"})
"""Dates of the call, which may have been closed by hand before them."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date in the fair's life: `code` says which, `state` is done, current or todo."""

    code: str
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date of one of many fairs that is still to come."""

    fair: Fair
    code: str
    at: datetime

    @property
    def days_left(self) -> int:
        """Days in Vietnam until then, 0 for today."""
        return (clock.local_day(self.at) - clock.today()).days


Moments = Mapping[str, datetime]
"""Dates of a fair that do not stand with the fair itself: code → moment."""


def moments_beside(session: Session, fair_ids: Collection[int]) -> Mapping[int, Moments]:
    """For each fair: when late applications begin to wait, and by when the first offered booth must be confirmed.

    Two queries.
    """
    soft = select(CallTerms.fair_id, CallTerms.soft_closes_at).where(CallTerms.fair_id.in_(fair_ids))
    confirm = (
        select(BoothApplication.fair_id, func.min(BoothApplication.confirm_by))
        .where(BoothApplication.fair_id.in_(fair_ids), BoothApplication.state == ApplicationState.ACCEPTED)
        .group_by(BoothApplication.fair_id)
    )
    found: dict[int, dict[str, datetime]] = {}
    for code, query in (("soft_close", soft), ("confirm_by", confirm)):
        for fair_id, moment in session.execute(query):
            if moment is not None:
                found.setdefault(fair_id, {})[code] = moment
    return found


def milestones_of(fair: Fair, beside: Moments) -> list[Milestone]:
    """The known dates in order; the next one is the current one."""
    known = _dates(fair, beside)
    next_at = next((at for at, _ in known if at > clock.now()), None)
    return [
        Milestone(code, at, "done" if at <= clock.now() else "current" if at == next_at else "todo")
        for at, code in known
    ]


def next_deadlines(
    fairs: Sequence[Fair], beside: Mapping[int, Moments], most: int, more: Sequence[Deadline] = ()
) -> list[Deadline]:
    """The dates of these fairs that are still to come and `more`, the nearest first."""
    coming = [
        Deadline(fair, code, at)
        for fair in fairs
        for at, code in _dates(fair, beside.get(fair.id, {}))
        if at > clock.now()
    ]
    return sorted([*coming, *more], key=lambda deadline: (deadline.at, deadline.fair.id))[:most]


def answers_are_late(fair: Fair) -> bool:
    """Whether the day on which answers were promised has passed."""
    return fair.answer_by is not None and fair.answer_by < clock.today()


def _dates(fair: Fair, beside: Moments) -> list[tuple[datetime, str]]:
    """In order; of a call that was closed by hand, only those that had come."""
    dates: list[tuple[str, datetime | None]] = [
        *beside.items(),
        ("call_opens", fair.call_opens_at),
        ("call_closes", fair.call_closes_at),
        ("answer_by", clock.local_moment(fair.answer_by, time(23, 59)) if fair.answer_by else None),
        ("opening", clock.local_moment(fair.first_day, fair.opens_at) if fair.first_day else None),
        ("closing", clock.local_moment(fair.last_day, fair.closes_at) if fair.last_day else None),
    ]
    known = [(at, code) for code, at in dates if at and (code not in CALL or fair.tells_date_of_call(at))]
    return sorted(known, key=lambda pair: pair[0])
