"""Audience: anyone. Producers and products, and a producer's own page with where to find it next."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.calendars.public_address import public_address
from events.places.directions import geo_uri, map_url
from exhibitors.fair_days.sold_out import sold_out_of, where_sold_out
from exhibitors.producers.pictures.unit_picture import public_pictures_of_unit
from exhibitors.producers.producer import ProducerKind
from exhibitors.producers.producer_directory import (
    PER_PAGE,
    ProducerFilters,
    ProductFilters,
    groups_in_use,
    producers_page,
    products_page,
    show_producer,
)
from exhibitors.producers.wording import PRODUCER_KINDS
from exhibitors.results.place_choices_form import place_choices
from exhibitors.results.search import forgiving
from exhibitors.results.structured_data import producer_organisation
from exhibitors.results.where_sold import WITH_THOSE_OFF, past_stands, stands_of
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, found
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.page_cache import kept_for_visitors
from foundation.paging import Paging, asked_page, refuse_beyond

pages = Pages("producer_directory", __name__, audience=Audience.ANYONE)
STARS = (3, 4, 5)


@pages.page("/producers", may=audience_suffices)
@kept_for_visitors
def producers() -> ResponseReturnValue:
    """Producers in Vietnamese order, found without accents."""
    session = current_session()
    kind = request.args.get("kind", "")
    filters = ProducerFilters(
        query=request.args.get("q", "").strip()[:100],
        district=request.args.get("district", "")[:60],
        kind=kind if kind in {member.value for member in ProducerKind} else "",
    )
    page, corrected = forgiving(
        session, filters.query, lambda words: producers_page(session, replace(filters, query=words), asked_page())
    )
    refuse_beyond(page)
    return render_template(
        "exhibitors/results/producer_directory/producers.html",
        filters=filters,
        corrected=corrected,
        page=Paging.of(page, PER_PAGE),
        kinds=[("", _("All kinds")), *((member.value, str(words)) for member, words in PRODUCER_KINDS.items())],
        kind_words={member.value: words for member, words in PRODUCER_KINDS.items()},
        place_choices=place_choices(session, current_language()),
    )


@pages.page("/products", may=audience_suffices)
@kept_for_visitors
def products() -> ResponseReturnValue:
    """Products by name, with stars and where to find them now."""
    session, today = current_session(), clock.today()
    least = request.args.get("stars", "")
    filters = ProductFilters(
        query=request.args.get("q", "").strip()[:100],
        district=request.args.get("district", "")[:60],
        group=request.args.get("group", "")[:40],
        stars=int(least) if least in {str(number) for number in STARS} else None,
    )
    page, corrected = forgiving(
        session, filters.query, lambda words: products_page(session, replace(filters, query=words), asked_page())
    )
    refuse_beyond(page)
    groups = groups_in_use(session, today)
    stars = [(str(number), ngettext("From %(num)s star", "From %(num)s stars", number)) for number in STARS]
    return render_template(
        "exhibitors/results/producer_directory/products.html",
        filters=filters,
        corrected=corrected,
        page=Paging.of(page, PER_PAGE),
        groups=[("", _("All groups")), *((group.key, group.name.local(current_language())) for group in groups)],
        stars_choices=[("", _("Any stars")), *stars],
        place_choices=place_choices(session, current_language()),
        stands=stands_of(session, {product.producer_id for product in page.rows}, today),
        sold_out=where_sold_out(session, {product.id for product in page.rows}, today),
    )


@pages.page("/producers/<slug>", may=audience_suffices)
@kept_for_visitors
def show(slug: str) -> ResponseReturnValue:
    """One producer: products, story, the contacts it made public, and its confirmed booths."""
    session, today = current_session(), clock.today()
    producer = found(show_producer(session, slug))
    if producer.slug != slug:  # two entries of the register have become one
        return redirect(url_for(".show", slug=producer.slug), 301)
    language = current_language()
    stands = stands_of(session, [producer.id], today, states=WITH_THOSE_OFF).get(producer.id, [])
    pictures = public_pictures_of_unit(session, producer.id)
    return render_template(
        "exhibitors/results/producer_directory/show.html",
        producer=producer,
        kind=PRODUCER_KINDS[ProducerKind(producer.kind)],
        stands=stands,
        structured=producer_organisation(producer, stands, language),
        feed_url=public_address(f"/calendar/producers/{slug}.ics", language),
        past=past_stands(session, producer.id, today),
        pictures=pictures,
        point=producer.point if producer.point_is_public else None,
        geo_uri=geo_uri,
        map_url=map_url,
        photos={one.product_id: one.file for one in reversed(pictures)},
        sold_out=frozenset().union(*sold_out_of(session, producer.id, today).values()),
    )
