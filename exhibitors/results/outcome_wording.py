"""Published figures in words, for the dashboard of a fair that is over."""

from __future__ import annotations

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.fair_outcome import OutcomeLine, tells_outcome
from exhibitors.results.fair_figure import Measure, figures_of
from exhibitors.results.wording import MEASURES, figure_words


@tells_outcome
def published_outcome(session: Session, fair: Fair) -> list[OutcomeLine]:
    """Each figure with its measure and source."""
    return [
        OutcomeLine(str(MEASURES[Measure(figure.measure)]), figure_words(figure), figure.source)
        for figure in figures_of(session, fair.id)
    ]
