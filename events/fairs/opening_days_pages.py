"""The days of a fair, one by one, and its building days."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.legal_basis import legal_basis_of, legal_deadlines
from events.fairs.opening_days import OpeningDays, opening_days_of, set_opening_days
from events.fairs.opening_days_form import MOST_ROWS, OpeningDaysForm, day_values, days_of
from events.fairs.permissions import may_organise_fair
from events.fairs.set_up_wording import DEADLINE_STATES, DEADLINES
from events.fairs.workbench import workbench_of
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused

pages = Pages("opening_days", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/days", may=may_organise_fair, methods=("GET", "POST"))
def edit(slug: str) -> ResponseReturnValue:
    """A row for each day: closed, usual hours, or its own."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    form = OpeningDaysForm.from_request(**day_values(fair))
    if request.method == "POST":
        form.validate()
        said = _said(form, fair)
        for fault in [*said.faults(fair.first_day, fair.last_day), *_overtaken_days(form, fair)]:
            form.explain(fault)
        if not form.errors:
            try:
                set_opening_days(session, actor, fair, said, expected_version=form.seen_version())
            except Refused as refusal:
                session.rollback()
                fair = found(find_fair(session, slug))
                if not form.is_overtaken(
                    refusal, day_values(fair), last_change(session, fair, acts=("fair.set_days", "fair.change"))
                ):
                    form.explain(refusal)
            else:
                session.commit()
                flash(_("Saved."), "ok")
                return redirect(url_for("opening_days.edit", slug=slug), 303)
    page = render_template(
        "events/fairs/opening_days/edit.html",
        fair=fair,
        form=form,
        days=days_of(fair),
        most_rows=MOST_ROWS,
        deadlines=legal_deadlines(fair, legal_basis_of(session, fair), clock.today()),
        deadline_names=DEADLINES,
        deadline_states=DEADLINE_STATES,
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _said(form: OpeningDaysForm, fair: Fair) -> OpeningDays:
    """What was typed; a long fair has no rows here, so what is said of its days elsewhere stays."""
    said, now = form.said(), opening_days_of(fair)
    return said if days_of(fair) else replace(said, closed_days=now.closed_days, own_hours=now.own_hours)


def _overtaken_days(form: OpeningDaysForm, fair: Fair) -> list[Refused]:
    """The fair got other days while this page was open."""
    return [] if len(form.days) == len(days_of(fair)) else [Refused("set_up_changed_meanwhile")]
