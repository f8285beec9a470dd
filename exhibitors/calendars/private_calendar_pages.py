"""Audience: signed-in. One's own calendar of deadlines: make its secret address, renew it, end it."""

from __future__ import annotations

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from events.calendars.public_address import public_address
from events.calendars.subscribe_links import links_for, qr_picture
from exhibitors.calendars.private_calendar import (
    calendar_of,
    end_private_calendar,
    make_private_calendar,
)
from exhibitors.calendars.private_events import NAME
from foundation.audience import Audience, Pages, audience_suffices, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language

pages = Pages("private_calendar", __name__, audience=Audience.SIGNED_IN, url_prefix="/account/calendar")


@pages.page("", may=audience_suffices)
def overview() -> ResponseReturnValue:
    """Whether there is a calendar, and the ways to make, renew and end it."""
    return render_template(
        "exhibitors/calendars/private_calendar/overview.html",
        calendar=calendar_of(current_session(), signed_in_actor()),
    )


@pages.page("/make", may=audience_suffices, methods=("POST",))
def make() -> ResponseReturnValue:
    """A new address, shown this once: only its hash is kept."""
    session, language = current_session(), current_language()
    token = make_private_calendar(session, signed_in_actor())
    session.commit()
    address = public_address(f"/calendar/private/{token}.ics", language)
    page = render_template(
        "exhibitors/calendars/private_calendar/address.html",
        links=links_for(address, NAME.local(language)),
        qr=qr_picture(address),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.page("/end", may=audience_suffices, methods=("POST",))
def end() -> ResponseReturnValue:
    """The address leads nowhere from now on."""
    session = current_session()
    end_private_calendar(session, signed_in_actor())
    session.commit()
    return redirect(url_for("private_calendar.overview"), 303)
