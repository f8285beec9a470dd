"""The life of a fair: its states, the one table of moves, and where it stands in time."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from foundation import clock


class FairState(StrEnum):
    """What the organiser decided; what follows from the clock is the phase."""

    DRAFT = "draft"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class CallState(StrEnum):
    """Whether producers may apply, as the organiser decided."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSED = "closed"


class Phase(StrEnum):
    """Where a fair stands today, for everybody to read."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CALL_OPEN = "call_open"
    PREPARING = "preparing"
    RUNNING = "running"
    OVER = "over"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


MOVES: dict[tuple[FairState, str], FairState] = {
    (FairState.DRAFT, "publish"): FairState.PUBLISHED,
    (FairState.PUBLISHED, "withdraw_from_public"): FairState.DRAFT,
    (FairState.PUBLISHED, "postpone"): FairState.POSTPONED,
    (FairState.POSTPONED, "resume"): FairState.PUBLISHED,
    (FairState.PUBLISHED, "cancel"): FairState.CANCELLED,
    (FairState.POSTPONED, "cancel"): FairState.CANCELLED,
    (FairState.CANCELLED, "restore"): FairState.PUBLISHED,
}
CALL_MOVES: dict[tuple[CallState, str], CallState] = {
    (CallState.NOT_OPEN, "open_call"): CallState.OPEN,
    (CallState.OPEN, "close_call"): CallState.CLOSED,
    (CallState.CLOSED, "open_call"): CallState.OPEN,
}


def is_past(year: int, month: int | None, day: date) -> bool:
    """Whether a year, or a month of it where one is known, has passed on a day."""
    return (year, month or 0) < (day.year, day.month if month else 0)


class CourseFacts(Protocol):
    """What decides where a fair stands."""

    @property
    def state(self) -> str: ...
    @property
    def call_state(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def month(self) -> int | None: ...
    @property
    def first_day(self) -> date | None: ...
    @property
    def last_day(self) -> date | None: ...
    @property
    def call_opens_at(self) -> datetime | None: ...
    @property
    def call_closes_at(self) -> datetime | None: ...
    @property
    def days_shut(self) -> frozenset[date]: ...


class FairCourse:
    """Where a fair stands in time; the same rules for the fair itself and for a row of a list."""

    __slots__ = ()

    def phase(self: CourseFacts, moment: datetime | None = None) -> Phase:
        """Where the fair stands at a moment (now, unless told)."""
        moment = moment or clock.now()
        if self.state != FairState.PUBLISHED:
            return Phase(self.state)
        day = clock.local_day(moment)
        if (self.last_day and day > self.last_day) or (self.last_day is None and is_past(self.year, self.month, day)):
            return Phase.OVER
        if self.first_day and day >= self.first_day:
            return Phase.RUNNING
        if FairCourse.takes_applications(self, moment):
            return Phase.CALL_OPEN
        return Phase.ANNOUNCED if self.call_state == CallState.NOT_OPEN else Phase.PREPARING

    def tells_date_of_call(self: CourseFacts, at: datetime | None) -> bool:
        """Whether this date of its call means something: one to come does not once the call was closed by hand."""
        return self.call_state != CallState.CLOSED or (at is not None and at <= clock.now())

    def takes_applications(self: CourseFacts, moment: datetime | None = None) -> bool:
        """Whether a producer may start or submit an application at the moment."""
        return FairCourse.why_no_application(self, moment) is None

    def why_no_application(self: CourseFacts, moment: datetime | None = None) -> str | None:
        """The reason code for which nobody can apply at the moment, or None."""
        moment = moment or clock.now()
        if self.state != FairState.PUBLISHED:
            return f"fair_{self.state}"
        if self.call_state == CallState.NOT_OPEN or (self.call_opens_at and moment < self.call_opens_at):
            return "call_not_open"
        if self.call_state == CallState.CLOSED or (self.call_closes_at and moment >= self.call_closes_at):
            return "call_closed"
        if self.last_day and clock.local_day(moment) > self.last_day:
            return "fair_over"
        return None

    def is_open_on(self: CourseFacts, day: date) -> bool:
        """Whether visitors find it open on the day: within its days and not a closed one."""
        if self.first_day is None or self.last_day is None or not self.first_day <= day <= self.last_day:
            return False
        return day not in self.days_shut
