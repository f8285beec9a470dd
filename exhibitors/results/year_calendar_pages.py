"""Audience: anyone. A whole year at a glance: its fairs month by month, with new and full moons and Tết."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from events.calendars.day_lanes import FIRST_MONTH, LAST_MONTH, year_months
from events.fairs.browse_fairs import fairs_between, fairs_without_days, public_years
from events.fairs.fair import Phase
from exhibitors.results.span_wording import fair_spans
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.lunar import lunar, new_year_of
from foundation.page_cache import kept_for_visitors

pages = Pages("year_calendar", __name__, audience=Audience.ANYONE)


@pages.page("/calendar/<int:year>", may=audience_suffices)
@kept_for_visitors
def show(year: int) -> ResponseReturnValue:
    """Twelve small months and what is on in each; fairs that are off are said to be in the words beside them."""
    if not FIRST_MONTH.year <= year <= LAST_MONTH.year:
        abort(404)
    session, language, today = current_session(), current_language(), clock.today()
    shown = fairs_between(session, FIRST_MONTH.replace(year=year), LAST_MONTH.replace(year=year, day=31))
    dated = [(fair, fair.first_day, fair.last_day) for fair in shown if fair.first_day and fair.last_day]
    some_day = fairs_without_days(session, year)
    held = [fair for fair, _, _ in dated if fair.phase() not in {Phase.CANCELLED, Phase.POSTPONED}]
    months = year_months(year, today, fair_spans(held), language=language)
    new_year, years = new_year_of(year), public_years(session)
    return render_template(
        "exhibitors/results/year_calendar/show.html",
        year=year,
        months=[
            (
                month,
                [fair for fair, first, last in dated if month.holds(first, last)],
                [fair for fair in some_day if fair.month == month.first.month],
            )
            for month in months
        ],
        some_month=[fair for fair in some_day if fair.month is None],
        count=len(dated) + len(some_day),
        new_year=new_year,
        lunar_year=lunar(new_year) if new_year else None,
        earlier=next((one for one in years if one < year), None),
        later=next((one for one in reversed(years) if one > year), None),
        years=years,
    )
