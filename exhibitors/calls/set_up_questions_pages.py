"""Audience: organisers. Questions and papers that a fair asks for (/organise/fairs/<slug>/questions, …/papers)."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.permissions import may_organise_fair, may_read_desk
from events.fairs.removed_answers import found_or_told
from events.fairs.workbench import workbench_of
from events.floor_plans.floor_plan import zones_of
from exhibitors.calls.paper import Paper, find_paper, papers_of
from exhibitors.calls.question import Question, find_question, questions_of
from exhibitors.calls.set_up_papers import ask_usual_papers, faults_of_paper, remove_paper, set_paper
from exhibitors.calls.set_up_questions import faults_of_question, remove_question, set_question
from exhibitors.calls.set_up_questions_form import (
    PaperForm,
    QuestionForm,
    chosen_cells,
    differing_cells,
    values_of_paper,
    values_of_question,
)
from exhibitors.calls.wording import NEEDS, QUESTION_KINDS
from exhibitors.producers.product_group_register import groups_on
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("set_up_questions", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/calls/set_up_questions"


@pages.page("/fairs/<slug>/questions", may=may_read_desk)
def asked(slug: str) -> ResponseReturnValue:
    """All questions and papers of the fair."""
    session, actor = current_session(), signed_in_actor()
    fair = _fair(slug)
    return render_template(
        f"{FOLDER}/asked.html",
        fair=fair,
        questions=questions_of(session, fair),
        papers=papers_of(session, fair),
        question_kinds=QUESTION_KINDS,
        needs=NEEDS,
        may_act=may_organise_fair(actor, fair),
        workbench=workbench_of(session, actor, fair),
    )


@pages.page("/fairs/<slug>/questions/new", may=may_organise_fair, methods=("GET", "POST"))
def new_question(slug: str) -> ResponseReturnValue:
    """Ask a new question."""
    return _question_form(_fair(slug), None)


@pages.page("/fairs/<slug>/questions/<int:question_id>", may=may_organise_fair, methods=("GET", "POST"))
def question(slug: str, question_id: int) -> ResponseReturnValue:
    """Change a question."""
    fair = _fair(slug)
    return _question_form(fair, _question(fair, question_id))


@pages.page("/fairs/<slug>/questions/<int:question_id>/remove", may=may_organise_fair, methods=("POST",))
def drop_question(slug: str, question_id: int) -> ResponseReturnValue:
    """Ask it no longer."""
    session, fair = current_session(), _fair(slug)
    known = _question(fair, question_id)
    return _remove(slug, lambda: remove_question(session, signed_in_actor(), known))


@pages.page("/fairs/<slug>/papers/usual", may=may_organise_fair, methods=("POST",))
def usual_papers(slug: str) -> ResponseReturnValue:
    """Begin with the papers of most fairs."""
    session, fair = current_session(), _fair(slug)
    ask_usual_papers(session, signed_in_actor(), fair)
    session.commit()
    flash(_("The usual papers are in the list. Change what your fair asks otherwise."), "ok")
    return redirect(url_for(".asked", slug=slug) + "#papers", 303)


@pages.page("/fairs/<slug>/papers/new", may=may_organise_fair, methods=("GET", "POST"))
def new_paper(slug: str) -> ResponseReturnValue:
    """Ask for a paper."""
    return _paper_form(_fair(slug), None)


@pages.page("/fairs/<slug>/papers/<int:paper_id>", may=may_organise_fair, methods=("GET", "POST"))
def paper(slug: str, paper_id: int) -> ResponseReturnValue:
    """Change a paper and its matrix."""
    fair = _fair(slug)
    return _paper_form(fair, _paper(fair, paper_id))


@pages.page("/fairs/<slug>/papers/<int:paper_id>/remove", may=may_organise_fair, methods=("POST",))
def drop_paper(slug: str, paper_id: int) -> ResponseReturnValue:
    """Ask for it no longer."""
    session, fair = current_session(), _fair(slug)
    known = _paper(fair, paper_id)
    return _remove(slug, lambda: remove_paper(session, signed_in_actor(), known))


def _question_form(fair: Fair, known: Question | None) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    form, zones = _typed_question(fair, known), _zone_codes(fair)
    facts = form.facts()
    if form.validate_posted_with(lambda: faults_of_question(session, fair, known, facts)):
        try:
            set_question(session, actor, fair, known, form.seen_version() if known else None, **facts)
        except Refused as refusal:
            session.rollback()
            by = last_change(session, fair, known)
            if not form.is_overtaken(refusal, values_of_question(known), by, lambda now: now.offer(zones)):
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".asked", slug=fair.slug), 303)
    bench = workbench_of(session, actor, fair)
    page = render_template(f"{FOLDER}/question.html", fair=fair, question=known, form=form, workbench=bench)
    return page, 422 if form.errors else 200


def _paper_form(fair: Fair, known: Paper | None) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    form: PaperForm = PaperForm.from_request(**values_of_paper(known))
    cells = _typed_cells() if request.method == "POST" else dict(known.cells) if known else {}
    facts = form.facts(cells)
    if form.validate_posted_with(lambda: faults_of_paper(session, fair, known, facts)):
        try:
            set_paper(session, actor, fair, known, form.seen_version() if known else None, **facts)
        except Refused as refusal:
            session.rollback()
            by, values = last_change(session, fair, known), values_of_paper(known)
            rows = tuple(differing_cells(cells, known.cells)) if known else ()
            if not form.is_overtaken(refusal, values, by, more=rows):
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".asked", slug=fair.slug) + "#papers", 303)
    page = render_template(
        f"{FOLDER}/paper.html",
        fair=fair,
        paper=known,
        form=form,
        cells=cells,
        needs=NEEDS,
        kinds=PRODUCER_KINDS,
        groups=groups_on(clock.today()),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200


def _typed_question(fair: Fair, known: Question | None = None) -> QuestionForm:
    form: QuestionForm = QuestionForm.from_request(**values_of_question(known))
    form.offer(_zone_codes(fair))
    return form


def _zone_codes(fair: Fair) -> list[str]:
    return [zone.code for zone in zones_of(current_session(), fair)]


def _typed_cells() -> dict[str, str]:
    """What was chosen in the matrix, by "group:kind"; "as in general" is left out."""
    typed = {name.removeprefix("cell-"): value for name, value in request.form.items() if name.startswith("cell-")}
    return {name: value for name, value in typed.items() if value}


def _remove(slug: str, act: Callable[[], None]) -> ResponseReturnValue:
    session = current_session()
    try:
        act()
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
        flash(_("Removed."), "ok")
    return redirect(url_for(".asked", slug=slug), 303)


def _question(fair: Fair, question_id: int) -> Question:
    return found_or_told(
        find_question(current_session(), fair, question_id),
        fair,
        Question,
        question_id,
        what=_("The question"),
        back_url=url_for(".asked", slug=fair.slug),
        form=lambda: _typed_question(fair),
        anew_url=url_for(".new_question", slug=fair.slug),
    )


def _paper(fair: Fair, paper_id: int) -> Paper:
    return found_or_told(
        find_paper(current_session(), fair, paper_id),
        fair,
        Paper,
        paper_id,
        what=_("The paper"),
        back_url=url_for(".asked", slug=fair.slug) + "#papers",
        form=PaperForm.from_request,
        anew_url=url_for(".new_paper", slug=fair.slug),
        more=lambda: tuple(chosen_cells(_typed_cells())),
    )


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair
