"""Audience: anyone. One search box for products, producers, places and fairs."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from exhibitors.results.search import search_everything
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices
from foundation.flask_database import current_session
from foundation.page_cache import kept_for_visitors

pages = Pages("search", __name__, audience=Audience.ANYONE)


@pages.page("/search", may=audience_suffices)
@kept_for_visitors
def results() -> ResponseReturnValue:
    """What the words find, group by group."""
    query = request.args.get("q", "").strip()[:100]
    found = search_everything(current_session(), query, clock.today())
    return render_template("exhibitors/results/search/results.html", query=query, found=found)
