"""Questions about public fairs: what is on, what comes, what was; each fair with its venues and closed days loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from events.fairs.fair import Fair, FairState, FairVenue
from events.places.locality import District, Locality
from events.places.venue import Venue
from foundation import clock

PER_PAGE = 50
PUBLIC_STATES = [state.value for state in FairState if state is not FairState.DRAFT]


@dataclass(frozen=True, slots=True)
class FairFilters:
    """What a visitor narrows the list to; empty means everything.

    `when` is "now", "coming" or "past"; `district` the slug of a former district; `sort` "day" or "name".
    """

    query: str = ""
    kind: str = ""
    when: str = ""
    year: int | None = None
    district: str = ""
    sort: str = "day"


@dataclass(frozen=True, slots=True)
class FairsPage:
    """One page of a list of fairs; `number` counts from 1."""

    rows: Sequence[Fair]
    total: int
    number: int
    pages: int


def whats_on(session: Session, day: date) -> list[Fair]:
    """Published fairs whose days include this one, the one that ends first at the top; a closed day counts as well."""
    statement = _public().where(Fair.state == FairState.PUBLISHED, Fair.first_day <= day, Fair.last_day >= day)
    return list(session.scalars(statement.order_by(Fair.last_day, Fair.id)))


def coming_fairs(session: Session, day: date, *, most: int = PER_PAGE) -> list[Fair]:
    """Fairs that begin after this day, soonest first, those without a day last; postponed and cancelled ones too."""
    statement = _public().where(_comes_after(day))
    return list(session.scalars(statement.order_by(*_soonest_first()).limit(most)))


def past_fairs(session: Session, day: date, *, most: int = PER_PAGE) -> list[Fair]:
    """Fairs that ended before this day, latest first; one without a day is past when its year is."""
    return list(session.scalars(_public().where(_was_before(day)).order_by(*_latest_first()).limit(most)))


def fairs_between(session: Session, first: date, last: date) -> list[Fair]:
    """Public fairs with at least one of their days from `first` to `last`, in order of their first days."""
    statement = _public().where(Fair.first_day <= last, Fair.last_day >= first)
    return list(session.scalars(statement.order_by(Fair.first_day, Fair.id)))


def fairs_page(session: Session, filters: FairFilters, page: int = 1, *, day: date | None = None) -> FairsPage:
    """The page asked for, else the nearest one there is; `day` is the day that "now" means (today, unless told)."""
    condition = and_(*_conditions(filters, day or clock.today()))
    total = session.scalar(select(func.count(Fair.id)).where(condition)) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, page), pages)
    statement = select(Fair).options(*with_venues()).where(condition).order_by(*_order(filters))
    rows = session.scalars(statement.offset((number - 1) * PER_PAGE).limit(PER_PAGE))
    return FairsPage(list(rows), total, number, pages)


def public_years(session: Session) -> list[int]:
    """The years that have a public fair, latest first, for the filter."""
    statement = select(Fair.year).where(Fair.state.in_(PUBLIC_STATES)).distinct()
    return list(session.scalars(statement.order_by(Fair.year.desc())))


def find_public_fair(session: Session, slug: str) -> Fair | None:
    """The fair with this address and all that its page shows of it, in any state: the page asks who may see it."""
    return session.scalar(select(Fair).options(*with_places(), joinedload(Fair.organisation)).where(Fair.slug == slug))


def with_venues() -> tuple[ORMOption, ...]:
    """What a list of fairs shows: their venues by name, not the places those lie in."""
    names = selectinload(Fair.venues).joinedload(FairVenue.venue).lazyload(Venue.locality)
    return names, selectinload(Fair.closed_days)


def with_places() -> tuple[ORMOption, ...]:
    """What must be loaded with fairs so that showing a list of them asks no further question."""
    return selectinload(Fair.venues), selectinload(Fair.closed_days)


def _public() -> Select[Fair]:
    return select(Fair).options(*with_venues()).where(Fair.state.in_(PUBLIC_STATES))


def _comes_after(day: date) -> ColumnElement[bool]:
    return or_(Fair.first_day > day, and_(Fair.first_day.is_(None), Fair.year >= day.year))


def _was_before(day: date) -> ColumnElement[bool]:
    return or_(Fair.last_day < day, and_(Fair.last_day.is_(None), Fair.year < day.year))


def _soonest_first() -> tuple[UnaryExpression[Any], ...]:
    return Fair.first_day.asc().nulls_last(), Fair.year.asc(), Fair.id.asc()


def _latest_first() -> tuple[UnaryExpression[Any], ...]:
    # A fair without a day stands at the end of its year.
    return Fair.year.desc(), Fair.first_day.desc().nulls_last(), Fair.id.desc()


def _conditions(filters: FairFilters, day: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Fair.state.in_(PUBLIC_STATES), Fair.matches(filters.query)]
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


def _is_in_district(slug: str) -> ColumnElement[bool]:
    there = (
        select(FairVenue.fair_id)
        .join(Venue, Venue.id == FairVenue.venue_id)
        .join(Locality, Locality.id == Venue.locality_id)
        .join(District, District.id == Locality.district_id)
        .where(District.slug == slug)
    )
    return Fair.id.in_(there)


def _order(filters: FairFilters) -> tuple[UnaryExpression[Any], ...]:
    if filters.sort == "name":
        return Fair.folded.asc(), Fair.id.asc()
    return _soonest_first() if filters.when in {"now", "coming"} else _latest_first()
