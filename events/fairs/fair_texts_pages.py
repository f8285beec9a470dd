"""The organiser writes what visitors read and chooses the cover picture."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs import set_up_wording  # noqa: F401 - registers its sentences
from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.fair_texts import LONGEST_TEXTS, drop_cover, faults_of_texts, keep_cover, say_texts, texts_version
from events.fairs.fair_texts_form import CoverForm, FairTextsForm
from events.fairs.permissions import may_organise_fair
from events.fairs.workbench import workbench_of
from foundation.actor import Actor
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import current_store

pages = Pages("fair_texts", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/texts", may=may_organise_fair, methods=("GET", "POST"))
def edit(slug: str) -> ResponseReturnValue:
    """Texts with a preview; the picture has a form of its own, so that a refused one costs no typing."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    do = request.form.get("do", "")
    about_cover = do in {"keep", "drop"}
    values = _values(fair)
    form = FairTextsForm(data=values) if about_cover else FairTextsForm.from_request(**values)
    form.offer()
    cover_form = CoverForm.from_request() if about_cover else CoverForm()
    if about_cover:
        done = _save_cover(actor, fair, cover_form, do)
    else:
        done = form.validate_posted() and do != "preview" and _save(actor, fair, form)
    if done:
        session.commit()
        flash(_("Saved."), "ok")
        return redirect(url_for("fair_texts.edit", slug=slug), 303)
    fair = found(find_fair(session, slug))
    page = render_template(
        "events/fairs/fair_texts/edit.html",
        fair=fair,
        form=form,
        cover_form=cover_form,
        wants_preview=do == "preview",
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors or form.form_errors or cover_form.errors else 200


def _save(actor: Actor, fair: Fair, form: FairTextsForm) -> bool:
    session, texts = current_session(), form.texts()
    faults = faults_of_texts(texts)
    for fault in faults:
        form.explain(fault)
    if faults:
        return False
    try:
        version = form.seen_version()
        about: dict[str, Any] = {**texts, "has_sales": form.sells(), "guest_country": form.guest_country.data or ""}
        say_texts(session, actor, fair, expected_version=version, **about)
    except Refused as refusal:
        session.rollback()
        if not form.is_overtaken(
            refusal, _values(fair), last_change(session, fair, acts=("fair.say_texts",)), FairTextsForm.offer
        ):
            form.explain(refusal)
        return False
    return True


def _values(fair: Fair) -> dict[str, Any]:
    values = {name: getattr(fair, name) for name in (*LONGEST_TEXTS, "guest_country")}
    return values | {"has_sales": {True: "yes", False: "no", None: ""}[fair.has_sales], "version": texts_version(fair)}


def _save_cover(actor: Actor, fair: Fair, form: CoverForm, do: str) -> bool:
    session, store = current_session(), current_store()
    try:
        if do == "drop":
            drop_cover(session, actor, store, fair)
        else:
            name, content = form.file.sent_or_refused()
            keep_cover(session, actor, store, fair, name=name, content=content)
    except Refused as refusal:
        session.rollback()
        form.fault("file", refusal_words(refusal))
        return False
    return True
