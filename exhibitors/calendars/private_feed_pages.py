"""Audience: whoever has the secret address of a private calendar; calendar programs bring no session."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue

from accounts.organisation import actor_for
from events.calendars.calendar_feed import render_calendar, render_event
from events.calendars.public_address import public_address
from events.calendars.read_feeds import BEFORE_ANY_CHANGE
from exhibitors.calendars.private_calendar import person_of_calendar
from exhibitors.calendars.private_events import NAME, TEXT, private_events
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, found
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.rate_limit import count_or_refuse, visitor_network

pages = Pages("private_feed", __name__, audience=Audience.ANYONE, url_prefix="/calendar/private")
MOST_GUESSES = "120 per hour"


@pages.page("/<token>.ics", may=audience_suffices)
def read(token: str) -> ResponseReturnValue:
    """The calendar behind a secret address, with the roles the person has now."""
    session, language = current_session(), current_language()
    person = person_of_calendar(session, token)
    if person is None:  # only guesses are counted: one network may fetch the calendars of many people
        count_or_refuse(MOST_GUESSES, "private-calendar", visitor_network())
    person = found(person)
    events = private_events(session, actor_for(session, person), language, clock.today())
    body = render_calendar(
        name=NAME.local(language),
        description=TEXT.local(language),
        url=public_address("/account/calendar", language),
        source="",
        last_modified=max((event.last_modified for event in events if event.last_modified), default=BEFORE_ANY_CHANGE),
        fragments=[render_event(event) for event in events],
        language=language,
    )
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    return response.make_conditional(request)
