"""Audience: organisers. All scores of a fair, as a page and as a sheet (/organise/fairs/<slug>/scores)."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.workbench import workbench_of
from exhibitors.applications.review.review_round import criteria_of, round_of
from exhibitors.applications.scoring.compare_scores import (
    PER_PAGE,
    SORTS,
    VIEWS,
    ScoreFilters,
    ScoreRow,
    all_scores,
    score_page,
)
from exhibitors.applications.scoring.permissions import may_compare_scores
from exhibitors.applications.scoring.wording import ORDER_WORDS, TABLE_WORDS
from exhibitors.applications.wording import APPLICATION_STATES
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.audit_trail import record
from foundation.file_answers import file_answer
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.paging import Paging, asked_page
from foundation.tables_to_send import SPREADSHEET, Cell, as_spreadsheet

pages = Pages("compare_scores", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/scores", may=may_compare_scores)
def table(slug: str) -> ResponseReturnValue:
    """The middle, the spread and missing reviews of each application."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    filters = _asked(fair)
    page = score_page(session, fair, filters, asked_page())
    return render_template(
        "exhibitors/applications/scoring/compare_scores/table.html",
        fair=fair,
        page=Paging.of(page, PER_PAGE),
        counts=page.counts,
        filters=filters,
        views=TABLE_WORDS,
        sorts=ORDER_WORDS,
        states=APPLICATION_STATES,
        rules=round_of(session, fair),
        has_criteria=bool(criteria_of(session, fair)),
        workbench=workbench_of(session, actor, fair),
    )


@pages.page("/fairs/<slug>/scores.xlsx", may=may_compare_scores, methods=("POST",))
def sheet(slug: str) -> ResponseReturnValue:
    """The same as a spreadsheet; that it was taken out is recorded."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    rows = all_scores(session, fair, _asked(fair))
    record(session, actor, "scores.export", fair_id=fair.id, new={"rows": len(rows)})
    session.commit()
    heads = [
        _("Code"),
        _("Producer"),
        _("State"),
        _("Reviews"),
        _("Mean"),
        _("Median"),
        _("Lowest"),
        _("Highest"),
        _("Spread"),
        _("Scores"),
        _("Missing"),
    ]
    content = as_spreadsheet(str(_("Scores")), heads, [_cells(row) for row in rows])
    return file_answer(content, SPREADSHEET, f"{fair.slug}-scores.xlsx")


def _cells(row: ScoreRow) -> list[Cell]:
    given = "; ".join(f"{name}: {total}" for name, total in row.given)
    state = str(APPLICATION_STATES[row.state].to_organiser)
    figures: list[Cell] = [row.reviews, row.mean, row.median, row.lowest, row.highest, row.spread]
    return [row.code, row.name.local(current_language()), state, *figures, given, ", ".join(row.missing)]


def _asked(fair: Fair) -> ScoreFilters:
    """The view and the order that the address asks for; the order begins with what counts at the fair."""
    usual = "median" if round_of(current_session(), fair).by_median else "score"
    view, sort = request.args.get("view", ""), request.args.get("sort", "")
    hidden = signed_in_actor().stands_aside
    return ScoreFilters(view if view in VIEWS else "all", sort if sort in SORTS else usual, hidden)


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair
