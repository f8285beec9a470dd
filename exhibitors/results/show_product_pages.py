"""Audience: anyone. One product: its stars and certificate, who makes it, and where it is sold next."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from exhibitors.fair_days.sold_out import sold_out_of
from exhibitors.producers.pictures.unit_picture import public_pictures_of_product
from exhibitors.producers.producer_directory import show_product
from exhibitors.results.structured_data import product_item
from exhibitors.results.where_sold import WITH_THOSE_OFF, stands_with_product
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, found
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.page_cache import kept_for_visitors

pages = Pages("show_product", __name__, audience=Audience.ANYONE)
MOST_OTHERS = 6


@pages.page("/products/<int:product_id>", may=audience_suffices)
@kept_for_visitors
def show(product_id: int) -> ResponseReturnValue:
    """A product's own page; alcohol is shown with its age note and told to no search engine."""
    session = current_session()
    product = found(show_product(session, product_id))
    others = [one for one in product.producer.products if one is not product and not one.is_alcohol]
    gone = sold_out_of(session, product.producer_id, clock.today())
    return render_template(
        "exhibitors/results/show_product/show.html",
        product=product,
        stands=stands_with_product(session, product.id, clock.today(), states=WITH_THOSE_OFF),
        sold_out=[slug for slug, products in gone.items() if product.id in products],
        others=others[:MOST_OTHERS],
        pictures=public_pictures_of_product(session, product.id),
        structured=product_item(product, current_language()),
    )
