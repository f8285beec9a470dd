"""Audience: anyone, most of them programs that show a link. Preview pictures of fairs and of the site."""

from __future__ import annotations

from flask import Response, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.browse_fairs import find_public_fair
from events.fairs.fair import Fair, FairState
from events.fairs.permissions import may_see_fair
from exhibitors.results.wording import venue_names
from foundation.audience import Audience, Pages, audience_suffices, found
from foundation.days import format_day_range
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.page_cache import answer_kept
from foundation.template_filters import time_known

pages = Pages("preview_pictures", __name__, audience=Audience.ANYONE)
LIFE = 24 * 3600.0


@pages.page("/fairs/<slug>/preview.png", may=audience_suffices)
def fair(slug: str) -> ResponseReturnValue:
    """The picture of a public fair with its name, days and place; the same for everybody."""

    def build() -> Response:
        shown = found(find_public_fair(current_session(), slug))
        if not may_see_fair(None, shown):
            abort(404)
        return Response(_picture(shown), content_type="image/png")

    return answer_kept(build, "public, max-age=3600", vary="Accept-Encoding", life=LIFE)


@pages.page("/preview.png", may=audience_suffices)
def site() -> ResponseReturnValue:
    """The picture of every page that has none of its own."""

    def build() -> Response:
        title, text = _("OCOP fairs in Quảng Ninh"), _("When, where, and who sells what at which booth")
        return Response(_draw(title=title, days=text, place="", day="OCOP", month=""), content_type="image/png")

    return answer_kept(build, "public, max-age=3600", vary="Accept-Encoding", life=LIFE)


def _picture(shown: Fair) -> bytes:
    language = current_language()
    marks = {FairState.CANCELLED: _("Cancelled"), FairState.POSTPONED: _("Postponed")}
    first, last = shown.first_day, shown.last_day
    if first is None or last is None:
        days = str(time_known(shown))
        heading, leaf = (str(shown.year), f"{shown.month:02}") if shown.month else ("OCOP", str(shown.year))
    else:
        days, heading = format_day_range(first, last, language), f"{first.month:02}/{first.year}"
        leaf = f"{first.day}–{last.day}" if first.month == last.month and first != last else str(first.day)
    place = str(venue_names(shown).striptags())
    mark = marks.get(FairState(shown.state), "")
    return _draw(title=shown.name.local(language), days=days, place=place, day=leaf, month=heading, mark=mark)


def _draw(**facts: str) -> bytes:
    from exhibitors.results.preview_picture import PreviewFacts, preview_picture  # reason: Pillow takes 12 MB

    return preview_picture(PreviewFacts(**facts))
