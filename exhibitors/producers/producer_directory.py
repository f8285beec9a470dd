"""Questions about producers and products as visitors see them; only units that show at least one product are listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload

from events.places.find_places import localities_of
from events.places.locality import District, Locality
from exhibitors.producers.former_unit import FormerUnit
from exhibitors.producers.producer import Producer, Product, ProductGroup
from foundation.database import read_rows
from foundation.folding import fold, nfc, search_terms

PER_PAGE = 50
Conditions = Sequence[ColumnElement[bool]]
MOST_FEATURED_LOOKED_AT = 80
MOST_RANKED = 10_000
"""Of more, found by a letter or two, no order says what was meant; comparing them all would take longest of all."""
TELLING = 3
"""Letters of a word that tells something."""
_OWN, _THROUGH = aliased(District), aliased(District)
_RATED = (
    select(Product.id, func.coalesce(_OWN.name, _THROUGH.name, Producer.place_outside))
    .join(Producer, Producer.id == Product.producer_id)
    .outerjoin(_OWN, _OWN.id == Producer.district_id)
    .outerjoin(Locality, Locality.id == Producer.locality_id)
    .outerjoin(_THROUGH, _THROUGH.id == Locality.district_id)
    .where(Product.is_alcohol.is_(False), Product.stars.is_not(None))
    .order_by(Product.source == "", Product.stars.desc(), Product.id)
    .limit(MOST_FEATURED_LOOKED_AT)
)
"""Number and place (as `Producer.place`) of the products that the first page looks at, in its order."""


@dataclass(frozen=True, slots=True)
class ProducerFilters:
    """What a visitor narrows the producers to; empty means all. `district` is the slug of a former district or the code
    of a locality; `group` and `stars` (the least number) are those of one product at least.
    """

    query: str = ""
    district: str = ""
    kind: str = ""
    group: str = ""
    stars: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is left out: an empty list then is no empty house."""
        return self != type(self)()


@dataclass(frozen=True, slots=True)
class ProductFilters:
    """What a visitor narrows the products to; `stars` is the least number, `group` the key of a product group,
    `district` the slug of a former district or the code of a locality.
    """

    query: str = ""
    district: str = ""
    group: str = ""
    stars: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is left out: an empty list then is no empty house."""
        return self != type(self)()


@dataclass(frozen=True, slots=True)
class ListedProducer:
    """A producer in the list with what it offers."""

    producer: Producer
    products: int
    best_stars: int | None


@dataclass(frozen=True, slots=True)
class ProducersPage:
    """One page of producers; `number` counts from 1."""

    rows: Sequence[ListedProducer]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class ProductsPage:
    """One page of products; `number` counts from 1."""

    rows: Sequence[Product]
    total: int
    number: int
    pages: int


def producers_page(
    session: Session, filters: ProducerFilters, page: int = 1, *, per_page: int = PER_PAGE, also: Conditions = ()
) -> ProducersPage:
    """The page asked for, else the nearest one there is: the best first (`_best_first`), then in Vietnamese order
    without the legal forms in front. `also` narrows further.
    """
    conditions = [_shows_products(filters.group, filters.stars), Producer.matches(filters.query), *also]
    if filters.district:
        conditions.append(_comes_from(filters.district))
    if filters.kind:
        conditions.append(Producer.kind == filters.kind)
    total = session.scalar(select(func.count(Producer.id)).where(*conditions)) or 0
    number, pages = _nearest(page, total, per_page)
    ranked = (*_best_first(Producer, filters.query, total), Producer.sort_key, Producer.id)
    wanted = select(Producer.id).where(*conditions).order_by(*ranked)
    ids = session.scalars(wanted.offset((number - 1) * per_page).limit(per_page)).all() if total else []
    offered: dict[int, tuple[int, int | None]] = {
        key: (products, best)
        for key, products, best in session.execute(
            select(Product.producer_id, func.count(Product.id), func.max(Product.stars))
            .where(Product.producer_id.in_(ids))
            .group_by(Product.producer_id)
        )
    }
    rows = _producers_in_order(session, ids)
    return ProducersPage([ListedProducer(row, *offered[row.id]) for row in rows], total, number, pages)


def products_page(
    session: Session, filters: ProductFilters, page: int = 1, *, per_page: int = PER_PAGE, also: Conditions = ()
) -> ProductsPage:
    """The page asked for, else the nearest one there is: the best first (`_best_first`), then by name."""
    conditions = [Product.matches(filters.query), *also]
    if filters.district:
        conditions.append(Product.producer_id.in_(select(Producer.id).where(_comes_from(filters.district))))
    if filters.group:
        conditions.append(Product.group_id.in_(select(ProductGroup.id).where(ProductGroup.key == filters.group)))
    if filters.stars:
        conditions.append(Product.stars >= filters.stars)
    found = _first_products(session, conditions, filters.query, per_page) if page == 1 else None
    if found is not None:
        ids, total = found
        return ProductsPage(_products_in_order(session, ids), total, *_nearest(1, total, per_page))
    total = session.scalar(select(func.count(Product.id)).where(*conditions)) or 0
    number, pages = _nearest(page, total, per_page)
    ranked = (*_best_first(Product, filters.query, total), Product.folded, Product.id)
    wanted = select(Product.id).where(*conditions).order_by(*ranked)
    ids = session.scalars(wanted.offset((number - 1) * per_page).limit(per_page)).all() if total else []
    return ProductsPage(_products_in_order(session, ids), total, number, pages)


def featured_products(session: Session, most: int = 8) -> list[Product]:
    """Rated products for the first page, the best of each place in turn, those with a source before others.

    Alcohol is never advertised there.
    """
    turns: Counter[str] = Counter()
    ranked: list[tuple[int, int, int]] = []
    for order, (product_id, place) in enumerate(read_rows(session, _RATED)):
        turns[place] += 1
        ranked.append((turns[place], order, product_id))
    return _products_in_order(session, [product_id for _, _, product_id in sorted(ranked)[:most]])


def show_producer(session: Session, slug: str) -> Producer | None:
    """A listed producer with its place loaded; a former address leads to the unit that stayed."""
    shown = select(Producer.id).where(_shows_products())
    found = session.scalar(shown.where(Producer.slug == slug)) or session.scalar(
        shown.join(FormerUnit, FormerUnit.producer_id == Producer.id).where(FormerUnit.slug == slug)
    )
    return _producers_in_order(session, [found])[0] if found else None


def show_product(session: Session, product_id: int) -> Product | None:
    """A product with its producer, place and group loaded."""
    return next(iter(_products_in_order(session, [product_id])), None)


def _products_in_order(session: Session, ids: Sequence[int]) -> list[Product]:
    """These alone, with producer, place and group: sorting thousands of matches must not carry it along, and whole
    products are read by one statement, which takes half a megabyte of every worker.
    """
    if not ids:
        return []
    producer = joinedload(Product.producer)
    origin = (producer.joinedload(Producer.district), producer.joinedload(Producer.locality))
    rows = session.scalars(select(Product).options(*origin).where(Product.id.in_(ids)))
    return sorted(rows, key=lambda product: ids.index(product.id))


def _producers_in_order(session: Session, ids: Sequence[int]) -> list[Producer]:
    if not ids:
        return []
    places = (joinedload(Producer.district), joinedload(Producer.locality))
    rows = session.scalars(select(Producer).options(*places).where(Producer.id.in_(ids)))
    return sorted(rows, key=lambda producer: ids.index(producer.id))


def counts_by_place(session: Session) -> dict[str, int]:
    """How many listed producers come from each former district (by slug) and from each locality of today (by code)."""
    district = func.coalesce(Producer.district_id, Locality.district_id)
    rows = session.execute(
        select(District.slug, Locality.code, func.count(Producer.id))
        .select_from(Producer)
        .outerjoin(Locality, Locality.id == Producer.locality_id)
        .outerjoin(District, District.id == district)
        .where(_shows_products())
        .group_by(District.slug, Locality.code)
    )
    counts: Counter[str] = Counter()
    for slug, code, number in rows:
        counts.update({key: number for key in (slug, code) if key})
    return counts


def groups_in_use(session: Session, day: date) -> list[ProductGroup]:
    """Product groups that hold on the day or still have products, in the order of the register."""
    used = select(Product.group_id)
    holds = or_(ProductGroup.valid_to.is_(None), ProductGroup.valid_to >= day)
    return list(
        session.scalars(select(ProductGroup).where(or_(holds, ProductGroup.id.in_(used))).order_by(ProductGroup.id))
    )


def _shows_products(group: str = "", stars: int | None = None) -> ColumnElement[bool]:
    shown = select(Product.id).where(Product.producer_id == Producer.id)
    if group:
        shown = shown.where(Product.group_id.in_(select(ProductGroup.id).where(ProductGroup.key == group)))
    return (shown.where(Product.stars >= stars) if stars else shown).exists()


def _comes_from(place: str) -> ColumnElement[bool]:
    there = Producer.locality_id.in_(localities_of(place))
    return or_(there, Producer.district_id.in_(select(District.id).where(District.slug == place)))


def _best_first(kind: type[Producer | Product], query: str, total: int) -> list[ColumnElement[int]]:
    """Names with the very accents typed first; then whole words before beginnings, and those before the rest, unless
    there are more than MOST_RANKED.
    """
    if total > MOST_RANKED:
        return _accents_first(kind.name_vi, query)
    before, around = " " + kind.folded, " " + kind.folded + " "
    ranks = [
        # the many that hold no such beginning are looked through once
        case(
            (
                before.contains(f" {term}", autoescape=True),
                case((around.contains(f" {term} ", autoescape=True), 0), else_=1),
            ),
            else_=2,
        )
        for term in search_terms(query)
    ]
    return [*_accents_first(kind.name_vi, query), *([sum(ranks[1:], start=ranks[0])] if ranks else [])]


def _accents_first(name: InstrumentedAttribute[str], query: str) -> list[ColumnElement[int]]:
    """Order by whether the name holds the very letters typed; no order at all for a query without accents."""
    typed = nfc(query).strip()
    if not typed or fold(typed) == typed.lower():
        return []
    variants = {typed, typed.lower(), typed.capitalize(), typed.title()}
    return [case((or_(*(name.contains(variant, autoescape=True) for variant in sorted(variants))), 0), else_=1)]


def _first_products(
    session: Session, conditions: Conditions, query: str, per_page: int
) -> tuple[Sequence[int], int] | None:
    """The first ids in order and how many there are, in one look through all names instead of two; None for words so
    short that most names hold them, and where more than MOST_RANKED were found.
    """
    if not any(len(term) >= TELLING for term in search_terms(query)):
        return None
    ranked = (*_best_first(Product, query, 0), Product.folded, Product.id)
    counted = select(Product.id, func.count().over()).where(*conditions).order_by(*ranked).limit(per_page)
    rows = session.execute(counted).all()
    total = rows[0][1] if rows else 0
    return ([key for key, _ in rows], total) if total <= MOST_RANKED else None


def _nearest(page: int, total: int, per_page: int) -> tuple[int, int]:
    pages = max(1, -(-total // per_page))
    return min(max(1, page), pages), pages
