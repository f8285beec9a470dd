"""What would go over if two units became one, before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.organisation import Membership
from exhibitors.producers.dossier.dossier_paper import DossierPaper
from exhibitors.producers.merging.merge_units import FACTS
from exhibitors.producers.merging.unit_belongings import ask_objectors
from exhibitors.producers.producer import Producer
from foundation.folding import fold
from foundation.refusal import Refused

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class ComparedUnit:
    """One of the two with what hangs on it."""

    producer: Producer
    people: Sequence[Membership]
    papers: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both units; `filled` are the facts that the one that stays would get, `twice` products that both have."""

    kept: ComparedUnit
    gone: ComparedUnit
    filled: Sequence[str]
    twice: frozenset[int]
    objection: Refused | None


def whole_unit(session: Session, slug: str) -> Producer | None:
    """The unit with its products and its place."""
    return session.scalar(
        select(Producer)
        .options(joinedload(Producer.district), joinedload(Producer.locality), selectinload(Producer.products))
        .where(Producer.slug == slug)
    )


def compare_units(session: Session, kept: Producer, gone: Producer) -> Comparison:
    """What merging would do; nothing is written."""
    objection = Refused("same_unit") if kept.id == gone.id else None
    try:
        ask_objectors(session, gone, kept)
    except Refused as refusal:
        objection = objection or refusal
    names = {fold(product.name_vi) for product in kept.products}
    return Comparison(
        _compared(session, kept),
        _compared(session, gone),
        [name for name in FACTS if not getattr(kept, name) and getattr(gone, name)],
        frozenset(product.id for product in gone.products if fold(product.name_vi) in names),
        objection,
    )


def candidates_to_stay(session: Session, gone: Producer, query: str) -> list[Producer]:
    """Other units found by every word, for whoever merges one that no list of doubles names."""
    if not query.strip():
        return []
    places = (joinedload(Producer.district), joinedload(Producer.locality))
    found = select(Producer).options(*places).where(Producer.matches(query), Producer.id != gone.id)
    return list(session.scalars(found.order_by(Producer.sort_key, Producer.id).limit(MOST_FOUND)))


def _compared(session: Session, producer: Producer) -> ComparedUnit:
    people = select(Membership).options(joinedload(Membership.user))
    papers = select(func.count(DossierPaper.id)).where(DossierPaper.producer_id == producer.id)
    members = session.scalars(people.where(Membership.organisation_id == producer.organisation_id)).all()
    return ComparedUnit(producer, members, session.scalar(papers) or 0)
