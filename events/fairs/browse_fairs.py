"""Questions about public fairs: what is on, what comes, what was; lists come as rows with venues and closed days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, bindparam, case, func, not_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from accounts.administer_organisations import counts_work
from events.fairs.fair import Fair, FairState, FairVenue
from events.fairs.fair_hours import FairHours
from events.fairs.listed_fair import ListedFair, listed, read_listed
from events.places.directions import Point
from events.places.find_places import localities_of
from events.places.venue import Venue
from foundation import clock
from foundation.database import read_rows

PER_PAGE = 50
MOST_IN_A_MONTH = 400
PUBLIC_STATES = [state.value for state in FairState if state is not FairState.DRAFT]


@dataclass(frozen=True, slots=True)
class FairFilters:
    """What a visitor narrows the list to; empty means everything.

    `when` is "now", "coming" or "past"; `district` the slug of a former district or the
    code of a locality; `sort` "day" or "name".
    """

    query: str = ""
    kind: str = ""
    when: str = ""
    year: int | None = None
    district: str = ""
    sort: str = "day"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out: an empty list then is no empty house."""
        return replace(self, sort="day") != FairFilters()


@dataclass(frozen=True, slots=True)
class FairsPage:
    """One page of a list of fairs; `number` counts from 1."""

    rows: Sequence[ListedFair]
    total: int
    number: int
    pages: int


@counts_work
def count_fairs_going_on(session: Session, organisation_id: int) -> int:
    """Published fairs of an organising body that are not over; a fair without days may still come."""
    not_over = or_(Fair.last_day.is_(None), Fair.last_day >= clock.today())
    query = select(func.count(Fair.id)).where(Fair.organisation_id == organisation_id, not_over)
    return session.scalar(query.where(Fair.state == FairState.PUBLISHED)) or 0


def whats_on(session: Session, day: date) -> list[ListedFair]:
    """Published fairs whose days include this one, the one that ends first at the top; a closed day counts as well."""
    there = [Fair.state == FairState.PUBLISHED, Fair.first_day <= day, Fair.last_day >= day]
    return read_listed(session, listed(*there, order=(Fair.last_day.asc(), Fair.id.asc())), most=MOST_IN_A_MONTH)


def opening_hours(session: Session, fair_id: int, day: date) -> tuple[time, time]:
    """When the fair opens and closes on a day: the day's own hours, else the usual ones."""
    usual = select(Fair.opens_at, Fair.closes_at).where(Fair.id == fair_id)
    own = select(FairHours.opens_at, FairHours.closes_at).where(FairHours.fair_id == fair_id, FairHours.day == day)
    opens_at, closes_at = session.execute(own).one_or_none() or session.execute(usual).one()
    return opens_at, closes_at


def coming_fairs(session: Session, day: date, *, most: int = PER_PAGE) -> list[ListedFair]:
    """Fairs that begin after this day, soonest first, those without a day last; postponed and cancelled ones too."""
    return read_listed(session, listed(_is_public(), _comes_after(day), order=_soonest_first()), most=most)


def points_of(session: Session, fair_ids: Sequence[int]) -> dict[int, list[Point]]:
    """The points on the map of the fairs' venues, where somebody has said them; one query."""
    there = (
        select(FairVenue.fair_id, Venue.latitude, Venue.longitude)
        .join(Venue, Venue.id == FairVenue.venue_id)
        .where(FairVenue.fair_id.in_(fair_ids))
        .order_by(FairVenue.fair_id, FairVenue.position)
    )
    points: dict[int, list[Point]] = {}
    for fair_id, latitude, longitude in session.execute(there):
        if latitude is not None and longitude is not None:
            points.setdefault(fair_id, []).append((latitude, longitude))
    return points


def past_fairs(session: Session, day: date, *, most: int = PER_PAGE) -> list[ListedFair]:
    """Fairs that ended before this day, latest first; one without a day is past when its year is."""
    return read_listed(session, listed(_is_public(), _was_before(day), order=_latest_first()), most=most)


def fairs_between(session: Session, first: date, last: date) -> list[ListedFair]:
    """Public fairs with at least one of their days from `first` to `last`, in order of their first days."""
    there = [_is_public(), Fair.first_day <= last, Fair.last_day >= first]
    return read_listed(session, listed(*there, order=(Fair.first_day.asc(), Fair.id.asc())), most=MOST_IN_A_MONTH)


def fairs_without_days(session: Session, year: int, month: int | None = None) -> list[ListedFair]:
    """Public fairs of a year whose days nobody knows, the known months first; `month` 1–12 for those of it alone."""
    there = [_is_public(), Fair.first_day.is_(None), Fair.year == year]
    if month is not None:
        there.append(Fair.month == month)
    order = (Fair.month.asc().nulls_last(), Fair.id.asc())
    return read_listed(session, listed(*there, order=order), most=MOST_IN_A_MONTH)


