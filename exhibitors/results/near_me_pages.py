"""Audience: anyone. Fairs by distance: the page is the same for everybody, their own browser puts it in order."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from events.fairs.browse_fairs import coming_fairs, points_of, whats_on
from exhibitors.results.wording import fair_rows
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices
from foundation.flask_database import current_session
from foundation.page_cache import kept_for_visitors

pages = Pages("near_me", __name__, audience=Audience.ANYONE)


@pages.page("/near", may=audience_suffices)
@kept_for_visitors
def show() -> ResponseReturnValue:
    """What is on and to come, with the points of its venues; in order of days until the visitor asks for more."""
    session, today = current_session(), clock.today()
    fairs = [*whats_on(session, today), *coming_fairs(session, today)]
    points = points_of(session, [fair.id for fair in fairs])
    rows = zip(fairs, fair_rows(fairs), strict=True)
    return render_template(
        "exhibitors/results/near_me/show.html", rows=[(row, points.get(fair.id, ())) for fair, row in rows]
    )
