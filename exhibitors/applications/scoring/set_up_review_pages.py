"""Audience: organisers. How a fair reviews and who reviews what (/organise/fairs/<slug>/review-setup)."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from events.fairs.fair import Fair, find_fair
from events.fairs.fair_history import last_change
from events.fairs.removed_answers import found_or_told
from events.fairs.workbench import workbench_of
from events.floor_plans.floor_plan import zones_of
from events.places.locality import Locality
from exhibitors.applications.review.application_review import Recusal
from exhibitors.applications.review.review_round import Criterion, criteria_of, find_criterion, round_of
from exhibitors.applications.review.set_up_review import (
    lift_recusal,
    place_reviewer,
    remove_criterion,
    set_criterion,
    set_rules,
)
from exhibitors.applications.review.who_reviews import reviewers_of
from exhibitors.applications.scoring.assign_reviewers import assign_reviewers, release_reviewer
from exhibitors.applications.scoring.permissions import may_set_up_review
from exhibitors.applications.scoring.review_progress import recusals_at, review_progress
from exhibitors.applications.scoring.set_up_review_form import (
    AssignForm,
    CriterionForm,
    PlaceForm,
    RulesForm,
    values_of_criterion,
    values_of_rules,
)
from exhibitors.calls.ticked_places import districts_to_tick, places_to_tick
from exhibitors.producers.product_group_register import groups_on
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("set_up_review", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
CRITERION = "/fairs/<slug>/review-setup/criteria/<int(max=2147483647):criterion_id>"
REVIEWER = "/fairs/<slug>/review-setup/reviewers/<int(max=2147483647):user_id>"
RECUSAL = "/fairs/<slug>/review-setup/recusals/<code>/<int(max=2147483647):recused_id>"
FOLDER = "exhibitors/applications/scoring/set_up_review"


@pages.page("/fairs/<slug>/review-setup", may=may_set_up_review)
def overview(slug: str) -> ResponseReturnValue:
    """Rules, criteria, reviewers with what they have done, and who stands aside."""
    return _page(_fair(slug))


@pages.page("/fairs/<slug>/review-setup/rules", may=may_set_up_review, methods=("POST",))
def rules(slug: str) -> ResponseReturnValue:
    """Set the rules."""
    session, fair = current_session(), _fair(slug)
    form: RulesForm = RulesForm.from_request()
    if form.validate_posted():
        try:
            set_rules(session, signed_in_actor(), fair, seen=form.seen_version(), **form.facts())
        except Refused as refusal:
            session.rollback()
            fair = _fair(slug)
            by = last_change(session, fair, acts=("review.set_rules",))
            if not form.is_overtaken(refusal, values_of_rules(round_of(session, fair)), by):
                form.explain(refusal)
        else:
            return _done(slug, _("Saved."))
    return _page(_fair(slug), rules_form=form)


@pages.page("/fairs/<slug>/review-setup/criteria/new", may=may_set_up_review, methods=("GET", "POST"))
def new_criterion(slug: str) -> ResponseReturnValue:
    """Enter a criterion."""
    return _criterion_form(_fair(slug), None)


@pages.page(
    "/fairs/<slug>/review-setup/criteria/<int(max=2147483647):criterion_id>",
    may=may_set_up_review,
    methods=("GET", "POST"),
)
def criterion(slug: str, criterion_id: int) -> ResponseReturnValue:
    """Change a criterion."""
    fair = _fair(slug)
    return _criterion_form(fair, _criterion(fair, criterion_id))


@pages.page(
    f"{CRITERION}/remove",
    may=may_set_up_review,
    methods=("POST",),
)
def drop_criterion(slug: str, criterion_id: int) -> ResponseReturnValue:
    """Ask for it no longer."""
    session, fair = current_session(), _fair(slug)
    known = _criterion(fair, criterion_id)
    remove_criterion(session, signed_in_actor(), fair, known)
    return _done(slug, _("Removed."))


@pages.page(f"{REVIEWER}/place", may=may_set_up_review, methods=("POST",))
def place(slug: str, user_id: int) -> ResponseReturnValue:
    """Say which commune a reviewer comes from."""
    session, fair = current_session(), _fair(slug)
    _reviewer(fair, user_id)
    form = _place_form()
    if form.validate_posted():
        home = session.scalar(select(Locality).where(Locality.code == form.locality.data))
        try:
            place_reviewer(session, signed_in_actor(), fair, user_id, home)
        except Refused as refusal:
            session.rollback()
            flash(refusal_words(refusal), "bad")
        else:
            return _done(slug, _("Saved."))
    return redirect(url_for(".overview", slug=slug) + "#reviewers", 303)


@pages.page(
    f"{REVIEWER}/release",
    may=may_set_up_review,
    methods=("POST",),
)
def release(slug: str, user_id: int) -> ResponseReturnValue:
    """Ask nothing more of a reviewer; the points they have given stay."""
    fair = _fair(slug)
    _reviewer(fair, user_id)
    release_reviewer(current_session(), signed_in_actor(), fair, user_id)
    return _done(slug, _("Nothing more is asked of this reviewer."))


@pages.page("/fairs/<slug>/review-setup/assign", may=may_set_up_review, methods=("POST",))
def assign(slug: str) -> ResponseReturnValue:
    """Share applications out among reviewers."""
    session, fair = current_session(), _fair(slug)
    form = _assign_form(fair)
    if form.validate_posted():
        people = [int(number) for number in form.people.data or () if number.isdigit()]
        try:
            assigned = assign_reviewers(session, signed_in_actor(), fair, people, **form.facts())
        except Refused as refusal:
            session.rollback()
            form.explain(refusal)
        else:
            words = ngettext("%(num)s review is asked for anew.", "%(num)s reviews are asked for anew.", assigned.made)
            if assigned.short:
                words += " " + ngettext(
                    "%(num)s application has fewer than wanted, as others stand too near to the unit.",
                    "%(num)s applications have fewer than wanted, as others stand too near to the units.",
                    assigned.short,
                )
            return _done(slug, words)
    return _page(_fair(slug), assign_form=form)


@pages.page(f"{RECUSAL}/lift", may=may_set_up_review, methods=("POST",))
def lift(slug: str, code: str, recused_id: int) -> ResponseReturnValue:
    """Let somebody come back to an application they stood aside from."""
    session, fair = current_session(), _fair(slug)
    one = next((row for row in recusals_at(session, fair) if (row.code, row.user_id) == (code, recused_id)), None)
    recusal = found(session.get(Recusal, (one.application_id, recused_id)) if one else None)
    try:
        lift_recusal(session, signed_in_actor(), fair, recusal)
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
        return redirect(url_for(".overview", slug=slug) + "#aside", 303)
    return _done(slug, _("Saved."))


def _page(fair: Fair, **forms: Any) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    page = render_template(
        f"{FOLDER}/overview.html",
        fair=fair,
        criteria=criteria_of(session, fair),
        progress=review_progress(session, fair),
        recusals=recusals_at(session, fair),
        place_form=_place_form(),
        workbench=workbench_of(session, actor, fair),
        **{
            "rules_form": RulesForm(data=values_of_rules(round_of(session, fair))),
            "assign_form": _assign_form(fair),
        }
        | forms,
    )
    return page, 422 if any(form.errors for form in forms.values()) else 200


def _criterion_form(fair: Fair, known: Criterion | None) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    form: CriterionForm = CriterionForm.from_request(**values_of_criterion(known))
    if form.validate_posted():
        try:
            set_criterion(session, actor, fair, known, seen=form.seen_version() if known else None, **form.facts())
        except Refused as refusal:
            session.rollback()
            by = last_change(session, fair, known)
            if known is None or not form.is_overtaken(refusal, values_of_criterion(known), by):
                form.explain(refusal)
        else:
            return _done(fair.slug, _("Saved."))
    bench = workbench_of(session, actor, fair)
    page = render_template(f"{FOLDER}/criterion.html", fair=fair, criterion=known, form=form, workbench=bench)
    return page, 422 if form.errors else 200


def _criterion(fair: Fair, criterion_id: int) -> Criterion:
    return found_or_told(
        find_criterion(current_session(), fair, criterion_id),
        fair,
        Criterion,
        criterion_id,
        what=_("The criterion"),
        back_url=url_for(".overview", slug=fair.slug),
        step="review",
        form=CriterionForm.from_request,
        anew_url=url_for(".new_criterion", slug=fair.slug),
    )


def _place_form() -> PlaceForm:
    form: PlaceForm = PlaceForm.from_request()
    form.offer(places_to_tick(districts_to_tick(current_session(), current_language())))
    return form


def _assign_form(fair: Fair) -> AssignForm:
    session, language = current_session(), current_language()
    form: AssignForm = AssignForm.from_request()
    people = [(str(one.id), one.name) for one in reviewers_of(session, fair)]
    zones = [(zone.code, f"{zone.code} {zone.name.local(language)}".strip()) for zone in zones_of(session, fair)]
    groups = [(one.key, one.name_en if language == "en" else one.name_vi) for one in groups_on(clock.today())]
    form.offer(people, zones, groups)
    return form


def _reviewer(fair: Fair, user_id: int) -> None:
    """There is such a reviewer at this very fair."""
    found(next((one for one in reviewers_of(current_session(), fair) if one.id == user_id), None))


def _done(slug: str, words: str) -> ResponseReturnValue:
    current_session().commit()
    flash(words, "ok")
    return redirect(url_for("set_up_review.overview", slug=slug), 303)


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair
