"""Audience: anyone, most of them programs that show a link. The preview picture of a fair."""

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

pages = Pages("preview_pictures", __name__, audience=Audience.ANYONE)
LIFE = 24 * 3600.0


@pages.page("/fairs/<slug>/preview.png", may=audience_suffices)
def fair(slug: str) -> ResponseReturnValue:
    """The picture of a public fair with its name, days and place; the same for everybody."""

    def build() -> Response:
        shown = found(find_public_fair(current_session(), slug))
        if not may_see_fair(None, shown) or shown.first_day is None:
            abort(404)
        return Response(_picture(shown), content_type="image/png")

    return answer_kept(build, "public, max-age=3600", vary="Accept-Encoding", life=LIFE)


def _picture(shown: Fair) -> bytes:
    from exhibitors.results.preview_picture import PreviewFacts, preview_picture  # reason: Pillow takes 12 MB

    language = current_language()
    first, last = shown.first_day, shown.last_day
    if first is None or last is None:
        abort(404)
    marks = {FairState.CANCELLED: _("Cancelled"), FairState.POSTPONED: _("Postponed")}
    one_month = first.month == last.month and first != last
    facts = PreviewFacts(
        title=shown.name.local(language),
        days=format_day_range(first, last, language),
        place=str(venue_names(shown).striptags()),
        day=f"{first.day}–{last.day}" if one_month else str(first.day),
        month=f"{first.month:02}/{first.year}",
        mark=marks.get(FairState(shown.state), ""),
    )
    return preview_picture(facts)
