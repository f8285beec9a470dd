"""Where a call stands at a moment: opening, soft close, hard close, and a zone's own window inside the fair's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise


class Standing(StrEnum):
    """What sending an application at a moment means."""

    NOT_OPEN = "not_open"
    ON_TIME = "on_time"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CallWindow:
    """Aware moments; None is open on that side. From `soft_closes_at` on what is sent is late."""

    opens_at: datetime | None = None
    soft_closes_at: datetime | None = None
    closes_at: datetime | None = None

    def standing(self, moment: datetime) -> Standing:
        """Where it stands; the closing moment itself is already closed, the soft one already late."""
        if self.opens_at is not None and moment < self.opens_at:
            return Standing.NOT_OPEN
        if self.closes_at is not None and moment >= self.closes_at:
            return Standing.CLOSED
        if self.soft_closes_at is not None and moment >= self.soft_closes_at:
            return Standing.LATE
        return Standing.ON_TIME

    def inside(self, outer: CallWindow) -> CallWindow:
        """This window where it says something, the outer one elsewhere; never wider than the outer one."""
        return CallWindow(
            opens_at=_latest(self.opens_at, outer.opens_at),
            soft_closes_at=self.soft_closes_at or outer.soft_closes_at,
            closes_at=_earliest(self.closes_at, outer.closes_at),
        )

    @property
    def is_in_order(self) -> bool:
        """Whether it opens before it closes softly before it closes."""
        moments = [moment for moment in (self.opens_at, self.soft_closes_at, self.closes_at) if moment is not None]
        return all(earlier < later for earlier, later in pairwise(moments))


def is_late(fair: CallWindow, wished_zones: Iterable[CallWindow], moment: datetime) -> bool:
    """Whether an application sent now is late: in every zone it wishes for, or at the fair where it wishes for none."""
    zones = [zone.inside(fair) for zone in wished_zones] or [fair]
    return all(zone.standing(moment) is Standing.LATE for zone in zones)


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)
