"""Questions: producers and products in the shapes of the JSON interface, with what each made public and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from events.calendars.public_address import public_address
from exhibitors.open_data import api_shapes as shapes
from exhibitors.open_data.fair_answers import NextAddress, locality_shape, page_of, text
from exhibitors.producers import producer as producers
from exhibitors.producers.producer_directory import ProducerFilters, ProductFilters, producers_page, products_page
from exhibitors.results import where_sold
from exhibitors.results.search import forgiving


def products_answer(
    session: Session, query: shapes.ProductsQuery, day: date, next_address: NextAddress
) -> shapes.PageOf[shapes.Product]:
    """One page of products by name, with the fairs at which each producer stands; a constant number of questions."""
    filters = ProductFilters(query=query.q, district=query.district, group=query.group, stars=query.stars)
    page, meant = forgiving(
        session, query.q, lambda words: products_page(session, replace(filters, query=words), query.page)
    )
    stands = where_sold.stands_of(session, {row.producer_id for row in page.rows}, day)
    items = [product_shape(row, stands.get(row.producer_id, [])) for row in page.rows]
    return page_of(items, page, query.page, next_address, meant)


def producers_answer(
    session: Session, query: shapes.ProducersQuery, day: date, next_address: NextAddress
) -> shapes.PageOf[shapes.Producer]:
    """One page of producers in Vietnamese order; a constant number of questions."""
    filters = ProducerFilters(query=query.q, district=query.district, kind=query.kind or "")
    page, meant = forgiving(
        session, query.q, lambda words: producers_page(session, replace(filters, query=words), query.page)
    )
    units = [row.producer for row in page.rows]
    stands = where_sold.stands_of(session, {unit.id for unit in units}, day)
    items = [producer_shape(unit, stands.get(unit.id, [])) for unit in units]
    return page_of(items, page, query.page, next_address, meant)


def product_shape(product: producers.Product, stands: Sequence[where_sold.Stand]) -> shapes.Product:
    """A product with where its producer stands."""
    return shapes.Product(
        id=product.id,
        name=text(product.name),
        producer=product.producer.slug,
        producer_name=text(product.producer.name),
        group=product.group.key,
        stars=product.stars,
        certificate=shapes.Certificate(
            product.certificate_number,
            product.certificate_issuer,
            product.certificate_issued_on,
            product.certificate_expires_on,
        ),
        price=product.price,
        pack=product.pack,
        is_alcohol=product.is_alcohol,
        source=product.source,
        is_illustrative=product.is_demonstration,
        calendar=public_address(f"/calendar/products/{product.id}.ics"),
        stands=[stand_shape(stand) for stand in stands],
    )


def producer_shape(producer: producers.Producer, stands: Sequence[where_sold.Stand]) -> shapes.Producer:
    """A producer; contacts are private unless each was made public."""
    return shapes.Producer(
        slug=producer.slug,
        url=public_address(f"/producers/{producer.slug}"),
        calendar=public_address(f"/calendar/producers/{producer.slug}.ics"),
        name=text(producer.name),
        kind=producer.kind,
        place=producer.place or "",
        locality=locality_shape(producer.locality) if producer.locality else None,
        phone=producer.contact_phone if producer.phone_is_public else "",
        email=producer.contact_email if producer.email_is_public else "",
        is_illustrative=producer.is_demonstration,
        stands=[stand_shape(stand) for stand in stands],
    )


def stand_shape(stand: where_sold.Stand) -> shapes.Stand:
    """A confirmed stand at a fair that is on or to come."""
    return shapes.Stand(
        fair=stand.fair_slug,
        name=text(stand.fair_name),
        venue=text(stand.venue),
        first_day=stand.first_day,
        last_day=stand.last_day,
        booths=list(stand.booths),
    )
