"""The only place that asks what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC, to the second (feeds and receipts show no finer)."""
    return (_pretended.get() or datetime.now(UTC)).replace(microsecond=0)


def today() -> date:
    """The present day in Vietnam."""
    return local_day(now())


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Within this block the present is another moment: demonstration data lives through its past this way."""
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def local_day(moment: datetime) -> date:
    """The day in Vietnam on which an aware moment falls."""
    return moment.astimezone(VIETNAM).date()


def local_moment(day: date, clock: time) -> datetime:
    """A day and a clock time in Vietnam as an aware moment in UTC."""
    return datetime.combine(day, clock, VIETNAM).astimezone(UTC)
