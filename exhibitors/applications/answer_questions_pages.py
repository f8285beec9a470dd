"""A producer answers the organiser's questions and brings papers; organisers look at it as a producer would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import find_fair
from events.fairs.permissions import may_read_desk
from events.fairs.workbench import workbench_of
from events.floor_plans.floor_plan import zones_of
from exhibitors.applications.answer_questions import answer_questions
from exhibitors.applications.answer_questions_form import AnswersForm, answers_form
from exhibitors.applications.application_moves import ENDED
from exhibitors.applications.asked_of_applicant import AskedOfApplicant, asked_of, asked_of_somebody
from exhibitors.applications.asked_points import Point, is_opened
from exhibitors.applications.booth_application import BoothApplication, find_application, lock_application
from exhibitors.applications.open_to_change import OPEN_TO_PRODUCER, may_still_change
from exhibitors.applications.page_of_ended import told_as_ended
from exhibitors.applications.permissions import may_change_application
from exhibitors.applications.words_not_kept_form import NotKept, not_kept_of_answers
from exhibitors.calls.wording import NEEDS
from exhibitors.producers.producer import ProducerKind
from exhibitors.producers.product_group_register import groups_on
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.days import format_clock
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import current_store, file_url

pages = Pages("answer_questions", __name__, audience=Audience.SIGNED_IN, for_lent_unit=True)
FOLDER = "exhibitors/applications/answer_questions"


@pages.page("/applications/<code>/answers", may=may_change_application, methods=("GET", "POST"))
def answers(code: str) -> ResponseReturnValue:
    """The questions and papers that stand for this application; saved complete or not."""
    session = current_session()
    application = found(find_application(session, code))
    demand(application)
    is_sent, has_ended = request.method == "POST", application.current in ENDED
    if has_ended and not is_sent:
        return redirect(url_for("application_status.show", code=code), 303)
    if is_sent:
        lock_application(session, application)  # nobody else answers between the look at what is kept and the save
    asked = asked_of(session, application)
    form = answers_form(asked, request.form if is_sent else None, request.files)
    not_kept = _not_kept(application, form, asked) if is_sent else []
    if has_ended:
        form.form_errors.append(refusal_words(told_as_ended(application)))
    elif is_sent and _save(application, form, asked, not_kept):
        flash(_("Your answers are saved. What is still empty can be filled in later."), "ok")
        return redirect(_next(application), 303)
    page = render_template(
        f"{FOLDER}/answers.html",
        application=application,
        fair=application.fair,
        asked=asked_of(session, application) if form.errors else asked,
        form=form,
        needs=NEEDS,
        file_url=file_url,
        refusal_words=refusal_words,
        is_open=application.current in OPEN_TO_PRODUCER,
        may_answer=_may_answer(application),
        may_bring=_may_bring(application),
        not_kept=not_kept,
        has_ended=has_ended,
    )
    return page, 422 if form.errors else 200


@pages.page("/applications/<code>/answers/autosave", may=may_change_application, methods=("POST",))
def autosave(code: str) -> ResponseReturnValue:
    """The same save for the script, of a draft alone; files wait for the button."""
    session = current_session()
    application = found(find_application(session, code))
    demand(application)
    lock_application(session, application)
    if application.current not in OPEN_TO_PRODUCER:
        words = {"words": refusal_words(told_as_ended(application))} if application.current in ENDED else {}
        return jsonify(reason="application_not_open", **words), 409
    asked = asked_of(session, application)
    form = answers_form(asked, request.form, request.files)
    not_kept = _not_kept(application, form, asked)
    if not _save(application, form, asked, not_kept, is_complete=False):
        errors = {name or "": [str(text) for text in texts] for name, texts in form.errors.items()}
        return jsonify(errors=errors, fields={"seen": form.seen.data}), 409 if form.clashes else 422
    return jsonify(saved_at=format_clock(clock.now()), fields={"seen": form.seen.data})


@pages.page("/organise/fairs/<slug>/questions/preview", may=may_read_desk)
def preview(slug: str) -> ResponseReturnValue:
    """The same page as a producer of a kind with a product group would see it; nothing is kept."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    kind = request.args.get("kind", ProducerKind.HOUSEHOLD.value)
    group = request.args.get("group", "food")
    zones = [zone.code for zone in zones_of(session, fair)]
    zone = request.args.get("zone", zones[0] if zones else "")
    asked = asked_of_somebody(session, fair, kind, [group], [zone])
    return render_template(
        f"{FOLDER}/preview.html",
        fair=fair,
        asked=asked,
        form=answers_form(asked, None, None),
        needs=NEEDS,
        kinds=PRODUCER_KINDS,
        groups=groups_on(clock.today()),
        zones=zones,
        chosen={"kind": kind, "group": group, "zone": zone},
        workbench=workbench_of(session, actor, fair),
    )


def _may_answer(application: BoothApplication) -> bool:
    return application.current not in ENDED and is_opened(application, Point.ANSWERS)


def _may_bring(application: BoothApplication) -> bool:
    return may_still_change(current_session(), application) and is_opened(application, Point.PAPERS)


def _not_kept(application: BoothApplication, form: AnswersForm, asked: AskedOfApplicant) -> list[NotKept]:
    kept, sent = answers_form(asked, None, None), {*request.form, *request.files}
    is_open = {"answers_open": _may_answer(application), "papers_open": _may_bring(application)}
    return not_kept_of_answers(form, kept, asked, sent, **is_open)


def _save(
    application: BoothApplication,
    form: AnswersForm,
    asked: AskedOfApplicant,
    not_kept: Sequence[NotKept],
    *,
    is_complete: bool = True,
) -> bool:
    """Keep all that can be kept; what cannot stands at its field, and nothing else has to be typed or sent again.

    An old page changes only what was touched on it; what was changed elsewhere too is asked about first. While
    somebody types, a paper is kept from its number on: the rest waits for the button.
    """
    form.validate()
    answers = form.sound_answers(form.answers(asked))
    _keep(application, form, answers=answers)
    for number, file in form.files(asked).items():
        _keep(application, form, f"q{number}", answers={}, files={number: file})
    papers = form.papers(asked)
    for number, facts in papers.items() if is_complete else [one for one in papers.items() if one[1].number]:
        _keep(application, form, answers={}, papers={number: facts})
    form.seen.data = form.marks_after(asked_of(current_session(), application), knowing=is_complete)
    if not_kept:
        form.form_errors.append(refusal_words(Refused("typed_where_closed")))
    return not form.errors


def _keep(application: BoothApplication, form: AnswersForm, field: str = "", **said: Any) -> None:
    session = current_session()
    try:
        answer_questions(session, signed_in_actor(), application, store=current_store(), **said)
    except Refused as refusal:
        session.rollback()
        form.explain(refusal, field)
    else:
        session.commit()


def _next(application: BoothApplication) -> str:
    if application.current in OPEN_TO_PRODUCER and request.form.get("action") == "review":
        return url_for("fill_in_application.review", slug=application.fair.slug)
    return url_for(".answers", code=application.code)
