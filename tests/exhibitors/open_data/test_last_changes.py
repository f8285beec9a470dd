"""When a page last said something else: by the acts of its unit, of the unit's products, and by its booths at fairs."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exhibitors.calendars.stand_entry import StandEntry
from exhibitors.open_data.last_changes import last_changes
from exhibitors.producers.register_producer import change_product
from foundation import clock
from tests.cast import a_confirmed_application, a_producer, an_open_fair, an_organiser


def test_pages_change_with_their_unit_its_products_and_its_booths(session: Session) -> None:
    start = clock.now().replace(microsecond=0)
    with clock.as_of(start - timedelta(days=3)):
        player, other = a_producer(session), a_producer(session, "HTX Đình Trung", "other@binhlieu.example")
        session.commit()
    product = player.producer.products[0]
    producers, products = last_changes(session)
    registered = start - timedelta(days=3)
    assert {producers[player.producer.id], producers[other.producer.id], products[product.id]} == {registered}

    with clock.as_of(start - timedelta(days=1)):
        change_product(session, player.actor, product, name_vi="Miến dong sợi nhỏ", group_id=product.group_id)
        session.commit()
    producers, products = last_changes(session)
    changed = start - timedelta(days=1)
    assert (producers[player.producer.id], products[product.id]) == (changed, changed)
    assert producers[other.producer.id] == registered

    organiser = an_organiser(session)
    a_confirmed_application(session, organiser, player, an_open_fair(session, organiser), 0)
    session.commit()
    told = session.scalar(select(func.max(StandEntry.last_modified)))
    producers, products = last_changes(session)
    assert told is not None
    assert told > changed
    assert (producers[player.producer.id], products[product.id]) == (told, told)
    assert producers[other.producer.id] == registered
