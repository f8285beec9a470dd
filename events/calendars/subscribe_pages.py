"""Audience: anyone. How to get a calendar, or one fair, into one's own calendar program."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.calendars.feed_topics import Family, FeedTopic, find_topic, topics_in_use
from events.calendars.public_address import public_address
from events.calendars.read_feeds import CALENDAR_NAME, EVERYTHING
from events.calendars.subscribe_links import links_for, qr_picture
from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_see_fair
from foundation.audience import Audience, Pages, audience_suffices, demand, found
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.page_cache import kept_for_visitors

pages = Pages("subscribe", __name__, audience=Audience.ANYONE)


@pages.page("/calendar/subscribe", may=audience_suffices)
@kept_for_visitors
def everything() -> ResponseReturnValue:
    """The calendar of all fairs, and the choice of narrower ones."""
    language = current_language()
    return render_template(
        "events/calendars/subscribe/page.html",
        links=links_for(public_address(f"/calendar/{EVERYTHING}.ics", language), CALENDAR_NAME.local(language)),
        qr=qr_picture(public_address("/calendar/subscribe", language)),
        what=_("all fairs in Quảng Ninh"),
        download=url_for("calendar_feeds.everything", name=EVERYTHING),
        topics=topics_in_use(current_session()),
    )


@pages.page(f"/calendar/subscribe/<any({', '.join(Family)}):family>/<key>", may=audience_suffices)
@kept_for_visitors
def topic(family: str, key: str) -> ResponseReturnValue:
    """The fairs of one kind or at one place."""
    asked = found(find_topic(current_session(), Family(family), key))
    return render_template("events/calendars/subscribe/page.html", **_facts_of_topic(asked))


@pages.page("/fairs/<slug>/subscribe", may=may_see_fair)
@kept_for_visitors
def fair(slug: str) -> ResponseReturnValue:
    """One fair with its opening hours."""
    shown = found(find_fair(current_session(), slug))
    demand(shown)
    return render_template("events/calendars/subscribe/page.html", **_facts_of_fair(shown))


def _facts_of_topic(asked: FeedTopic) -> dict[str, object]:
    language = current_language()
    title = asked.title.local(language)
    return {
        "links": links_for(public_address(asked.path, language), title),
        "qr": qr_picture(public_address(f"/calendar/subscribe/{asked.family.value}/{asked.key}", language)),
        "what": title,
        "download": url_for("calendar_feeds.topic", family=asked.family.value, key=asked.key),
        "topic": asked,
    }


def _facts_of_fair(shown: Fair) -> dict[str, object]:
    language = current_language()
    name = shown.name.local(language)
    return {
        "links": links_for(public_address(f"/calendar/fairs/{shown.slug}.ics", language), name),
        "qr": qr_picture(public_address(f"/fairs/{shown.slug}/subscribe", language)),
        "what": name,
        "download": url_for("calendar_feeds.fair", slug=shown.slug, download=1),
        "fair": shown,
        "days_only": public_address(f"/calendar/fairs/summary/{shown.slug}.ics", language),
    }
