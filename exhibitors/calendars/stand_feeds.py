"""The feeds of a producer, a product and a product group as finished octets, from stored entries."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from events.calendars.read_feeds import Feed, StoredEvent, feed_of, narrowed_feed, read_latest, stored
from events.fairs.fair import Fair
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from exhibitors.calendars.stand_entry import StandEntry
from exhibitors.producers.producer import Producer, Product, ProductGroup
from foundation.bilingual import Bilingual

PRODUCER_TEXT = Bilingual("{} bán hàng ở đâu, ngày nào, gian nào.", "Where {} sells, on which days, at which booth.")
PRODUCT_TEXT = Bilingual("Mua {} ở đâu, ngày nào, gian nào.", "Where to buy {}, on which days, at which booth.")
GROUP_TITLE = Bilingual("Hội chợ có {}", "Fairs with {}")
GROUP_TEXT = Bilingual(
    "Các hội chợ có đơn vị đã xác nhận bán hàng nhóm {}.", "Fairs at which a producer of {} has confirmed its booth."
)


def producer_feed(session: Session, producer: Producer, language: str, day: date) -> Feed:
    """Where the producer stands for sure, a year back and whatever is to come."""
    name = producer.name.local(language)
    return feed_of(
        stand_entries(session, day, language, StandEntry.producer_id == producer.id),
        language,
        name=name,
        description=_about(PRODUCER_TEXT, name, language),
        page=f"/producers/{producer.slug}",
        source=f"/calendar/producers/{producer.slug}.ics",
    )


def product_feed(session: Session, product: Product, language: str, day: date) -> Feed:
    """The fairs to which its producer brings the product."""
    bringing = select(ApplicationProduct.application_id).where(ApplicationProduct.product_id == product.id)
    name = product.name.local(language)
    return feed_of(
        stand_entries(session, day, language, StandEntry.application_id.in_(bringing)),
        language,
        name=name,
        description=_about(PRODUCT_TEXT, name, language),
        page=f"/calendar/subscribe/products/{product.id}",
        source=f"/calendar/products/{product.id}.ics",
    )


def group_feed(session: Session, group: ProductGroup, language: str, day: date) -> Feed:
    """The fairs themselves at which somebody sells products of the group for sure."""
    name = group.name.local(language)
    return narrowed_feed(
        session,
        fairs_with_group(group),
        language,
        day,
        name=_about(GROUP_TITLE, name, language),
        description=_about(GROUP_TEXT, name, language),
        page=f"/calendar/subscribe/groups/{group.key}",
        source=f"/calendar/groups/{group.key}.ics",
    )


def fairs_with_group(group: ProductGroup) -> ColumnElement[bool]:
    """The condition on fairs: somebody sells products of the group there for sure."""
    return Fair.id.in_(
        select(BoothApplication.fair_id)
        .join(ApplicationProduct, ApplicationProduct.application_id == BoothApplication.id)
        .join(Product, Product.id == ApplicationProduct.product_id)
        .where(Product.group_id == group.id, BoothApplication.state == ApplicationState.CONFIRMED)
    )


def stand_entries(session: Session, day: date, language: str, narrowed: ColumnElement[bool]) -> list[StoredEvent]:
    """The stored entries of stands that a feed of this day holds."""
    return read_latest(session, StandEntry, stored(StandEntry, language).where(narrowed), day)


def _about(frame: Bilingual, name: str, language: str) -> str:
    return frame.local(language).replace("{}", name)
