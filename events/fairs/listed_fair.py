"""A fair as a row of a list: what lists and calendars say of it, in plain columns and without the fair itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from events.fairs.fair import CallState, ClosedDay, Fair, FairVenue
from events.fairs.fair_course import FairCourse
from events.places.venue import Venue
from foundation import clock
from foundation.bilingual import Bilingual
from foundation.database import read_rows

# Only where a call is open: a moment costs more to read than the rest of its row.
_CALL_OPENS_AT = case(
    (Fair.call_state == CallState.OPEN, func.coalesce(Fair.call_opens_at, Fair.published_at, Fair.created_at)),
    else_=Fair.call_opens_at,
)
_COLUMNS: tuple[Any, ...] = (
    Fair.id, Fair.slug, Fair.kind, Fair.state, Fair.call_state, Fair.name_vi, Fair.name_en, Fair.year, Fair.month,
    Fair.date_state, Fair.first_day, Fair.last_day, _CALL_OPENS_AT, Fair.call_closes_at,
)  # fmt: skip
_CLOSED_DAYS = select(ClosedDay.fair_id, ClosedDay.day).where(
    ClosedDay.fair_id.in_(bindparam("fair_ids", expanding=True))
)


@dataclass(slots=True)
class ListedFair(FairCourse):
    """One row; `call_opens_at` of an open call is the moment of publication where the organiser named none.

    `days_shut` is known for fairs whose days include today: on other fairs no list says it.
    """

    id: int
    slug: str
    kind: str
    state: str
    call_state: str
    name_vi: str
    name_en: str
    year: int
    month: int | None
    date_state: str
    first_day: date | None
    last_day: date | None
    call_opens_at: datetime | None
    call_closes_at: datetime | None
    venue_names: tuple[Bilingual, ...] = ()
    days_shut: frozenset[date] = frozenset()

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)


def listed(*conditions: ColumnElement[bool], order: Sequence[ColumnElement[Any]]) -> Select[*tuple[Any, ...]]:
    """The statement for `read_listed`: the fairs that fit, in this order, a line for each of their venues."""
    page = select(Fair.id).where(*conditions).order_by(*order).offset(bindparam("offset")).limit(bindparam("most"))
    return (
        select(*_COLUMNS, Venue.name_vi, Venue.name_en)
        .outerjoin(FairVenue, FairVenue.fair_id == Fair.id)
        .outerjoin(Venue, Venue.id == FairVenue.venue_id)
        .where(Fair.id.in_(page))
        .order_by(*order, FairVenue.position)
    )


def read_listed(
    session: Session, statement: Select[*tuple[Any, ...]], *, most: int, offset: int = 0
) -> list[ListedFair]:
    """At most so many fairs of a statement made by `listed`, with venues and closed days: always two queries."""
    fairs: dict[int, ListedFair] = {}
    for *columns, name_vi, name_en in read_rows(session, statement, {"most": most, "offset": offset}):
        fair = fairs.get(columns[0])
        if fair is None:
            fair = fairs[columns[0]] = ListedFair(*columns)
        if name_vi is not None:
            fair.venue_names += (Bilingual(name_vi, name_en),)
    today = clock.today()
    on_now = [
        fair.id
        for fair in fairs.values()
        if fair.first_day and fair.last_day and fair.first_day <= today <= fair.last_day
    ]
    for fair_id, day in read_rows(session, _CLOSED_DAYS, {"fair_ids": on_now}):
        fairs[fair_id].days_shut |= {day}
    return list(fairs.values())
