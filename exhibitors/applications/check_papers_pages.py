"""Audience: organisers. The papers of an applicant, looked at and marked (…/applications/<code>/papers)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.workbench import workbench_of
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.check_papers_form import CheckForm
from exhibitors.applications.looks.application_look import Opened
from exhibitors.applications.looks.note_look import look_to_note
from exhibitors.applications.permissions import may_read_application, may_screen
from exhibitors.applications.screening_queue import find_in_fair
from exhibitors.producers.dossier.dossier_paper import PaperStatus, find_dossier_paper, papers_of_unit
from exhibitors.producers.dossier.keep_papers import check_paper
from exhibitors.producers.dossier.wording import PAPER_KINDS, PAPER_STATUSES
from foundation.after_answers import once_answered
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import file_url

pages = Pages("check_papers", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/applications/check_papers"


@pages.page("/fairs/<slug>/applications/<code>/papers", may=may_read_application)
def papers(slug: str, code: str) -> ResponseReturnValue:
    """Every paper in the applicant's dossier, with its pages and who has said what of it."""
    fair, application = _asked(slug, code)
    return _page(fair, application, CheckForm.from_request())


@pages.page("/fairs/<slug>/applications/<code>/papers/check", may=may_screen, methods=("POST",))
def check(slug: str, code: str) -> ResponseReturnValue:
    """Mark one paper; what the unit changed meanwhile is looked at again."""
    session, actor = current_session(), signed_in_actor()
    fair, application = _asked(slug, code)
    form: CheckForm = CheckForm.from_request()
    paper = found(find_dossier_paper(session, application.producer, form.brought_back("paper")))
    if form.validate_posted():
        status, reason = PaperStatus(form.status.data), form.reason.data or ""
        try:
            check_paper(
                session,
                actor,
                paper,
                status,
                reason=reason,
                fair_id=fair.id,
                expected_version=form.brought_back("version"),
            )
        except Refused as refusal:
            session.rollback()
            field = "status" if refusal.reason == "changed_meanwhile" else "reason"
            words = _("The unit changed this paper meanwhile. Look at it again.")
            form.fault(field, words if field == "status" else refusal_words(refusal))
        else:
            session.commit()
            flash(_("Noted. The producer sees it in the dossier."), "ok")
            return redirect(url_for(".papers", slug=slug, code=code), 303)
    return _page(*_asked(slug, code), form)


def _asked(slug: str, code: str) -> tuple[Fair, BoothApplication]:
    fair = found(find_fair(current_session(), slug))
    application = found(find_in_fair(current_session(), fair, code))
    demand(fair, application)
    return fair, application


def _page(fair: Fair, application: BoothApplication, form: CheckForm) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    once_answered(look_to_note(session, actor, application, Opened.PAPERS))
    page = render_template(
        f"{FOLDER}/papers.html",
        fair=fair,
        application=application,
        papers=papers_of_unit(session, application.producer_id),
        form=form,
        marked=form.brought_back("paper"),
        may_check=may_screen(actor, fair, application),
        kinds=PAPER_KINDS,
        statuses=PAPER_STATUSES,
        file_url=file_url,
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200
