"""The legal block of a fair: its documents, and when the law wants something."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.legal_basis import legal_basis_of, legal_deadlines, say_legal_basis
from events.fairs.legal_basis_form import LegalBasisForm, LegalFileForm, legal_values
from events.fairs.legal_file import drop_legal_file, keep_legal_file
from events.fairs.permissions import may_organise_fair
from events.fairs.set_up_wording import DEADLINE_STATES, DEADLINES
from events.fairs.workbench import workbench_of
from foundation import clock
from foundation.actor import Actor
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import current_store, file_url

pages = Pages("legal_basis", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/legal", may=may_organise_fair, methods=("GET", "POST"))
def edit(slug: str) -> ResponseReturnValue:
    """Say what the fair stands on; the file has a form of its own, so that a refused one costs no typing."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    about_file = request.form.get("do") in {"keep", "drop"}
    values = legal_values(legal_basis_of(session, fair))
    form = LegalBasisForm(data=values) if about_file else LegalBasisForm.from_request(**values)
    file_form = LegalFileForm.from_request() if about_file else LegalFileForm()
    if _save_file(actor, fair, file_form) if about_file else form.validate_posted() and _save(actor, fair, form):
        session.commit()
        flash(_("Saved."), "ok")
        return redirect(url_for("legal_basis.edit", slug=slug), 303)
    fair = found(find_fair(session, slug))
    legal = legal_basis_of(session, fair)
    page = render_template(
        "events/fairs/legal_basis/edit.html",
        fair=fair,
        form=form,
        file_form=file_form,
        file=legal.file if legal else None,
        file_url=file_url,
        deadlines=legal_deadlines(fair, legal, clock.today()),
        deadline_names=DEADLINES,
        deadline_states=DEADLINE_STATES,
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors or form.form_errors or file_form.errors else 200


def _save(actor: Actor, fair: Fair, form: LegalBasisForm) -> bool:
    session, said = current_session(), form.said()
    faults = said.faults(fair)
    for fault in faults:
        form.explain(fault)
    if faults:
        return False
    try:
        say_legal_basis(session, actor, fair, said, expected_version=form.seen_version())
    except Refused as refusal:
        session.rollback()
        legal = legal_basis_of(session, fair)
        if not form.is_overtaken(refusal, legal_values(legal), last_change(session, fair, legal)):
            form.form_errors.append(refusal_words(refusal))
        return False
    return True


def _save_file(actor: Actor, fair: Fair, form: LegalFileForm) -> bool:
    session, store = current_session(), current_store()
    try:
        if request.form["do"] == "drop":
            drop_legal_file(session, actor, store, fair)
        else:
            name, content = form.file.sent_or_refused()
            keep_legal_file(session, actor, store, fair, name=name, content=content)
    except Refused as refusal:
        session.rollback()
        form.explain(refusal)
        return False
    return True
