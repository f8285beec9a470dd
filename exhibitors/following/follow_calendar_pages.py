"""Audience: whoever holds a link of a letter, or the secret address of a calendar of what is followed."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from accounts.link_doors import private_page
from events.calendars.public_address import public_address
from events.calendars.subscribe_links import links_for, qr_picture
from exhibitors.following.follow import LinkKind
from exhibitors.following.follow_calendar import NAME, follow_feed, make_follow_calendar
from exhibitors.following.follow_doors import follow_or_page
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, found
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.rate_limit import count_or_refuse, visitor_network

pages = Pages("follow_calendar", __name__, audience=Audience.ANYONE)
MOST_GUESSES = "120 per hour"


@pages.page("/follow/calendar/<token>", may=audience_suffices, methods=("POST",))
def make(token: str) -> ResponseReturnValue:
    """A new address, shown this once: only its hash is kept. The way here is the link at the end of a letter."""
    session, language = current_session(), current_language()
    secret = make_follow_calendar(session, follow_or_page(token, LinkKind.STOP))
    session.commit()
    address = public_address(f"/calendar/following/{secret}.ics", language)
    facts = {"links": links_for(address, NAME.local(language)), "qr": qr_picture(address)}
    return private_page(render_template("exhibitors/following/follow/calendar.html", **facts))


@pages.page("/calendar/following/<token>.ics", may=audience_suffices)
def read(token: str) -> ResponseReturnValue:
    """Everything that the address follows now."""
    feed = follow_feed(current_session(), token, current_language(), clock.today())
    if feed is None:  # only guesses are counted: one network may fetch the calendars of many people
        count_or_refuse(MOST_GUESSES, "private-calendar", visitor_network())
    feed = found(feed)
    response = Response(feed.body, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    return response.make_conditional(request)
