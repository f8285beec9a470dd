"""Audience: organisers. Invitation codes of a fair: make, change, withdraw (/organise/fairs/<slug>/invitations)."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.permissions import may_organise_fair
from events.fairs.workbench import workbench_of
from exhibitors.calls.call_terms import terms_of
from exhibitors.calls.invitation_code import InvitationCode, codes_of
from exhibitors.calls.invite import change_code, make_code, withdraw_code
from exhibitors.calls.set_up_call_form import InvitationForm, values_of_code
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.settings import Settings

pages = Pages("invite", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/calls/invite"


@pages.page("/fairs/<slug>/invitations", may=may_organise_fair, methods=("GET", "POST"))
def codes(slug: str) -> ResponseReturnValue:
    """All codes with who used them, and a form for a new one. Codes are secrets: readers do not see them."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    form: InvitationForm = InvitationForm.from_request(**values_of_code(None))
    if form.validate_posted():
        try:
            facts = {"given_to": form.given_to.data or "", "uses": form.uses.data, "valid_until": form.valid_until}
            made = make_code(session, actor, fair, **facts)
        except Refused as refusal:
            session.rollback()
            form.explain(refusal)
        else:
            session.commit()
            flash(_("Code %(code)s is made. Send it with the link below.", code=made.code), "ok")
            return redirect(url_for(".codes", slug=slug), 303)
    page = render_template(
        f"{FOLDER}/codes.html",
        fair=fair,
        form=form,
        codes=codes_of(session, fair),
        moment=clock.now(),
        by_invitation=terms_of(session, fair).is_by_invitation,
        apply_url=_base_url() + url_for("fill_in_application.form", slug=slug),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200


@pages.page("/fairs/<slug>/invitations/<int:code_id>", may=may_organise_fair, methods=("GET", "POST"))
def change(slug: str, code_id: int) -> ResponseReturnValue:
    """Allow a code for more or fewer units, longer or shorter."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    code = _code(fair, code_id)
    form: InvitationForm = InvitationForm.from_request(**values_of_code(code))
    if form.validate_posted():
        try:
            change_code(
                session, actor, code, uses=form.uses.data, valid_until=form.valid_until, seen=form.seen_version()
            )
        except Refused as refusal:
            session.rollback()
            if not form.is_overtaken(refusal, values_of_code(code), last_change(session, fair, code)):
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".codes", slug=slug), 303)
    bench = workbench_of(session, actor, fair)
    page = render_template(f"{FOLDER}/code.html", fair=fair, code=code, form=form, workbench=bench)
    return page, 422 if form.errors else 200


@pages.page("/fairs/<slug>/invitations/<int:code_id>/withdraw", may=may_organise_fair, methods=("POST",))
def withdraw(slug: str, code_id: int) -> ResponseReturnValue:
    """From now on nobody can use it."""
    session = current_session()
    fair = _fair(slug)
    withdraw_code(session, signed_in_actor(), _code(fair, code_id))
    session.commit()
    flash(_("The code is withdrawn. Applications that were sent with it stay."), "ok")
    return redirect(url_for(".codes", slug=slug), 303)


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair


def _code(fair: Fair, code_id: int) -> InvitationCode:
    query = select(InvitationCode).where(InvitationCode.fair_id == fair.id, InvitationCode.id == code_id)
    return found(current_session().scalar(query))


def _base_url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url
