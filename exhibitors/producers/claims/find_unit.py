"""Which units of the register nobody keeps yet."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from accounts.organisation import Membership
from exhibitors.producers.producer import Producer

MOST_FOUND = 20


def units_nobody_keeps(session: Session, query: str) -> list[Producer]:
    """Found by every word of their names and place, in Vietnamese order; nothing for an empty question."""
    if not query.strip():
        return []
    kept = exists().where(Membership.organisation_id == Producer.organisation_id)
    places = (joinedload(Producer.district), joinedload(Producer.locality))
    found = select(Producer).options(*places).where(Producer.matches(query), ~kept)
    return list(session.scalars(found.order_by(Producer.sort_key, Producer.id).limit(MOST_FOUND)))
