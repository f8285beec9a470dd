"""Question: whatever a few words find among products, producers, places and fairs; products first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from events.fairs.browse_fairs import PUBLIC_STATES, FairFilters, fairs_page
from events.fairs.fair import Fair
from events.fairs.listed_fair import ListedFair
from events.places.place_words import place_query
from exhibitors.fair_days.sold_out import where_sold_out
from exhibitors.producers.producer import Producer, Product
from exhibitors.producers.producer_directory import all_districts, counts_by_district, find_producers, find_products
from exhibitors.results.where_sold import Stand, stands_of
from foundation.folding import fold, search_terms
from foundation.known_words import unknown_terms, words_near
from foundation.spelling import SHORTEST, likeliest

MOST_PRODUCTS = 24
MOST_PRODUCERS = 12
MOST_FAIRS = 6
MOST_TEXTS = 300
"""Looked through for which of several words is likely."""
MOST_NEIGHBOURS = 8


class Counted(Protocol):
    """An answer that says how many rows there are."""

    @property
    def total(self) -> int: ...


CountedT = TypeVar("CountedT", bound=Counted)


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A former district whose name holds the words, and how many producers it has."""

    name: str
    slug: str
    producers: int


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, group by group; `stands` tells where producers of the rows sell now and next, and `sold_out` at
    which fairs (slugs) a product is sold out today.
    """

    products: Sequence[Product]
    producers: Sequence[Producer]
    places: Sequence[FoundPlace]
    fairs: Sequence[ListedFair]
    stands: Mapping[int, list[Stand]]
    sold_out: Mapping[int, frozenset[str]]
    corrected: str = ""
    """The words really looked for, when those typed found nothing and seemed mistyped."""

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.products) + len(self.producers) + len(self.places) + len(self.fairs)

    @property
    def has_more_products(self) -> bool:
        """Whether more products than these may fit."""
        return len(self.products) == MOST_PRODUCTS

    @property
    def has_more_producers(self) -> bool:
        """Whether more producers than these may fit."""
        return len(self.producers) == MOST_PRODUCERS


def search_everything(session: Session, query: str, day: date) -> Found:
    """Accents may be left out; names written with exactly the accents typed come first. Empty for an empty query.

    Where nothing is found, each word may be one slip of the finger away from one that is known.
    """
    if not search_terms(query):
        return Found((), (), (), (), {}, {})
    asked = place_query(session, query)
    found = _find(session, asked, day)
    if found.total:
        return found
    better = likely_query(session, asked)
    meant = _find(session, better, day) if better else found
    return replace(meant, corrected=better) if meant.total else found


def likely_query(session: Session, query: str) -> str:
    """What was probably meant by words that find nothing: each one slip away from a known one; empty for no idea."""
    terms = search_terms(query)
    unknown = unknown_terms(session, terms)
    near = words_near(session, [term for term in unknown if len(term) >= SHORTEST])
    if not unknown or not all(near.get(term) for term in unknown):
        return ""
    texts = _sample(session, [term for term in terms if term not in near], near)
    return " ".join(likeliest(near[term], texts) if term in near else term for term in terms)


def forgiving(session: Session, query: str, ask: Callable[[str], CountedT]) -> tuple[CountedT, str]:
    """The page that `ask` answers for the query, else for what was probably meant, and then those words.

    Words of administrative units before a place are left out, as everywhere.
    """
    asked = place_query(session, query)
    page = ask(asked)
    better = likely_query(session, asked) if query and not page.total else ""
    meant = ask(better) if better else page
    return (meant, better) if meant.total else (page, "")


def _find(session: Session, query: str, day: date) -> Found:
    products = find_products(session, query, MOST_PRODUCTS)
    producers = find_producers(session, query, MOST_PRODUCERS)
    ids = {product.producer_id for product in products} | {producer.id for producer in producers}
    return Found(
        products=products,
        producers=producers,
        places=_places(session, query),
        fairs=fairs_page(session, FairFilters(query=query), day=day).rows[:MOST_FAIRS],
        stands=stands_of(session, ids, day),
        sold_out=where_sold_out(session, {product.id for product in products}, day),
    )


def _sample(session: Session, known: Sequence[str], near: Mapping[str, Sequence[str]]) -> list[str]:
    """Texts of things that have all known words and a word for each unknown one: they tell what is likely."""
    texts: list[str] = []
    for folded, shown in ((Product.folded, true()), (Fair.folded, Fair.state.in_(PUBLIC_STATES))):
        holds = [folded.contains(term, autoescape=True) for term in known]
        holds += [or_(*(folded.contains(word) for word in words[:MOST_NEIGHBOURS])) for words in near.values()]
        texts += session.scalars(select(folded).where(shown, *holds).limit(MOST_TEXTS))
    return texts


def _places(session: Session, query: str) -> list[FoundPlace]:
    wanted = fold(query)
    folded = [(district, fold(district.name)) for district in all_districts(session)]
    named = [district for district, name in folded if name in wanted or wanted in name]
    if not named:
        return []
    counts = counts_by_district(session, [district.id for district in named])
    return [FoundPlace(district.name, district.slug, counts.get(district.id, 0)) for district in named]
