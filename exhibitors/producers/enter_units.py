"""Enter many units at once that a register names and that nobody keeps yet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import Organisation, OrganisationKind
from exhibitors.producers.former_unit import FormerUnit
from exhibitors.producers.producer import Producer, Product
from exhibitors.producers.register_producer import ProducerFacts, ProductFacts, take_product_facts, take_unit_facts
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import slugify

NewUnit = tuple[ProducerFacts, Sequence[ProductFacts]]


def enter_units(session: Session, actor: Actor, units: Sequence[NewUnit]) -> list[Producer]:
    """Make each unit with its products, all in one go; refuses as `register_producer` and `add_product` do."""
    taken = {*session.scalars(select(Producer.slug)), *session.scalars(select(FormerUnit.slug))}
    made = []
    with session.no_autoflush:
        for facts, products in units:
            producer = _unit(facts, taken)
            for said in products:
                product = Product(producer=producer)
                take_product_facts(session, product, said)
            made.append(producer)
    session.add_all(made)
    session.flush()
    for producer in made:
        news: dict[str, Any] = {"kind": producer.kind, "name": producer.name_vi, "products": len(producer.products)}
        record(session, actor, "producer.enter", producer, new=news)
    session.flush()
    return made


def _unit(facts: ProducerFacts, taken: set[str]) -> Producer:
    stem = slugify(facts["name_vi"]) or "co-so"
    slug = next(word for number in count(1) if (word := stem if number == 1 else f"{stem}-{number}") not in taken)
    taken.add(slug)
    organisation = Organisation(kind=OrganisationKind.PRODUCER.value, name_vi=" ".join(facts["name_vi"].split()))
    producer = Producer(organisation=organisation, slug=slug, created_at=clock.now())
    take_unit_facts(producer, facts)
    return producer
