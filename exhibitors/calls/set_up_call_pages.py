"""Audience: organisers. Who may apply and when; zones with their own window (/organise/fairs/<slug>/call)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.permissions import may_organise_fair, may_read_desk
from events.fairs.removed_answers import found_or_told
from events.fairs.workbench import workbench_of
from events.floor_plans.floor_plan import Zone, zones_of
from events.floor_plans.show_floor_plan import find_zone
from exhibitors.calls.call_terms import terms_of, window_of, zone_calls_of
from exhibitors.calls.known_units import Qualifying, count_qualifying
from exhibitors.calls.set_up_call import conditions_of, set_call_terms, set_zone_call
from exhibitors.calls.set_up_call_form import CallTermsForm, ZoneCallForm, values_of_terms, values_of_zone_call
from exhibitors.calls.ticked_places import districts_to_tick, places_to_tick
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("set_up_call", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/calls/set_up_call"
ACTS_ON_WINDOW = ("call.set_zone", "call.clear_zone")


@pages.page("/fairs/<slug>/call", may=may_read_desk)
def terms(slug: str) -> ResponseReturnValue:
    """Who may apply and when, with how many of the known producers could."""
    return _show(_fair(slug), None)


@pages.page("/fairs/<slug>/call", may=may_organise_fair, methods=("POST",))
def change(slug: str) -> ResponseReturnValue:
    """Save the terms, or only count who would qualify with what was typed."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    form = _form(fair)
    if form.validate_posted() and request.form.get("action") != "count":
        try:
            set_call_terms(session, actor, fair, form.seen_version(), **form.facts())
        except Refused as refusal:
            session.rollback()
            known, places = terms_of(session, fair), places_to_tick(districts_to_tick(session, current_language()))
            by = last_change(session, fair, known)
            if not form.is_overtaken(refusal, values_of_terms(known), by, lambda now: now.offer(places)):
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".terms", slug=slug), 303)
    return _show(fair, form)


@pages.page("/fairs/<slug>/call/count", may=may_organise_fair, methods=("POST",))
def count(slug: str) -> ResponseReturnValue:
    """The same count for the script: one sentence."""
    fair = _fair(slug)
    form = _form(fair)
    if not form.validate_posted():
        return render_template(f"{FOLDER}/count.html", counted=None), 422
    return render_template(f"{FOLDER}/count.html", counted=_count(fair, form))


@pages.page("/fairs/<slug>/call/zones/<int:zone_id>", may=may_organise_fair, methods=("GET", "POST"))
def zone(slug: str, zone_id: int) -> ResponseReturnValue:
    """Give a zone its own opening, late time and close."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    drawn = found_or_told(
        find_zone(session, fair, zone_id),
        fair,
        Zone,
        zone_id,
        what=_("The zone"),
        back_url=url_for(".terms", slug=slug) + "#zones",
        form=ZoneCallForm.from_request,
    )
    values = values_of_zone_call(zone_calls_of(session, fair).get(zone_id))
    form: ZoneCallForm = ZoneCallForm.from_request(**values)
    if form.validate_posted():
        try:
            set_zone_call(session, actor, fair, drawn, form.window(), seen=form.seen_version())
        except Refused as refusal:
            session.rollback()
            values = values_of_zone_call(zone_calls_of(session, fair).get(zone_id))
            if not form.is_overtaken(refusal, values, last_change(session, fair, drawn, ACTS_ON_WINDOW)):
                form.fault("closes_day", refusal_words(refusal))
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".terms", slug=slug) + "#zones", 303)
    page = render_template(
        f"{FOLDER}/zone.html",
        fair=fair,
        zone=drawn,
        form=form,
        window=window_of(fair, terms_of(session, fair)),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200


def _show(fair: Fair, typed: CallTermsForm | None) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    form = typed or _form(fair)
    calls = zone_calls_of(session, fair)
    page = render_template(
        f"{FOLDER}/terms.html",
        fair=fair,
        form=form,
        counted=None if form.errors else _count(fair, form),
        districts=districts_to_tick(session, current_language()),
        zones=[(zone, calls.get(zone.id)) for zone in _zones(fair)],
        may_act=may_organise_fair(actor, fair),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200


def _form(fair: Fair) -> CallTermsForm:
    session = current_session()
    form: CallTermsForm = CallTermsForm.from_request(**values_of_terms(terms_of(session, fair)))
    form.offer(places_to_tick(districts_to_tick(session, current_language())))
    return form


def _count(fair: Fair, form: CallTermsForm) -> Qualifying:
    return count_qualifying(current_session(), conditions_of(**form.facts()), fair.last_day)


def _zones(fair: Fair) -> list[Zone]:
    return zones_of(current_session(), fair)


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair
