"""The producers that are known, as plain facts for conditions: which of them could apply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.places.locality import Locality
from exhibitors.calls.who_may_apply import Brought, Conditions, Unit
from exhibitors.producers.certificate_life import holds_on
from exhibitors.producers.producer import Producer, Product, ProductGroup
from exhibitors.producers.product_group_register import present_group, registered_groups
from foundation import clock


@dataclass(frozen=True, slots=True)
class Qualifying:
    """How many of the producers that are known could apply."""

    qualify: int
    known: int


def count_qualifying(session: Session, conditions: Conditions, last_day: date | None) -> Qualifying:
    """Ask the conditions of every known producer; three queries, whatever their number."""
    units = known_units(session, last_day)
    return Qualifying(sum(conditions.may_apply(unit) for unit in units.values()), len(units))


def known_units(session: Session, last_day: date | None, producer_ids: Iterable[int] | None = None) -> dict[int, Unit]:
    """Producers by id with all their products; certificates are judged on the fair's last day, today without one."""
    chosen = None if producer_ids is None else list(producer_ids)
    day, places = last_day or clock.today(), _Places(session)
    products = _products(session, day, chosen)
    query = select(Producer.id, Producer.kind, Producer.locality_id, Producer.district_id)
    if chosen is not None:
        query = query.where(Producer.id.in_(chosen))
    return {
        number: Unit(kind, places.of(locality_id, district_id), tuple(products[number]))
        for number, kind, locality_id, district_id in session.execute(query)
    }


def places_of_units(session: Session, producer_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The codes of localities that producers may stand for, by producer; two queries."""
    places = _Places(session)
    query = select(Producer.id, Producer.locality_id, Producer.district_id)
    rows = session.execute(query.where(Producer.id.in_(list(producer_ids))))
    return {number: places.of(locality_id, district_id) for number, locality_id, district_id in rows}


def brought_of(product: Product, last_day: date | None) -> Brought:
    """A product as conditions see it."""
    certified = product.certificate_holds_on(last_day or clock.today())
    return Brought(product.name_vi, present_key(product.group.key), product.stars, certified)


@cache
def present_key(key: str) -> str:
    """The key of the group that holds today: what older decisions named counts with its successor."""
    return next((present_group(group).key for group in registered_groups() if group.key == key), key)


def _products(session: Session, day: date, producer_ids: list[int] | None) -> dict[int, list[Brought]]:
    query = select(
        Product.producer_id,
        Product.name_vi,
        ProductGroup.key,
        Product.stars,
        Product.certificate_issued_on,
        Product.certificate_expires_on,
    ).join(ProductGroup, ProductGroup.id == Product.group_id)
    if producer_ids is not None:
        query = query.where(Product.producer_id.in_(producer_ids))
    products: dict[int, list[Brought]] = defaultdict(list)
    for producer_id, name, group, stars, issued, expires in session.execute(query):
        products[producer_id].append(Brought(name, present_key(group), stars, holds_on(issued, expires, day)))
    return products


class _Places:
    """Codes of localities by locality and by former district."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(select(Locality.id, Locality.code, Locality.district_id)).all()
        self._code = {number: code for number, code, _ in rows}
        self._district: dict[int, set[str]] = defaultdict(set)
        for _, code, district_id in rows:
            self._district[district_id].add(code)

    def of(self, locality_id: int | None, district_id: int | None) -> frozenset[str]:
        """What a unit of this locality or, where it is not known, of this former district may stand for."""
        if locality_id is not None:
            return frozenset({self._code[locality_id]})
        return frozenset() if district_id is None else frozenset(self._district[district_id])
