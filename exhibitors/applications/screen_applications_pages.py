"""Audience: organisers. The queue of a fair's applications and each of them on one screen (/organise/fairs/…)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.permissions import Act
from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_enter_desk, may_organise_fair, zones_open_to
from events.fairs.workbench import workbench_of
from exhibitors.applications.application_history import history_of
from exhibitors.applications.application_moves import By, moves_open_to
from exhibitors.applications.asked_of_applicant import asked_of
from exhibitors.applications.automatic_checks import product_checks, unit_checks, worst_tone
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.held_booths import booths_held_by
from exhibitors.applications.permissions import may_read_application, may_screen
from exhibitors.applications.screen_applications import ask_for_changes, reinstate, stage_decision, take_up
from exhibitors.applications.screen_applications_form import ChangesForm, DecisionForm, ReinstateForm
from exhibitors.applications.screening_queue import (
    PER_PAGE,
    SORTS,
    QueueFilters,
    count_views,
    find_in_fair,
    neighbours_in_queue,
    queue_choices,
    queue_page,
)
from exhibitors.applications.screening_wording import ACTS, DECISIONS, SORT_WORDS, VIEW_WORDS, finding_words
from exhibitors.applications.wording import APPLICATION_STATES
from exhibitors.calls.asked_booths import quota_counts
from exhibitors.calls.wording import NEEDS, quota_words
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation import clock
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.house_form import clean
from foundation.outbox import letters_about
from foundation.paging import Paging, asked_page
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings
from foundation.upload_form import file_url

pages = Pages("screen_applications", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/applications/screen_applications"
DAYS_FOR_CHANGES = 5


@pages.page("/fairs/<slug>/applications", may=may_enter_desk)
def queue(slug: str) -> ResponseReturnValue:
    """All applications that were handed in, narrowed by what stands in the address."""
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    filters = _filters(fair)
    page = queue_page(session, fair, filters, asked_page())
    return render_template(
        f"{FOLDER}/queue.html",
        fair=fair,
        workbench=workbench_of(session, signed_in_actor(), fair),
        filters=filters,
        kept=_in_address(filters),
        page=Paging.of(page, PER_PAGE),
        held=page.held,
        counts=count_views(session, fair, filters.only_zones),
        choices=queue_choices(session, fair),
        views=VIEW_WORDS,
        sorts=SORT_WORDS,
        states=APPLICATION_STATES,
        decisions=DECISIONS,
        kinds=PRODUCER_KINDS,
        worst_tone=worst_tone,
        quota_words=quota_words,
        quotas=quota_counts(session, fair) if filters.only_zones is None else [],
    )


@pages.page("/fairs/<slug>/applications/<code>", may=may_read_application)
def show(slug: str, code: str) -> ResponseReturnValue:
    """Everything about one application on one screen."""
    return _screen(*_asked(slug, code))


@pages.page("/fairs/<slug>/applications/<code>/take-up", may=may_screen, methods=("POST",))
def begin(slug: str, code: str) -> ResponseReturnValue:
    """Take a new application up."""
    fair, application = _asked(slug, code)
    return _act(fair, application, lambda: take_up(current_session(), signed_in_actor(), application))


@pages.page("/fairs/<slug>/applications/<code>/decision", may=may_screen, methods=("POST",))
def decide(slug: str, code: str) -> ResponseReturnValue:
    """Stage a decision, then stay or go on to the next in the queue."""
    session = current_session()
    fair, application = _asked(slug, code)
    form = DecisionForm.from_request()
    if not form.validate_posted():
        return _screen(fair, application, decision_form=form)
    following = neighbours_in_queue(session, fair, _filters(fair), application)[1]
    try:
        stage_decision(
            session,
            signed_in_actor(),
            application,
            form.chosen,
            reason=form.reason.data or "",
            expected_version=form.expected_version,
            beyond_quota=form.beyond_quota.data,
        )
    except Refused as refusal:
        session.rollback()
        form.fault("reason" if refusal.reason.startswith("reason") else "decision", refusal_words(refusal))
        form.version.data = ""
        quota_is_full = refusal.reason.startswith("quota_full")
        return _screen(fair, _application(fair, code), decision_form=form, quota_is_full=quota_is_full)
    session.commit()
    words = DECISIONS[form.chosen][0]
    flash(_("%(producer)s: noted “%(decision)s”. The producer hears of it when you publish.",
            producer=application.producer.name_vi, decision=words), "ok")  # fmt: skip
    if request.form.get("go") != "next":
        return redirect(_address(fair, code), 303)
    return redirect(_address(fair, following) if following else url_for(".queue", slug=slug, **_kept()), 303)


@pages.page("/fairs/<slug>/applications/<code>/undecide", may=may_screen, methods=("POST",))
def undecide(slug: str, code: str) -> ResponseReturnValue:
    """Take a staged decision back."""
    fair, application = _asked(slug, code)
    return _act(fair, application, lambda: stage_decision(current_session(), signed_in_actor(), application, None))


@pages.page("/fairs/<slug>/applications/<code>/changes", may=may_screen, methods=("POST",))
def ask(slug: str, code: str) -> ResponseReturnValue:
    """Send it back to the producer with the points to mend."""
    session = current_session()
    fair, application = _asked(slug, code)
    form = ChangesForm.from_request()
    if form.validate_posted():
        try:
            ask_for_changes(
                session,
                signed_in_actor(),
                application,
                points=form.points.data,
                due_at=form.due_at,
                base_url=_base_url(),
            )
        except Refused as refusal:
            session.rollback()
            form.fault("due_on" if refusal.reason == "due_in_past" else "points", refusal_words(refusal))
        else:
            session.commit()
            flash(_("The producer gets a letter with the points and the day."), "ok")
            return redirect(_address(fair, code), 303)
    return _screen(fair, _application(fair, code), changes_form=form)


@pages.page("/fairs/<slug>/applications/<code>/reinstate", may=may_screen, methods=("POST",))
def bring_back(slug: str, code: str) -> ResponseReturnValue:
    """Bring an ended application back into review."""
    session = current_session()
    fair, application = _asked(slug, code)
    form = ReinstateForm.from_request()
    if form.validate_posted():
        try:
            reinstate(session, signed_in_actor(), application, reason=form.reason.data)
        except Refused as refusal:
            session.rollback()
            form.fault("reason", refusal_words(refusal))
        else:
            session.commit()
            return redirect(_address(fair, code), 303)
    return _screen(fair, _application(fair, code), reinstate_form=form)


def _asked(slug: str, code: str) -> tuple[Fair, BoothApplication]:
    """The fair and its application, if the person may do this with it."""
    fair = found(find_fair(current_session(), slug))
    application = _application(fair, code)
    demand(fair, application)
    return fair, application


def _application(fair: Fair, code: str) -> BoothApplication:
    """Nested addresses are checked together: the code must belong to this very fair."""
    return found(find_in_fair(current_session(), fair, code))


def _act(fair: Fair, application: BoothApplication, act: Callable[[], object]) -> ResponseReturnValue:
    session, code = current_session(), application.code
    try:
        act()
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
    return redirect(_address(fair, code), 303)


def _screen(
    fair: Fair,
    application: BoothApplication,
    *,
    decision_form: DecisionForm | None = None,
    changes_form: ChangesForm | None = None,
    reinstate_form: ReinstateForm | None = None,
    quota_is_full: bool = False,
) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    failed = any(form is not None for form in (decision_form, changes_form, reinstate_form))
    before, after = neighbours_in_queue(session, fair, _filters(fair), application)
    page = render_template(
        f"{FOLDER}/show.html",
        fair=fair,
        application=application,
        workbench=workbench_of(session, actor, fair),
        kept=_kept(),
        before=before,
        after=after,
        words=APPLICATION_STATES[application.current],
        decisions=DECISIONS,
        kinds=PRODUCER_KINDS,
        product_checks=product_checks,
        unit_checks=list(unit_checks(application)),
        finding_words=finding_words,
        booths=booths_held_by(session, [application.id]).get(application.id, ()),
        letters=letters_about(session, application.id),
        history=history_of(session, application),
        acts=ACTS,
        may_act=may_screen(actor, fair, application),
        moves=set(moves_open_to(application.current, By.ORGANISER)),
        decision_form=decision_form or _decision_form(application),
        changes_form=changes_form or ChangesForm(due_on=clock.today() + timedelta(days=DAYS_FOR_CHANGES)),
        quota_is_full=quota_is_full,
        asked=asked_of(session, application),
        sees_all_answers=may_organise_fair(actor, fair),
        needs=NEEDS,
        file_url=file_url,
        changes_open=changes_form is not None,
        reinstate_form=reinstate_form or ReinstateForm(),
    )
    return page, 422 if failed else 200


def _decision_form(application: BoothApplication) -> DecisionForm:
    return DecisionForm(
        decision=application.pending_decision, reason=application.decision_reason, version=application.version
    )


def _filters(fair: Fair | None = None) -> QueueFilters:
    """What the address asks for; with the fair, narrowed to what the person may read there."""
    asked = {name: str(clean(value)) for name, value in request.args.items()}
    return QueueFilters(
        state=asked.get("state", "all")[:20],
        zone=asked.get("zone", "")[:4],
        district=asked.get("district", "")[:60],
        group=asked.get("group", "")[:40],
        query=asked.get("q", "")[:100],
        sort=asked["sort"] if asked.get("sort") in SORTS else "oldest",
        only_zones=zones_open_to(signed_in_actor(), Act.READ_DESK, fair) if fair is not None else None,
    )


def _in_address(filters: QueueFilters) -> dict[str, Any]:
    """The filters that differ from the plain queue, as names of the address."""
    plain, names = asdict(QueueFilters()), {"query": "q"}
    asked = {name: value for name, value in asdict(filters).items() if name != "only_zones"}
    return {names.get(name, name): value for name, value in asked.items() if value != plain[name]}


def _kept() -> dict[str, Any]:
    return _in_address(_filters())


def _address(fair: Fair, code: str) -> str:
    return url_for("screen_applications.show", slug=fair.slug, code=code, **_kept())


def _base_url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url
