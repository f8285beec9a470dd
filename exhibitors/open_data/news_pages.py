"""Audience: anyone, most of them programs. News of fairs as an Atom feed."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from exhibitors.open_data.news_feed import news_feed
from foundation.audience import Audience, Pages, audience_suffices
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.page_cache import answer_kept

pages = Pages("news", __name__, audience=Audience.ANYONE)


@pages.page("/news.atom", may=audience_suffices)
def feed() -> ResponseReturnValue:
    """The fairs whose facts changed last."""

    def build() -> Response:
        octets = news_feed(current_session(), current_language())
        return Response(octets, content_type="application/atom+xml; charset=utf-8")

    return answer_kept(build, "public, max-age=300", vary="Accept-Encoding")
