"""Audience: anyone. The programme in figures over the years, each with its source."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from exhibitors.results.programme_figures import fairs_by_year, published_measures
from exhibitors.results.wording import MEASURES
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices
from foundation.flask_database import current_session
from foundation.page_cache import kept_for_visitors

pages = Pages("programme_figures", __name__, audience=Audience.ANYONE)


@pages.page("/figures", may=audience_suffices)
@kept_for_visitors
def overview() -> ResponseReturnValue:
    """Fairs by year and what they reported."""
    session = current_session()
    return render_template(
        "exhibitors/results/programme_figures/overview.html",
        years=fairs_by_year(session, clock.today()),
        groups=published_measures(session),
        measures=MEASURES,
    )
