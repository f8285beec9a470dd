"""Audience: organisers. Apply for a unit whose people came with paper (/organise/fairs/…/assist)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.link_doors import base_url
from events.fairs.fair import Fair, find_fair
from events.fairs.workbench import workbench_of
from events.places.locality import all_localities
from exhibitors.applications.assistance import wording  # noqa: F401 - registers its sentences
from exhibitors.applications.assistance.assist_producer import (
    abandon_assistance,
    begin_assistance,
    end_assistance,
    enter_and_assist,
)
from exhibitors.applications.assistance.permissions import may_assist
from exhibitors.applications.booth_application import live_application
from exhibitors.applications.wording import REFUSALS
from exhibitors.producers.claims.find_unit import units_nobody_keeps
from exhibitors.producers.claims.unit_claim import CODE_LIFE, spaced
from exhibitors.producers.producer import find_producer
from exhibitors.producers.register_producer_form import ProducerForm
from foundation import clock
from foundation.audience import Audience, Pages, audience_suffices, demand, forget_lent_unit, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("assist_producer", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/applications/assistance/assist_producer"


@pages.page("/fairs/<slug>/assist", may=may_assist)
def choose(slug: str) -> ResponseReturnValue:
    """Look the unit up among those that nobody keeps, or enter it."""
    session, fair = current_session(), _fair(slug)
    query = request.args.get("q", "").strip()[:100]
    why_closed = fair.why_no_application()
    return render_template(
        f"{FOLDER}/choose.html",
        fair=fair,
        query=query,
        units=units_nobody_keeps(session, query),
        why_closed=REFUSALS.get(why_closed) if why_closed else None,
        workbench=workbench_of(session, signed_in_actor(), fair),
    )


@pages.page("/fairs/<slug>/assist/begin", may=may_assist, methods=("POST",))
def begin(slug: str) -> ResponseReturnValue:
    """Act for the unit that was found, and open the form of the fair."""
    session, fair = current_session(), _fair(slug)
    producer = found(find_producer(session, request.form.get("unit", "")[:120]))
    try:
        begin_assistance(session, signed_in_actor(), fair, producer)
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
        return redirect(url_for(".choose", slug=slug), 303)
    session.commit()
    return redirect(url_for("my_unit.overview"), 303)


@pages.page("/fairs/<slug>/assist/new", may=may_assist, methods=("GET", "POST"))
def enter(slug: str) -> ResponseReturnValue:
    """Enter a unit that no register knows, then go on as with one that was found; those alike are shown first."""
    session, fair = current_session(), _fair(slug)
    form: ProducerForm = ProducerForm.from_request()
    form.offer_places(all_localities(session))
    alike = form.alike_not_seen(session) if form.validate_posted() else None
    if request.method == "POST" and not form.errors and alike is None:
        try:
            enter_and_assist(session, signed_in_actor(), fair, form.facts())
        except Refused as refusal:
            session.rollback()
            form.form_errors.append(refusal_words(refusal))
        else:
            session.commit()
            flash(_("The unit is entered. Enter its products next: applications choose from them."), "ok")
            return redirect(url_for("my_unit.overview"), 303)
    workbench = workbench_of(session, signed_in_actor(), fair)
    page = render_template(f"{FOLDER}/enter.html", form=form, fair=fair, alike=alike, workbench=workbench)
    return page, 422 if form.errors or form.form_errors or alike else 200


@pages.page("/assist/end", may=audience_suffices, methods=("POST",))
def end() -> ResponseReturnValue:
    """Hand over: a page to print with the code by which the unit's people take it over."""
    session, actor = current_session(), signed_in_actor()
    try:
        assistance, code = end_assistance(session, actor, base_url=base_url())
    except Refused as refusal:
        session.rollback()
        abandon_assistance(session, actor)
        session.commit()
        flash(refusal_words(refusal), "bad")
        return redirect(url_for("organiser_desk.desk"), 303)
    session.commit()
    forget_lent_unit()
    return render_template(
        f"{FOLDER}/code.html",
        producer=assistance.producer,
        application=live_application(session, assistance.fair_id, assistance.producer_id),
        code=spaced(code),
        until=clock.now() + CODE_LIFE,
        address=f"{base_url()}{url_for('claim_unit.find')}",
    )


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair
