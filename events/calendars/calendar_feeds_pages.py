"""Audience: anyone, most of them programs. The calendar feeds at /calendar/….ics."""

from __future__ import annotations

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from events.calendars import revise_entries
from events.calendars.feed_topics import Family, find_topic
from events.calendars.public_address import set_public_address
from events.calendars.read_feeds import EVERYTHING, everything_feed, fair_feed, topic_feed, was_public
from events.fairs.fair import find_fair
from events.fairs.permissions import may_see_fair
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, found
from foundation.calendar_answers import calendar_answer, kept_calendar
from foundation.flask_database import current_session
from foundation.languages import current_language

pages = Pages("calendar_feeds", __name__, audience=Audience.ANYONE, url_prefix="/calendar")
pages.record_once(lambda state: set_public_address(state.app.extensions["settings"].base_url))
FOLLOWER = revise_entries.revise_changed
"""Named so that serving feeds always brings along what keeps them true."""

FILE_NAMES = {"vi": "Hội chợ OCOP Quảng Ninh", "en": "OCOP fairs in Quảng Ninh"}


@pages.page("/<name>.ics", may=audience_suffices)
def everything(name: str) -> ResponseReturnValue:
    """Every public fair; the name stands in the address because some readers show it."""
    if name != EVERYTHING:
        abort(404)
    language = current_language()

    def build() -> Response:
        feed = everything_feed(current_session(), language, clock.today())
        return calendar_answer(feed.body, feed.last_modified, EVERYTHING, FILE_NAMES[language])

    return kept_calendar(build, request.path)


@pages.page(f"/<any({', '.join(Family)}):family>/<key>.ics", may=audience_suffices)
def topic(family: str, key: str) -> ResponseReturnValue:
    """The public fairs of one kind or at one place."""

    def build() -> Response:
        session = current_session()
        asked = found(find_topic(session, Family(family), key))
        feed = topic_feed(session, asked, current_language(), clock.today())
        return calendar_answer(feed.body, feed.last_modified, f"{family}-{key}", asked.title.local(current_language()))

    return kept_calendar(build, request.path)


@pages.page("/fairs/<slug>.ics", may=audience_suffices)
def fair(slug: str) -> ResponseReturnValue:
    """One fair with its opening hours; `?download` gives a file to import once. Gone (410) when it was withdrawn."""
    return _fair(slug, with_hours=True)


@pages.page("/fairs/summary/<slug>.ics", may=audience_suffices)
def fair_summary(slug: str) -> ResponseReturnValue:
    """One fair as a single entry over its days."""
    return _fair(slug, with_hours=False)


def _fair(slug: str, *, with_hours: bool) -> Response:
    to_keep = "download" in request.args

    def build() -> Response:
        # A feed never depends on who asks: readers come without a session, and everybody gets the same octets.
        session = current_session()
        shown = found(find_fair(session, slug))
        if not may_see_fair(None, shown):
            abort(410 if was_public(shown) else 404)
        facts = {"to_keep": to_keep, "with_hours": with_hours}
        feed = fair_feed(session, shown, current_language(), clock.today(), **facts)
        return calendar_answer(
            feed.body, feed.last_modified, slug, shown.name.local(current_language()), attached=to_keep
        )

    return kept_calendar(build, f"{request.path}?download" if to_keep else request.path)
