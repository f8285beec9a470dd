"""The register as its keepers see it: every unit with how many people keep it, and which may be the same twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from accounts.organisation import Membership
from exhibitors.producers.producer import Producer, Product

PER_PAGE = 50
MOST_DOUBLES = 50


@dataclass(frozen=True, slots=True)
class RegisterUnit:
    """A unit with its numbers."""

    producer: Producer
    people: int
    products: int


@dataclass(frozen=True, slots=True)
class RegisterUnits:
    """One page of the register; `number` counts from 1."""

    rows: Sequence[RegisterUnit]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Double:
    """Units that share a `trait`: tax_code, name or phone."""

    trait: str
    units: Sequence[Producer]


def register_units(session: Session, query: str, page: int) -> RegisterUnits:
    """Units found by every word, in Vietnamese order; two questions."""
    condition = Producer.matches(query)
    total = session.scalar(select(func.count(Producer.id)).where(condition)) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, page), pages)
    people = select(func.count(Membership.id)).where(Membership.organisation_id == Producer.organisation_id)
    products = select(func.count(Product.id)).where(Product.producer_id == Producer.id)
    found = session.execute(
        select(Producer, people.scalar_subquery(), products.scalar_subquery())
        .options(joinedload(Producer.district), joinedload(Producer.locality))
        .where(condition)
        .order_by(Producer.sort_key, Producer.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    return RegisterUnits([RegisterUnit(*row) for row in found], total, number, pages)


def doubles(session: Session) -> list[Double]:
    """Units that may be one: the same tax code, the same name without its legal form, the same telephone."""
    traits: tuple[tuple[str, InstrumentedAttribute[str]], ...] = (
        ("tax_code", Producer.tax_code),
        ("name", Producer.sort_key),
        ("phone", Producer.contact_phone),
    )
    found: list[Double] = []
    seen: set[frozenset[int]] = set()
    for trait, column in traits:
        shared = select(column).where(column != "").group_by(column).having(func.count(Producer.id) > 1)
        groups: dict[str, list[Producer]] = {}
        places = (joinedload(Producer.district), joinedload(Producer.locality))
        query = select(Producer).options(*places).where(column.in_(shared.limit(MOST_DOUBLES))).order_by(Producer.id)
        for unit in session.scalars(query):
            groups.setdefault(getattr(unit, column.key), []).append(unit)
        for units in groups.values():
            ids = frozenset(unit.id for unit in units)
            if ids not in seen:
                seen.add(ids)
                found.append(Double(trait, units))
    return found[:MOST_DOUBLES]
