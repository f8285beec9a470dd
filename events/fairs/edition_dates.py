"""Every date that moves with an edition: each capability tells its own here, beside its copier.

    @dates_with_edition
    def dates_of_questions(session: Session, fair: Fair) -> Iterator[EditionDate]:
        yield EditionDate("question_frozen_from", question.frozen_from, question.text)

The words for the names are registered with `name_dates` in the wording of the capability.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from events.fairs.day_shift import DayShift, shift_moment
from events.fairs.fair import Fair
from foundation.bilingual import Bilingual
from foundation.clock import local_day


@dataclass(frozen=True, slots=True)
class EditionDate:
    """A day or an aware moment of a fair's set-up, the name of what falls on it, and of which thing it is."""

    name: str
    falls: date | datetime
    of: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class MovedDate:
    """Where something lies in this edition and where in the new one."""

    name: str
    old: date | datetime
    new: date | datetime
    of: Bilingual | None = None


Teller = Callable[[Session, Fair], Iterable[EditionDate]]
_tellers: dict[str, Teller] = {}


def dates_with_edition(teller: Teller) -> Teller:
    """Register who tells more dates."""
    _tellers[f"{teller.__module__}.{teller.__name__}"] = teller
    return teller


def move_dates_told(session: Session, fair: Fair, shift: DayShift) -> list[MovedDate]:
    """What every capability has told, moved, in the order of its days. Refuses `day_out_of_range`."""
    told = [one for _, teller in sorted(_tellers.items()) for one in teller(session, fair)]
    return sorted((_moved(one, shift) for one in told), key=day_of)


def day_of(moved: MovedDate) -> date:
    """The day in Vietnam on which it lies in this edition."""
    return local_day(moved.old) if isinstance(moved.old, datetime) else moved.old


def _moved(one: EditionDate, shift: DayShift) -> MovedDate:
    new = shift_moment(shift, one.falls) if isinstance(one.falls, datetime) else shift.day(one.falls)
    return MovedDate(one.name, one.falls, new, one.of)