def fairs_page(session: Session, filters: FairFilters, page: int = 1, *, day: date | None = None) -> FairsPage:
    """The page asked for, else the nearest one there is; `day` is the day that "now" means (today, unless told)."""
    count, rows = _statements(filters, day or clock.today())
    total: int = read_rows(session, count)[0][0]
    if not total:
        return FairsPage([], 0, 1, 1)
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, page), pages)
    found = read_listed(session, rows, most=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return FairsPage(found, total, number, pages)


@lru_cache(maxsize=64)
def _statements(filters: FairFilters, day: date) -> tuple[Select[int], Select[*tuple[Any, ...]]]:
    """How many fit, and which: most visitors use no filter, and building a statement costs as much as asking it."""
    conditions = _conditions(filters, day)
    return select(func.count(Fair.id)).where(*conditions), listed(*conditions, order=_order(filters, day))


def public_years(session: Session) -> list[int]:
    """The years that have a public fair, latest first, for the filter."""
    statement = select(Fair.year).where(Fair.state.in_(PUBLIC_STATES)).distinct()
    return list(session.scalars(statement.order_by(Fair.year.desc())))


def find_public_fair(session: Session, slug: str) -> Fair | None:
    """The fair with this address and all that its page shows of it, in any state: the page asks who may see it."""
    return session.scalar(_FAIR, {"slug": slug})


def with_places() -> tuple[ORMOption, ...]:
    """What must be loaded with fairs so that showing a list of them asks no further question."""
    return selectinload(Fair.venues), selectinload(Fair.closed_days), selectinload(Fair.own_hours)


_SHOWN = (*with_places(), joinedload(Fair.organisation), joinedload(Fair.cover))
_FAIR = select(Fair).options(*_SHOWN).where(Fair.slug == bindparam("slug"))


def _is_public() -> ColumnElement[bool]:
    return Fair.state.in_(PUBLIC_STATES)


def passed_without_days(day: date) -> ColumnElement[bool]:
    """`is_past` for the database: the year, or the month of it that is known, has passed."""
    return or_(Fair.year < day.year, and_(Fair.year == day.year, func.coalesce(Fair.month, 12) < day.month))


def _comes_after(day: date) -> ColumnElement[bool]:
    return or_(Fair.first_day > day, and_(Fair.first_day.is_(None), not_(passed_without_days(day))))


def _was_before(day: date) -> ColumnElement[bool]:
    return or_(Fair.last_day < day, and_(Fair.last_day.is_(None), passed_without_days(day)))


def _soonest_first() -> tuple[UnaryExpression[Any], ...]:
    return Fair.first_day.asc().nulls_last(), Fair.year.asc(), Fair.id.asc()


def _latest_first() -> tuple[UnaryExpression[Any], ...]:
    # A fair without a day stands at the end of its year.
    return Fair.year.desc(), Fair.first_day.desc().nulls_last(), Fair.id.desc()


def _as_visitors_look(day: date) -> tuple[UnaryExpression[Any], ...]:
    """What is on and comes, soonest first; below it what has passed, latest first."""
    past = _was_before(day)
    return (
        case((past, 1), else_=0).asc(),
        case((past, None), else_=Fair.first_day).asc().nulls_last(),
        case((past, None), else_=Fair.year).asc().nulls_last(),
        *_latest_first(),
    )


def _conditions(filters: FairFilters, day: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_is_public(), Fair.matches(filters.query)]
    if filters.kind:
        conditions.append(Fair.kind == filters.kind)
    if filters.year is not None:
        conditions.append(Fair.year == filters.year)
    if filters.when == "now":
        conditions += [Fair.first_day <= day, Fair.last_day >= day]
    elif filters.when == "coming":
        conditions.append(_comes_after(day))
    elif filters.when == "past":
        conditions.append(_was_before(day))
    if filters.district:
        conditions.append(_is_in_district(filters.district))
    return conditions


def _is_in_district(place: str) -> ColumnElement[bool]:
    there = select(FairVenue.fair_id).join(Venue, Venue.id == FairVenue.venue_id)
    return Fair.id.in_(there.where(Venue.locality_id.in_(localities_of(place))))


def _order(filters: FairFilters, day: date) -> tuple[UnaryExpression[Any], ...]:
    if filters.sort == "name":
        return Fair.folded.asc(), Fair.id.asc()
    orders = {"now": _soonest_first, "coming": _soonest_first, "past": _latest_first}
    return orders[filters.when]() if filters.when in orders else _as_visitors_look(day)
