"""Audience: organisers. What a reviewer has to score, one application at a time (/organise/fairs/<slug>/review)."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_score_some, scores_blind
from events.fairs.workbench import workbench_of
from exhibitors.applications.asked_of_applicant import asked_of
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.looks.application_look import Opened
from exhibitors.applications.looks.note_look import look_to_note
from exhibitors.applications.permissions import may_read_application, may_score
from exhibitors.applications.review.review_round import criteria_of, round_of
from exhibitors.applications.review.score_applications import SCORED_IN, score_application, stand_aside
from exhibitors.applications.review.sum_up_reviews import points_given
from exhibitors.applications.review.who_reviews import Tie, note_if_tied, tie_between
from exhibitors.applications.scoring import closed_doors  # noqa: F401 - tells why a page is closed
from exhibitors.applications.scoring.compare_scores import scores_of
from exhibitors.applications.scoring.names_of_applicant import names_of_applicant, places_of_applicant
from exhibitors.applications.scoring.permissions import may_compare_scores, may_set_up_review
from exhibitors.applications.scoring.redaction import redacted
from exhibitors.applications.scoring.review_list import PER_PAGE, next_to_score, review_page
from exhibitors.applications.scoring.score_applications_form import AsideForm, ScoreForm, score_form
from exhibitors.applications.scoring.wording import LIST_WORDS, REFUSALS
from exhibitors.applications.screening_queue import find_in_fair
from exhibitors.calls.wording import NEEDS
from foundation import clock
from foundation.after_answers import once_answered
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.paging import Paging, asked_page
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import file_url

pages = Pages("score_applications", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/applications/scoring/score_applications"


@pages.page("/fairs/<slug>/review", may=may_score_some)
def listing(slug: str) -> ResponseReturnValue:
    """What waits for this reviewer, what they have scored, and what they stand aside from."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    page = review_page(session, actor, fair, request.args.get("view", ""), asked_page())
    return render_template(
        f"{FOLDER}/listing.html",
        fair=fair,
        page=Paging.of(page, PER_PAGE),
        counts=page.counts,
        view=page.view,
        views=LIST_WORDS,
        ties={tie.value: REFUSALS[tie.value] for tie in Tie},
        rules=round_of(session, fair),
        now=clock.now(),
        has_criteria=bool(criteria_of(session, fair)),
        blind=scores_blind(actor, fair),
        may_compare=may_compare_scores(actor, fair),
        may_set_up=may_set_up_review(actor, fair),
        workbench=workbench_of(session, actor, fair),
    )


@pages.page("/fairs/<slug>/review/<code>", may=may_score)
def show(slug: str, code: str) -> ResponseReturnValue:
    """What one application brings, beside the points."""
    fair, application = _asked(slug, code)
    return _page(fair, application)


@pages.page("/fairs/<slug>/review/<code>/score", may=may_score, methods=("POST",))
def score(slug: str, code: str) -> ResponseReturnValue:
    """Keep the points, and go on to the next application."""
    session, actor = current_session(), signed_in_actor()
    fair, application = _asked(slug, code)
    form = _points_form(fair, application)
    if not form.validate_posted():
        return _page(fair, application, score_form=form)
    try:
        score_application(session, actor, application, form.points)
    except Refused as refusal:
        session.rollback()
        application = found(find_in_fair(session, fair, code))
        note_if_tied(session, actor, application, refusal)
        session.commit()
        form.form_errors.append(refusal_words(refusal))
        return _page(fair, application, score_form=form)
    session.commit()
    flash(_("Saved: the points for %(code)s.", code=code), "ok")
    following = next_to_score(session, actor, fair, code) if request.form.get("go") == "next" else code
    where = url_for(".show", slug=slug, code=following) if following else url_for(".listing", slug=slug)
    return redirect(where, 303)


@pages.page("/fairs/<slug>/review/<code>/aside", may=may_score, methods=("POST",))
def aside(slug: str, code: str) -> ResponseReturnValue:
    """Stand aside: from now on the application is closed to this person."""
    session, actor = current_session(), signed_in_actor()
    fair, application = _asked(slug, code)
    form: AsideForm = AsideForm.from_request()
    if form.validate_posted():
        try:
            stand_aside(session, actor, application, form.reason.data or "")
        except Refused as refusal:
            session.rollback()
            form.fault("reason", refusal_words(refusal))
        else:
            session.commit()
            flash(_("You stand aside from %(code)s and do not see it any more.", code=code), "ok")
            return redirect(url_for(".listing", slug=slug), 303)
    return _page(fair, found(find_in_fair(session, fair, code)), aside_form=form)


def _asked(slug: str, code: str) -> tuple[Fair, BoothApplication]:
    session = current_session()
    fair = found(find_fair(session, slug))
    application = found(find_in_fair(session, fair, code))
    demand(fair, application)
    return fair, application


def _points_form(fair: Fair, application: BoothApplication) -> ScoreForm:
    session, actor = current_session(), signed_in_actor()
    given = points_given(session, fair, [application.id]).get(application.id, {}).get(actor.user_id, {})
    return score_form(criteria_of(session, fair), given)


def _page(fair: Fair, application: BoothApplication, **forms: Any) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    once_answered(look_to_note(session, actor, application, Opened.POINTS))
    rules, blind = round_of(session, fair), scores_blind(actor, fair)
    tie = tie_between(session, actor, application)
    given = points_given(session, fair, [application.id]).get(application.id, {})
    criteria = criteria_of(session, fair)
    names, places = names_of_applicant(application), places_of_applicant(application)
    sees_others = may_compare_scores(actor, fair) or not rules.own_score_first or actor.user_id in given
    page = render_template(
        f"{FOLDER}/show.html",
        fair=fair,
        application=application,
        blind=blind,
        hide=partial(redacted, names=[*names, *places]) if blind else str,
        hide_place=partial(redacted, names=[*places, *names[:2]]) if blind else str,
        asked=asked_of(session, application),
        needs=NEEDS,
        file_url=file_url,
        criteria=criteria,
        points=given.get(actor.user_id, {}),
        tie=REFUSALS[tie.value] if tie else None,
        is_open=rules.is_open(clock.now()) and application.current in SCORED_IN,
        others=scores_of(session, fair, application) if sees_others and not tie else None,
        may_read=may_read_application(actor, fair, application),
        following=next_to_score(session, actor, fair, application.code),
        workbench=workbench_of(session, actor, fair),
        **{"score_form": _points_form(fair, application), "aside_form": AsideForm()} | forms,
    )
    failed = any(form.errors for form in forms.values())
    return page, 422 if failed else 200
