"""Audience: organisers. Offering a freed booth to the next of the waiting list, and closing the list."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_read_desk
from events.fairs.workbench import workbench_of
from exhibitors.allocation import wording  # noqa: F401 - registers the words of refusals
from exhibitors.allocation.allocation_board import find_row, waiting_rows
from exhibitors.allocation.permissions import may_publish_decisions
from exhibitors.allocation.waiting_list.automatic_offers import offers_automatically, set_automatic_offers
from exhibitors.allocation.waiting_list.close_waiting_list import close_waiting_list
from exhibitors.allocation.waiting_list.line_wording import ORDERS, why_none_words
from exhibitors.allocation.waiting_list.next_in_line import line_order, waiting_line
from exhibitors.allocation.waiting_list.offer_next import offer_next, short_deadline
from exhibitors.allocation.waiting_list.waiting_list_form import CloseForm, OfferForm
from exhibitors.applications.review.who_reviews import note_try
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings

pages = Pages("waiting_list", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/waiting-list", may=may_read_desk)
def line(slug: str) -> ResponseReturnValue:
    """Who is next for which free booth and why, who else waits, and the close of the list."""
    fair = _fair(slug)
    return _page(fair, OfferForm(confirm_by=short_deadline(fair)), CloseForm())


@pages.page("/fairs/<slug>/waiting-list/<code>/offer", may=may_publish_decisions, methods=("POST",))
def offer(slug: str, code: str) -> ResponseReturnValue:
    """Offer the booths of its turn to one application, letter and all."""
    session, fair, form = current_session(), _fair(slug), OfferForm.from_request()
    row = found(find_row(session, fair, code))
    found(None if row.application.id in signed_in_actor().stands_aside else row)
    if form.validate_posted():
        facts = {"confirm_by": form.moment, "base_url": _base_url()}
        try:
            offer_next(session, signed_in_actor(), fair, row.application, **facts)
        except Refused as refusal:
            session.rollback()
            note_try(session, signed_in_actor(), refusal)
            form.fault("confirm_by", refusal_words(refusal))
        else:
            session.commit()
            name = row.application.producer.name_vi
            flash(_("%(producer)s is being written to and has the booth until it answers.", producer=name), "ok")
            return redirect(url_for(".line", slug=slug), 303)
    return _page(_fair(slug), form, CloseForm())


@pages.page("/fairs/<slug>/waiting-list/automatic", may=may_publish_decisions, methods=("POST",))
def automatic(slug: str) -> ResponseReturnValue:
    """Let the jobs offer what falls free, or keep it to a press."""
    session, fair = current_session(), _fair(slug)
    on = request.form.get("on") == "yes"
    set_automatic_offers(session, signed_in_actor(), fair, on=on)
    session.commit()
    flash(_("Free booths are offered by themselves now.") if on else _("Free booths wait for your press now."), "ok")
    return redirect(url_for(".line", slug=slug), 303)


@pages.page("/fairs/<slug>/waiting-list/close", may=may_publish_decisions, methods=("POST",))
def close(slug: str) -> ResponseReturnValue:
    """Tell everybody who still waits that there will be no booth."""
    session, fair, form = current_session(), _fair(slug), CloseForm.from_request()
    if form.validate_posted():
        reason = form.reason.data or ""
        try:
            told = close_waiting_list(session, signed_in_actor(), fair, reason=reason, base_url=_base_url())
        except Refused as refusal:
            session.rollback()
            form.fault("reason", refusal_words(refusal))
        else:
            session.commit()
            flash(
                ngettext("The list is closed: %(num)s letter.", "The list is closed: %(num)s letters.", len(told)), "ok"
            )
            return redirect(url_for(".line", slug=slug), 303)
    fair = _fair(slug)
    return _page(fair, OfferForm(confirm_by=short_deadline(fair)), form)


def _page(fair: Fair, offer_form: OfferForm, close_form: CloseForm) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    waiting = waiting_line(session, fair)
    rows = {row.application.id: row for row in waiting_rows(session, fair)}
    page = render_template(
        "exhibitors/allocation/waiting_list/line.html",
        fair=fair,
        order_words=ORDERS[line_order(session, fair)],
        offers=waiting.offers,
        others=[(one, rows[one.application.id]) for one in waiting.waiting if one.application.id in rows],
        why_none_words=why_none_words,
        offer_form=offer_form,
        close_form=close_form,
        is_automatic=offers_automatically(session, fair),
        may_act=may_publish_decisions(actor, fair),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if offer_form.errors or close_form.errors else 200


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair


def _base_url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url
