"""Question: when the pages of producers and products last said something else, as far as a stamp was kept.

A unit's own acts stand in the audit trail, its booths at fairs in the entries that calendars are revised by; what
pictures, merging and removals change is stamped by their verbs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exhibitors.calendars.stand_entry import StandEntry
from exhibitors.producers.producer import Producer, Product
from foundation.audit_trail import AuditEntry
from foundation.database import read_rows
from foundation.page_changes import PageFamily, page_changes

_OF_PRODUCERS = ("producer.register", "producer.enter", "producer.change")
_OF_PRODUCTS = ("product.add", "product.change")

_ACTS = (
    select(AuditEntry.thing_id, func.max(AuditEntry.at))
    .where(AuditEntry.what.in_(_OF_PRODUCERS))
    .group_by(AuditEntry.thing_id)
)
_PRODUCT_ACTS = (
    select(AuditEntry.thing_id, func.max(AuditEntry.at))
    .where(AuditEntry.what.in_(_OF_PRODUCTS))
    .group_by(AuditEntry.thing_id)
)
_STANDS = select(StandEntry.producer_id, func.max(StandEntry.last_modified)).group_by(StandEntry.producer_id)
_MADE = select(Producer.id, Producer.created_at)
_OWNERS = select(Product.id, Product.producer_id)


def last_changes(session: Session) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """By number of producer and of product; a product of which nobody kept a stamp is not in the second. Seven queries.

    The page of a producer lists its products, and both pages tell where the producer sells next.
    """
    stands = [(row[0], row[1]) for row in read_rows(session, _STANDS)]
    acts = [(row[0], row[1]) for row in read_rows(session, _PRODUCT_ACTS)]
    owners = {row[0]: row[1] for row in read_rows(session, _OWNERS)}
    shown = [(owners[key], at) for key, at in acts if key in owners]
    seen = page_changes(session, PageFamily.PRODUCER)
    producers = _newest([*read_rows(session, _MADE), *read_rows(session, _ACTS), *stands, *shown, *seen.items()])
    moved = dict(stands)
    sold = [(key, moved[owner]) for key, owner in owners.items() if owner in moved]
    kept = [*acts, *page_changes(session, PageFamily.PRODUCT).items()]
    return producers, _newest([*((key, at) for key, at in kept if key in owners), *sold])


def _newest(stamps: Iterable[tuple[int, datetime]]) -> dict[int, datetime]:
    newest: dict[int, datetime] = {}
    for key, at in stamps:
        newest[key] = max(at, newest.get(key, at))
    return newest
