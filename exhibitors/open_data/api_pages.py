"""Audience: anyone, all of them programs. Public data as JSON under /api/v1, described at /api/v1/openapi.json."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from events.calendars.public_address import public_address
from events.fairs.browse_fairs import find_public_fair
from events.fairs.fair import Fair
from events.fairs.permissions import may_see_fair
from exhibitors.open_data import api_shapes as shapes
from exhibitors.open_data.api_description import api_description
from exhibitors.open_data.api_operations import BASE, OPERATIONS
from exhibitors.open_data.fair_answers import (
    exhibitors_answer,
    fair_shape,
    fairs_answer,
    feeds_answer,
    venues_answer,
)
from exhibitors.open_data.product_answers import (
    producer_shape,
    producers_answer,
    product_shape,
    products_answer,
)
from exhibitors.producers.producer import Product
from exhibitors.producers.producer_directory import show_producer
from exhibitors.results.where_sold import stands_of
from foundation import clock
from foundation.audience import Audience, Pages, View, audience_suffices, found
from foundation.flask_database import current_session
from foundation.page_cache import answer_kept
from foundation.problems import problem_answer
from foundation.rate_limit import count_or_refuse, visitor_network

pages = Pages("api", __name__, audience=Audience.ANYONE)
MOST_ASKED = "300 per minute"
FRESH_FOR = "public, max-age=60"
OTHER_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After",
}
BY_NAME = {operation.name: operation for operation in OPERATIONS}
Query = TypeVar("Query", bound=msgspec.Struct)


def _page(name: str) -> Callable[[View], View]:
    return pages.page(BY_NAME[name].rule, may=audience_suffices, endpoint=name)


@pages.before_request
def limit_questions() -> None:
    """Only what must be worked out counts; kept answers are given before."""
    count_or_refuse(MOST_ASKED, "api", visitor_network())


@pages.after_request
def let_other_sites_ask(answer: Response) -> Response:
    """Pages of other sites may ask, conditionally too, and read the headers; browsers ask first with OPTIONS."""
    answer.headers.update(OTHER_SITES)
    if request.method == "OPTIONS":
        answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        answer.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        answer.headers["Access-Control-Max-Age"] = "86400"
    return answer


@pages.errorhandler(HTTPException)
def explain(error: HTTPException) -> ResponseReturnValue:
    """Problem details instead of a page."""
    answer = problem_answer(error.code or 500, (error.description or "") if error.code == 422 else "")
    wait = getattr(error, "retry_after", None)
    if wait is not None:
        answer.headers["Retry-After"] = str(wait)
    return answer


@_page("fairs")
def fairs() -> ResponseReturnValue:
    """Public fairs."""
    query = _asked(shapes.FairsQuery)
    return _answer(lambda: fairs_answer(current_session(), query, clock.today(), _next_address))


@_page("fair")
def fair(slug: str) -> ResponseReturnValue:
    """One fair."""
    _asked(shapes.NoQuery)
    return _answer(lambda: fair_shape(_public_fair(slug)))


@_page("exhibitors")
def exhibitors(slug: str) -> ResponseReturnValue:
    """Its confirmed exhibitors."""
    query = _asked(shapes.PageQuery)
    return _answer(lambda: exhibitors_answer(current_session(), _public_fair(slug), query.page, _next_address))


@_page("venues")
def venues() -> ResponseReturnValue:
    """Venues of public fairs."""
    query = _asked(shapes.PageQuery)
    return _answer(lambda: venues_answer(current_session(), query.page, _next_address))


@_page("products")
def products() -> ResponseReturnValue:
    """Products by name."""
    query = _asked(shapes.ProductsQuery)
    return _answer(lambda: products_answer(current_session(), query, clock.today(), _next_address))


@_page("product")
def product(product_id: str) -> ResponseReturnValue:
    """One product."""
    _asked(shapes.NoQuery)
    return _answer(lambda: _product(_number(product_id)))


@_page("producers")
def producers() -> ResponseReturnValue:
    """Producers in Vietnamese order."""
    query = _asked(shapes.ProducersQuery)
    return _answer(lambda: producers_answer(current_session(), query, clock.today(), _next_address))


@_page("producer")
def producer(producer: str) -> ResponseReturnValue:
    """One producer."""
    _asked(shapes.NoQuery)
    return _answer(lambda: _producer(producer))


@_page("feeds")
def feeds() -> ResponseReturnValue:
    """Calendars to subscribe to."""
    query = _asked(shapes.PageQuery)
    return _answer(lambda: feeds_answer(current_session(), clock.today(), query.page, _next_address))


@pages.page(f"{BASE}/openapi.json", may=audience_suffices)
def description() -> ResponseReturnValue:
    """The description of all this."""
    return _answer(lambda: api_description(public_address("")))


def _public_fair(slug: str) -> Fair:
    shown = found(find_public_fair(current_session(), slug))
    return shown if may_see_fair(None, shown) else abort(404)


def _product(number: int) -> shapes.Product:
    session = current_session()
    shown = found(session.get(Product, number))
    return product_shape(shown, stands_of(session, [shown.producer_id], clock.today()).get(shown.producer_id, []))


def _producer(slug: str) -> shapes.Producer:
    session = current_session()
    shown = found(show_producer(session, slug))
    return producer_shape(shown, stands_of(session, [shown.id], clock.today()).get(shown.id, []))


def _number(typed: str) -> int:
    try:
        return msgspec.convert(typed, shapes.ProductNumber, strict=False)
    except msgspec.ValidationError:
        abort(404)


def _asked(shape: type[Query]) -> Query:
    """The question in the address; each name at most once, nothing that is not foreseen."""
    typed: dict[str, list[str]] = dict(request.args.lists())
    twice = [name for name, values in typed.items() if len(values) > 1]
    if twice:
        abort(422, f"{twice[0]} is given more than once")
    broken = [name for name, values in typed.items() if values[0].endswith("\n")]
    if broken:  # the dollar of a pattern lets one line break pass
        abort(422, f"{broken[0]} ends with a line break")
    try:
        asked = msgspec.convert({name: values[0] for name, values in typed.items()}, shape, strict=False)
    except msgspec.ValidationError as fault:
        abort(422, str(fault))
    nothing = [name for name in typed if getattr(asked, name) is None]
    if nothing:  # the lax reading takes the word "null" for nothing at all
        abort(422, f"{nothing[0]} is left out rather than null")
    return asked


def _next_address(page: int) -> str:
    kept = {**request.args.to_dict(), "page": page}
    return public_address(f"{request.path}?{urlencode(kept)}")


def _answer(build: Callable[[], Any]) -> Response:
    def make() -> Response:
        response = Response(msgspec.json.encode(build()), content_type="application/json")
        response.headers.update(OTHER_SITES)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer_kept(make, FRESH_FOR, name=request.full_path, vary="Accept-Encoding")
