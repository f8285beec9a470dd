"""Audience: anyone. One search box for products, producers, places and fairs; its filters stand in the address."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.places.find_places import units_asked_for
from exhibitors.producers.producer_directory import groups_in_use
from exhibitors.results.place_choices_form import place_choices
from exhibitors.results.search import MOST_PLACES, PER_PAGE, Found, Kind, SearchFilters, search_everything
from exhibitors.results.where_sold import When
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.money import format_number
from foundation.page_cache import kept_for_visitors
from foundation.paging import FoundPage, Paging, asked_page, refuse_beyond

pages = Pages("search", __name__, audience=Audience.ANYONE)
STARS = (3, 4, 5)
NARROWING = ("q", "district", "group", "stars", "when")


@pages.page("/search", may=audience_suffices)
@kept_for_visitors
def results() -> ResponseReturnValue:
    """What the words and filters find, group by group, or of one kind page by page."""
    session, today = current_session(), clock.today()
    filters = asked_filters()
    found = search_everything(session, filters, today, asked_page())
    page = _whole_page(filters, found)
    groups = groups_in_use(session, today)
    return render_template(
        "exhibitors/results/search/results.html",
        query=filters.query,
        filters=filters,
        found=found,
        is_unit=bool(units_asked_for(filters.query)),
        page=page,
        places=found.places if filters.kind else found.places[:MOST_PLACES],
        more_urls={kind: _address(kind) for kind in Kind},
        tabs=_tabs(filters, found),
        whens=[("", _("Any time")), ("now", _("On now")), ("coming", _("Coming up")), ("past", _("Over"))],
        groups=[("", _("All groups")), *((group.key, group.name.local(current_language())) for group in groups)],
        stars_choices=[
            ("", _("Any stars")),
            *((str(number), ngettext("From %(num)s star", "From %(num)s stars", number)) for number in STARS),
        ],
        place_choices=place_choices(session, current_language()),
    )


def asked_filters() -> SearchFilters:
    """What the address asks for; a value that there is not narrows nothing."""
    asked = request.args
    kind, when, stars = asked.get("kind", ""), asked.get("when", ""), asked.get("stars", "")
    return SearchFilters(
        query=asked.get("q", "").strip()[:100],
        kind=Kind(kind) if kind in set(Kind) else None,
        district=asked.get("district", "")[:60],
        group=asked.get("group", "")[:40],
        stars=int(stars) if stars in {str(number) for number in STARS} else None,
        when=When(when) if when in set(When) else None,
    )


def _whole_page(filters: SearchFilters, found: Found) -> Paging[Any] | None:
    """Of the one kind asked for; places stand on one page."""
    whole: dict[Kind | None, FoundPage[Any]] = {
        Kind.PRODUCTS: found.products,
        Kind.PRODUCERS: found.producers,
        Kind.FAIRS: found.fairs,
    }
    one = whole.get(filters.kind)
    if one is None:
        return None
    refuse_beyond(one)
    return Paging.of(one, PER_PAGE)


def _tabs(filters: SearchFilters, found: Found) -> list[tuple[str, str, bool]]:
    """Words, address and whether it is the present one, of everything and of each kind that has something."""
    words = {
        Kind.PRODUCTS: _("Products"),
        Kind.PRODUCERS: _("Producers"),
        Kind.PLACES: _("Places"),
        Kind.FAIRS: _("Fairs"),
    }
    shown = [kind for kind in Kind if found.totals[kind] or filters.kind is kind]
    if found.total == 0 and filters.kind is None:
        return []
    return [
        (_named(_("Everything"), found.total), _address(None), filters.kind is None),
        *((_named(words[kind], found.totals[kind]), _address(kind), filters.kind is kind) for kind in shown),
    ]


def _named(words: str, number: int) -> str:
    return f"{words} ({format_number(number, current_language())})"


def _address(kind: Kind | None) -> str:
    """This search among one kind, or everything; every filter is kept."""
    kept: dict[str, Any] = {name: request.args[name] for name in NARROWING if request.args.get(name)}
    if kind:
        kept["kind"] = kind.value
    return url_for("search.results", **kept)
