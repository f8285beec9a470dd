"""Search over twenty thousand products, on both databases: whatever is typed is answered at once."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from exhibitors.producers.producer import ProductGroup
from exhibitors.producers.register_producer import add_product
from exhibitors.results.search import SearchFilters, search_everything
from foundation import clock
from tests.benchmarks.many_products import write_products
from tests.exhibitors.results.conftest import Public
from tests.machine_speed import in_usual_seconds

QUICK = 0.050
"""Seconds on the machine of `tests/machine_speed.py`; on a slower one, or while it is slower, as many times more."""
MOST_TRIES = 60
"""The best one counts: a neighbour on the same core makes every other try dearer."""
TYPED = ["mien dong", "Chả mực", "htx dinh trung", "a", "so 19999", "mienn dogn", "qwertz uiop", "nước mắm TP"]
CPUCLOCK_SCHED = 2


def server_of(session: Session) -> int | None:
    """The process that answers this session's questions; none where the database is a library of ours."""
    if session.get_bind().dialect.name == "sqlite":
        return None
    number: int = session.execute(text("select pg_backend_pid()")).scalar_one()
    return number


def processor_seconds(server: int | None) -> float:
    """What we and the database have used: the clock on the wall would measure what others do on this machine."""
    return time.process_time() + (time.clock_gettime(~server << 3 | CPUCLOCK_SCHED) if server else 0)


def cost(session: Session, query: str, server: int | None) -> float:
    """Seconds of processor time of one search."""
    session.expire_all()
    before = processor_seconds(server)
    search_everything(session, SearchFilters(query), clock.today())
    return processor_seconds(server) - before


def best_cost(session: Session, query: str, server: int | None) -> float:
    """The least of as many tries as it takes until it is quick enough, in seconds of the usual machine."""

    def once() -> float:
        return in_usual_seconds(lambda: cost(session, query, server))

    best = once()
    for _ in range(MOST_TRIES - 1):
        if best <= QUICK:
            break
        best = min(best, once())
    return best


RARE = {
    "zuntram": "Kẹo Zungtram", "kwiezh": "Trà Kwezh", "biexg": "Bột Bieng", "turlli": "Quả trulli", "snukf": "Củ sunkf",
}  # fmt: skip
"""Mistyped words of which each stands in one product of all alone, though many words begin or end like it."""


@pytest.fixture
def crowded(session: Session, public: Public) -> Session:
    """Twenty thousand products; some of the rare ones were written before all others, some after."""
    names = list(RARE.values())
    for number, name in enumerate(names):
        if number == len(names) // 2:
            write_products(session)
        group = session.scalars(select(ProductGroup.id)).first()
        add_product(session, public.producer.actor, public.producer.producer, group_id=group, name_vi=name)
    session.commit()
    return session


def test_twenty_thousand_products_are_searched_within_50_ms(crowded: Session) -> None:
    found = {query: search_everything(crowded, SearchFilters(query), clock.today()) for query in RARE}
    assert {query: [product.name_vi for product in one.products.rows] for query, one in found.items()} == {
        query: [name] for query, name in RARE.items()
    }
    server = server_of(crowded)
    best = {query: best_cost(crowded, query, server) for query in [*TYPED, *RARE]}
    assert {query: taken for query, taken in best.items() if taken > QUICK} == {}
