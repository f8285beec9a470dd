"""The next edition: where its dates will lie, then the edition itself."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from events.fairs import edition_wording  # noqa: F401 - registers its sentences
from events.fairs.clone_fair import clone_fair, moved_dates
from events.fairs.clone_fair_form import CloneFairForm, next_values
from events.fairs.editions import editions_of
from events.fairs.fair import find_fair
from events.fairs.permissions import may_organise_fair
from events.fairs.wording import DATE_NAMES
from events.fairs.workbench import workbench_of
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused

pages = Pages("clone_fair", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/clone", may=may_organise_fair, methods=("GET", "POST"))
def form(slug: str) -> ResponseReturnValue:
    """Ask for the new opening, show all dates, make the draft."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    typed = CloneFairForm.from_request(**next_values(fair))
    preview, warnings, wants_it = None, [], request.form.get("do") == "make"
    if typed.validate_posted():
        said = typed.said()
        try:
            preview = moved_dates(session, fair, said["first_day"], by_lunar_date=said["by_lunar_date"])
            opening = next(one.new for one in preview if one.name == "first_day")
            warnings = typed.warnings(opening)
            if wants_it and (typed.has_shown(opening) or not warnings):
                made = clone_fair(session, actor, fair, **said)
                session.commit()
                flash(_done(len(preview)), "ok")
                return redirect(url_for("organise_fair.edit", slug=made.slug), 303)
            typed.carry("seen", opening.isoformat())
        except Refused as refusal:
            session.rollback()
            fair = found(find_fair(session, slug))
            typed.explain(refusal)
    page = render_template(
        "events/fairs/clone_fair/form.html",
        fair=fair,
        form=typed,
        preview=preview,
        warnings=warnings,
        date_names=DATE_NAMES,
        editions=editions_of(session, fair),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if typed.errors or wants_it else 200


def _done(dates: int) -> str:
    words: str = ngettext(
        "The new edition is a draft; %(num)s date has been moved. Check it, then publish.",
        "The new edition is a draft; %(num)s dates have been moved. Check them, then publish.",
        dates,
    )
    return words
