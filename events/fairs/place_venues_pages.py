"""Audience: organisers. Where the venues of a fair are on the map (/organise/fairs/<slug>/venues)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs import set_up_wording  # noqa: F401 - registers its sentences
from events.fairs.fair import find_fair
from events.fairs.fair_history import last_change
from events.fairs.permissions import may_organise_fair
from events.fairs.place_venues import place_venues
from events.fairs.place_venues_form import PlaceVenuesForm, values_of_places
from events.fairs.workbench import workbench_of
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("place_venues", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/venues", may=may_organise_fair, methods=("GET", "POST"))
def edit(slug: str) -> ResponseReturnValue:
    """Paste a point for each venue."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    form = PlaceVenuesForm.of(fair)
    if form.validate_posted():
        points = form.read()
        try:
            if not form.errors:
                place_venues(session, actor, fair, points, form.seen_version())
                session.commit()
                flash(_("The venues are on the map."), "ok")
                return redirect(url_for("place_venues.edit", slug=slug), 303)
        except Refused as refusal:
            session.rollback()
            fair = found(find_fair(session, slug))
            if not form.is_overtaken(
                refusal, values_of_places(fair), last_change(session, fair, acts=("fair.place_venue", "fair.change"))
            ):
                form.form_errors.append(refusal_words(refusal))
    facts = {"fair": fair, "form": form, "workbench": workbench_of(session, actor, fair)}
    page = render_template("events/fairs/place_venues/edit.html", **facts)
    return page, 422 if form.errors or form.form_errors else 200
