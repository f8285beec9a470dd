"""The papers of a person's own unit: looked at, added, changed and taken away."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exhibitors.producers.certificate_life import ends_soon
from exhibitors.producers.dossier.dossier_paper import DossierPaper, find_dossier_paper, papers_of_unit
from exhibitors.producers.dossier.keep_papers import (
    add_paper,
    change_paper,
    remove_page,
    remove_paper,
)
from exhibitors.producers.dossier.keep_papers_form import DossierForm
from exhibitors.producers.dossier.wording import PAPER_KINDS, PAPER_STATUSES
from exhibitors.producers.permissions import may_change_producer, may_see_own_unit
from exhibitors.producers.producer import Producer, own_producer
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.made_once import make_once
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import current_store, file_url

pages = Pages("keep_papers", __name__, audience=Audience.SIGNED_IN, url_prefix="/producer/papers", for_lent_unit=True)
FOLDER = "exhibitors/producers/dossier/keep_papers"


@pages.page("", may=may_see_own_unit)
def papers() -> ResponseReturnValue:
    """The dossier: every paper with its pages, its state and when it ends."""
    session, actor = current_session(), signed_in_actor()
    producer = found(own_producer(session, actor))
    demand(producer)
    return render_template(
        f"{FOLDER}/papers.html",
        papers=papers_of_unit(session, producer.id),
        may_change=may_change_producer(actor, producer),
        kinds=PAPER_KINDS,
        statuses=PAPER_STATUSES,
        ends_soon=ends_soon,
        today=clock.today(),
        file_url=file_url,
    )


@pages.page("/new", may=may_change_producer, methods=("GET", "POST"))
def new() -> ResponseReturnValue:
    """Add a paper; `?kind=` chooses what it is."""
    session, actor, producer = current_session(), signed_in_actor(), _own_unit()
    form: DossierForm = DossierForm.from_request(kind=request.args.get("kind", ""))
    if form.validate_posted():
        facts = form.facts()
        try:
            make_once(
                session,
                actor,
                form.once.data or "",
                DossierPaper,
                lambda: add_paper(session, actor, producer, facts, current_store()),
            )
        except Refused as refusal:
            session.rollback()
            form.explain(refusal)
        else:
            session.commit()
            flash(_("The paper is in your dossier. Every fair that asks for it finds it there."), "ok")
            return redirect(url_for(".papers"), 303)
    return _form_page(form, None)


@pages.page("/<int:dossier_id>", may=may_change_producer, methods=("GET", "POST"))
def paper(dossier_id: int) -> ResponseReturnValue:
    """Change a paper or add pages."""
    session, actor, producer = current_session(), signed_in_actor(), _own_unit()
    thing = found(find_dossier_paper(session, producer, dossier_id))
    form: DossierForm = DossierForm.from_request(obj=None if request.method == "POST" else thing)
    if request.method != "POST":
        form.files.data = []
    if form.validate_posted():
        try:
            change_paper(
                session, actor, thing, form.facts(), current_store(), expected_version=form.brought_back("version")
            )
        except Refused as refusal:
            session.rollback()
            form.explain(refusal)
            form.carry("version", refusal.facts.get("version", form.version.data))
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".papers"), 303)
    return _form_page(form, thing)


@pages.page("/<int:dossier_id>/pages/<int:page_id>/remove", may=may_change_producer, methods=("POST",))
def drop_page(dossier_id: int, page_id: int) -> ResponseReturnValue:
    """Take one page away."""
    session, producer = current_session(), _own_unit()
    thing = found(find_dossier_paper(session, producer, dossier_id))
    page = found(next((page for page in thing.pages if page.id == page_id), None))
    try:
        remove_page(session, signed_in_actor(), thing, page, current_store())
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
        flash(_("The page is removed."), "ok")
    return redirect(url_for(".paper", dossier_id=dossier_id), 303)


@pages.page("/<int:dossier_id>/remove", may=may_change_producer, methods=("GET", "POST"))
def remove(dossier_id: int) -> ResponseReturnValue:
    """Ask once more, then take the paper with its pages out of the dossier."""
    session, producer = current_session(), _own_unit()
    thing = found(find_dossier_paper(session, producer, dossier_id))
    if request.method == "POST":
        remove_paper(session, signed_in_actor(), thing, current_store())
        session.commit()
        flash(_("The paper is no longer in your dossier."), "ok")
        return redirect(url_for(".papers"), 303)
    return render_template(
        "foundation/confirm.html",
        title=_("Remove this paper?"),
        text=_("Its pages are deleted. Applications that rely on it will say that the paper is missing."),
        post_url=url_for(".remove", dossier_id=dossier_id),
        action=_("Remove the paper"),
        back_url=url_for(".paper", dossier_id=dossier_id),
        danger=True,
    )


def _own_unit() -> Producer:
    producer = found(own_producer(current_session(), signed_in_actor()))
    demand(producer)
    return producer


def _form_page(form: DossierForm, thing: DossierPaper | None) -> ResponseReturnValue:
    page = render_template(
        f"{FOLDER}/paper.html",
        form=form,
        paper=thing,
        kinds=PAPER_KINDS,
        statuses=PAPER_STATUSES,
        file_url=file_url,
    )
    return page, 422 if form.errors else 200
