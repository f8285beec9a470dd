"""Audience: anyone, search engines above all. Which pages there are, and which are not for them."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from events.calendars.public_address import public_address
from exhibitors.open_data.site_map import site_map
from foundation.audience import Audience, Pages, audience_suffices
from foundation.flask_database import current_session
from foundation.page_cache import answer_kept

pages = Pages("site_map", __name__, audience=Audience.ANYONE)
FRESH_FOR = "public, max-age=3600"
LIFE = 24 * 3600.0
NOT_FOR_ROBOTS = (
    "/account",
    "/api/",
    "/applications/",
    "/apply/",
    "/embed/",
    "/mailbox",
    "/organise",
    "/search",
    "/sign-in",
    "/sign-up",
)


@pages.page("/sitemap.xml", may=audience_suffices)
def pages_of_the_site() -> ResponseReturnValue:
    """All public pages."""

    def build() -> Response:
        return Response(site_map(current_session()), content_type="application/xml; charset=utf-8")

    return answer_kept(build, FRESH_FOR, vary="Accept-Encoding", life=LIFE)


@pages.page("/robots.txt", may=audience_suffices)
def robots() -> ResponseReturnValue:
    """What robots leave alone, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += [f"Disallow: /en{path}" for path in NOT_FOR_ROBOTS]
    text = "\n".join([*lines, "", f"Sitemap: {public_address('/sitemap.xml')}", ""])
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = FRESH_FOR
    return response
