"""Audience: anyone, most of them programs. Calendars of a producer, a product, a product group, and how to get them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.calendars.public_address import public_address
from events.calendars.read_feeds import Feed
from events.calendars.subscribe_links import links_for, qr_picture
from exhibitors.calendars import revise_stands
from exhibitors.calendars.stand_feeds import GROUP_TITLE, group_feed, producer_feed, product_feed
from exhibitors.producers.producer import Product, ProductGroup
from exhibitors.producers.producer_directory import show_producer
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, found
from foundation.bilingual import Bilingual
from foundation.calendar_answers import calendar_answer, kept_calendar
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.page_cache import kept_for_visitors

pages = Pages("stand_feeds", __name__, audience=Audience.ANYONE, url_prefix="/calendar")
FOLLOWER = revise_stands.revise_stands_changed
"""Named so that serving feeds always brings along what keeps them true."""
FAMILIES = "producers, products, groups"


@dataclass(frozen=True, slots=True)
class Followed:
    """What somebody follows: the name of its calendar, the page it comes from, and how its feed is made."""

    name: Bilingual
    title: Bilingual
    page: str
    build: Callable[[str], Feed]


@pages.page(f"/<any({FAMILIES}):whose>/<key>.ics", may=audience_suffices)
def feed(whose: str, key: str) -> ResponseReturnValue:
    """The stands of a producer or a product; the fairs with a product group."""

    def build() -> Response:
        followed, language = _find(current_session(), whose, key), current_language()
        feed = followed.build(language)
        return calendar_answer(feed.body, feed.last_modified, f"{whose}-{key}", followed.title.local(language))

    return kept_calendar(build, request.path)


@pages.page(f"/subscribe/<any({FAMILIES}):whose>/<key>", may=audience_suffices)
@kept_for_visitors
def subscribe(whose: str, key: str) -> ResponseReturnValue:
    """How to get that calendar into one's own calendar program."""
    followed, language = _find(current_session(), whose, key), current_language()
    return render_template(
        "exhibitors/calendars/stand_feeds/subscribe.html",
        followed=followed,
        whose=whose,
        key=key,
        links=links_for(public_address(f"/calendar/{whose}/{key}.ics", language), followed.title.local(language)),
        qr=qr_picture(public_address(f"/calendar/subscribe/{whose}/{key}", language)),
        download=url_for("stand_feeds.feed", whose=whose, key=key),
    )


def _find(session: Session, whose: str, key: str) -> Followed:
    return {"producers": _producer, "products": _product, "groups": _group}[whose](session, key)


def _producer(session: Session, key: str) -> Followed:
    producer = found(show_producer(session, key))
    page = url_for("producer_directory.show", slug=producer.slug)
    return Followed(
        producer.name, producer.name, page, lambda language: producer_feed(session, producer, language, clock.today())
    )


def _product(session: Session, key: str) -> Followed:
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        abort(404)
    product = found(session.get(Product, int(key)))
    page = url_for("producer_directory.show", slug=product.producer.slug)
    return Followed(
        product.name, product.name, page, lambda language: product_feed(session, product, language, clock.today())
    )


def _group(session: Session, key: str) -> Followed:
    group = found(session.scalar(select(ProductGroup).where(ProductGroup.key == key)))
    vi, en = (GROUP_TITLE.local(language).replace("{}", group.name.local(language)) for language in ("vi", "en"))
    page = url_for("producer_directory.products", group=group.key)
    return Followed(
        group.name, Bilingual(vi, en), page, lambda language: group_feed(session, group, language, clock.today())
    )
