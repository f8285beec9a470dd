"""Question: what a few words and filters find among products, producers, places and fairs; products first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from events.fairs.browse_fairs import FairFilters, FairsPage, fairs_page
from events.places.find_places import Place, find_places, units_asked_for
from events.places.place_words import place_query
from exhibitors.fair_days.sold_out import where_sold_out
from exhibitors.producers.producer_directory import (
    ProducerFilters,
    ProducersPage,
    ProductFilters,
    ProductsPage,
    counts_by_place,
    producers_page,
    products_page,
)
from exhibitors.results.likely_query import likely_query
from exhibitors.results.where_sold import Stand, When, producers_there, products_sold, stands_of
from foundation.folding import search_terms

MOST_PRODUCTS = 24
MOST_PRODUCERS = 12
MOST_PLACES = 12
"""Shown beside other things; all of them when places alone are asked for."""
MOST_FAIRS = 6
PER_PAGE = 50


class Kind(StrEnum):
    """What is looked among."""

    PRODUCTS = "products"
    PRODUCERS = "producers"
    PLACES = "places"
    FAIRS = "fairs"


class Counted(Protocol):
    """An answer that says how many rows there are."""

    @property
    def total(self) -> int: ...


CountedT = TypeVar("CountedT", bound=Counted)


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What is looked for; empty means all. `kind` is one thing to look among, `district` the slug of a former district
    or the code of a locality, `stars` the least number.

    What a filter cannot narrow is left out: fairs have no stars and no group, a place none of these.
    """

    query: str = ""
    kind: Kind | None = None
    district: str = ""
    group: str = ""
    stars: int | None = None
    when: When | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for; a kind alone is nothing."""
        return not search_terms(self.query) and not self.narrows

    @property
    def narrows(self) -> bool:
        """Whether anything but the words and the kind narrows what is found."""
        return replace(self, query="", kind=None) != SearchFilters()


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that the words name, and how many producers come from there."""

    place: Place
    producers: int


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, group by group; `stands` tells where producers of the rows sell now and next, and `sold_out` at
    which fairs (slugs) a product is sold out today.
    """

    products: ProductsPage
    producers: ProducersPage
    places: Sequence[FoundPlace]
    fairs: FairsPage
    stands: Mapping[int, list[Stand]]
    sold_out: Mapping[int, frozenset[str]]
    corrected: str = ""
    """The words really looked for, when those typed found nothing and seemed mistyped."""

    @property
    def totals(self) -> Mapping[Kind, int]:
        """How many there are of each kind, shown or not."""
        return {
            Kind.PRODUCTS: self.products.total,
            Kind.PRODUCERS: self.producers.total,
            Kind.PLACES: len(self.places),
            Kind.FAIRS: self.fairs.total,
        }

    @property
    def total(self) -> int:
        """How many there are of everything."""
        return sum(self.totals.values())


def search_everything(session: Session, filters: SearchFilters, day: date, page: int = 1) -> Found:
    """Accents may be left out; names written with exactly the accents typed come first. Of everything the first few are
    answered, of the one kind asked for a whole `page`. Empty when nothing is looked for.

    Kinds of place alone ("xã", "xã phường") stand in nearly every address, so they find the places of these kinds and
    nothing else; with filters those alone count.

    Where nothing is found, each word may be one slip of the finger away from one that is known.
    """
    if units_asked_for(filters.query):
        return _of_kinds_of_place(session, filters, day, page)
    asked = replace(filters, query=place_query(session, filters.query))
    found = _find(session, asked, filters.query, day, page)
    if found.total or filters.is_empty:
        return found
    better = likely_query(session, asked.query)
    meant = _find(session, replace(asked, query=better), better, day, page) if better else found
    return replace(meant, corrected=better) if meant.total else found


def forgiving(session: Session, query: str, ask: Callable[[str], CountedT]) -> tuple[CountedT, str]:
    """The page that `ask` answers for the query, else for what was probably meant, and then those words.

    Words of administrative units before a place are left out, as everywhere.
    """
    asked = place_query(session, query)
    page = ask(asked)
    better = likely_query(session, asked) if query and not page.total else ""
    meant = ask(better) if better else page
    return (meant, better) if meant.total else (page, "")


def _of_kinds_of_place(session: Session, filters: SearchFilters, day: date, page: int) -> Found:
    if filters.narrows:
        return _find(session, replace(filters, query=""), "", day, page)
    return replace(NOTHING, places=_places(session, filters.query))


def _find(session: Session, filters: SearchFilters, typed: str, day: date, page: int) -> Found:
    """`typed` still has the words of units: "TP Hạ Long" names the former city before the ward."""
    if filters.is_empty:
        return NOTHING
    products = _products(session, filters, day, page)
    producers = _producers(session, filters, day, page)
    units = {row.producer_id for row in products.rows} | {row.producer.id for row in producers.rows}
    return Found(
        products=products,
        producers=producers,
        places=() if filters.narrows else _places(session, typed),
        fairs=_fairs(session, filters, day, page),
        stands=stands_of(session, units, day),
        sold_out=where_sold_out(session, {product.id for product in products.rows}, day),
    )


def _products(session: Session, filters: SearchFilters, day: date, page: int) -> ProductsPage:
    wanted = ProductFilters(filters.query, filters.district, filters.group, filters.stars)
    also = [products_sold(filters.when, day)] if filters.when else []
    asked, most = (page, PER_PAGE) if filters.kind is Kind.PRODUCTS else (1, MOST_PRODUCTS)
    return products_page(session, wanted, asked, per_page=most, also=also)


def _producers(session: Session, filters: SearchFilters, day: date, page: int) -> ProducersPage:
    wanted = ProducerFilters(filters.query, filters.district, "", filters.group, filters.stars)
    also = [producers_there(filters.when, day)] if filters.when else []
    asked, most = (page, PER_PAGE) if filters.kind is Kind.PRODUCERS else (1, MOST_PRODUCERS)
    return producers_page(session, wanted, asked, per_page=most, also=also)


def _fairs(session: Session, filters: SearchFilters, day: date, page: int) -> FairsPage:
    if filters.group or filters.stars:
        return NOTHING.fairs
    wanted = FairFilters(filters.query, when=filters.when or "", district=filters.district)
    if filters.kind is Kind.FAIRS:
        return fairs_page(session, wanted, page, day=day)
    found = fairs_page(session, wanted, day=day)
    return replace(found, rows=found.rows[:MOST_FAIRS])


def _places(session: Session, query: str) -> list[FoundPlace]:
    """The nearest first."""
    places = find_places(session, query)
    counts = counts_by_place(session) if places else {}
    return [FoundPlace(place, counts.get(place.key, 0)) for place in places]


NOTHING = Found(ProductsPage([], 0, 1, 1), ProducersPage([], 0, 1, 1), (), FairsPage([], 0, 1, 1), {}, {})
