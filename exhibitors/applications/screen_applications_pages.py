"""Audience: organisers. The queue of a fair's applications and each of them on one screen (/organise/fairs/…)."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_enter_desk
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.cancel_application import cancel_application
from exhibitors.applications.let_changes_lapse import extend_changes
from exhibitors.applications.permissions import may_cancel_application, may_read_application, may_screen
from exhibitors.applications.queue_address_form import asked_filters, kept_address
from exhibitors.applications.review.who_reviews import note_if_tied
from exhibitors.applications.screen_applications import ask_for_changes, reinstate, stage_decision, take_up
from exhibitors.applications.screen_applications_form import (
    CancelForm,
    ChangesForm,
    DecisionForm,
    ExtendForm,
    ReinstateForm,
)
from exhibitors.applications.screening_queue import find_in_fair, neighbours_in_queue
from exhibitors.applications.screening_screen import (
    FOLDER,
    address_of,
    application_beside,
    facts_of_one,
    queue_facts,
    screen_of,
)
from exhibitors.applications.screening_wording import DECISIONS
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings

pages = Pages("screen_applications", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/applications", may=may_enter_desk)
def queue(slug: str) -> ResponseReturnValue:
    """All applications that were handed in, as the address narrows them; one of them open beside the list."""
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    opened = application_beside(fair)
    return render_template(f"{FOLDER}/queue.html", **queue_facts(fair, opened), **facts_of_one(fair, opened))


@pages.page("/fairs/<slug>/applications/<code>", may=may_read_application)
def show(slug: str, code: str) -> ResponseReturnValue:
    """Everything about one application on one screen."""
    return screen_of(*_asked(slug, code))


@pages.page("/fairs/<slug>/applications/<code>/take-up", may=may_screen, methods=("POST",))
def begin(slug: str, code: str) -> ResponseReturnValue:
    """Take a new application up."""
    fair, application = _asked(slug, code)
    version = _version()
    return _act(fair, application, lambda: take_up(current_session(), signed_in_actor(), application, version))


@pages.page("/fairs/<slug>/applications/<code>/decision", may=may_screen, methods=("POST",))
def decide(slug: str, code: str) -> ResponseReturnValue:
    """Stage a decision, then stay or go on to the next in the queue."""
    session = current_session()
    fair, application = _asked(slug, code)
    form = DecisionForm.from_request()
    if not form.validate_posted():
        return screen_of(fair, application, decision_form=form)
    following = neighbours_in_queue(session, fair, asked_filters(fair), application)[1]
    try:
        stage_decision(
            session,
            signed_in_actor(),
            application,
            form.chosen,
            reason=form.reason.data or "",
            reason_code=form.chosen_code,
            expected_version=form.expected_version,
            beyond_quota=form.beyond_quota.data,
        )
    except Refused as refusal:
        _give_up(fair, code, refusal)
        form.fault("decision", refusal_words(refusal))
        form.version.data = ""
        quota_is_full = refusal.reason.startswith("quota_full")
        meanwhile = refusal.reason in {"decided_meanwhile", "move_impossible"}
        again = _application(fair, code)
        return screen_of(fair, again, decision_form=form, quota_is_full=quota_is_full, is_stale=meanwhile)
    session.commit()
    words = DECISIONS[form.chosen][0]
    flash(_("%(producer)s: noted “%(decision)s”. The producer hears of it when you publish.",
            producer=application.producer.name_vi, decision=words), "ok")  # fmt: skip
    if request.form.get("go") != "next":
        return redirect(address_of(fair, code), 303)
    return redirect(address_of(fair, following) if following else url_for(".queue", slug=slug, **kept_address()), 303)


@pages.page("/fairs/<slug>/applications/<code>/undecide", may=may_screen, methods=("POST",))
def undecide(slug: str, code: str) -> ResponseReturnValue:
    """Take a staged decision back."""
    fair, application = _asked(slug, code)
    session, actor, version = current_session(), signed_in_actor(), _version()
    return _act(fair, application, lambda: stage_decision(session, actor, application, None, expected_version=version))


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
                opened=form.points_opened,
                base_url=_base_url(),
                expected_version=form.expected_version,
            )
        except Refused as refusal:
            _give_up(fair, code, refusal)
            form.fault("due_on" if refusal.reason == "due_in_past" else "points", refusal_words(refusal))
        else:
            session.commit()
            flash(_("The producer gets a letter with the points and the day."), "ok")
            return redirect(address_of(fair, code), 303)
    return screen_of(fair, _application(fair, code), changes_form=form)


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
            _give_up(fair, code, refusal)
            form.fault("reason", refusal_words(refusal))
        else:
            session.commit()
            return redirect(address_of(fair, code), 303)
    return screen_of(fair, _application(fair, code), reinstate_form=form)


@pages.page("/fairs/<slug>/applications/<code>/extend", may=may_screen, methods=("POST",))
def extend(slug: str, code: str) -> ResponseReturnValue:
    """Give the producer more time for the changes."""
    session = current_session()
    fair, application = _asked(slug, code)
    form = ExtendForm.from_request()
    if form.validate_posted():
        try:
            extend_changes(session, signed_in_actor(), application, due_at=form.due_at, base_url=_base_url())
        except Refused as refusal:
            _give_up(fair, code, refusal)
            form.fault("later", refusal_words(refusal))
        else:
            session.commit()
            flash(_("The producer gets a letter with the new day."), "ok")
            return redirect(address_of(fair, code), 303)
    return screen_of(fair, _application(fair, code), extend_form=form)


@pages.page("/fairs/<slug>/applications/<code>/cancel", may=may_cancel_application, methods=("POST",))
def cancel(slug: str, code: str) -> ResponseReturnValue:
    """Take the place back from a unit that was accepted or has confirmed."""
    session = current_session()
    fair, application = _asked(slug, code)
    form = CancelForm.from_request()
    if form.validate_posted():
        try:
            cancel_application(
                session,
                signed_in_actor(),
                application,
                reason=form.why.data,
                base_url=_base_url(),
                expected_version=form.expected_version,
            )
        except Refused as refusal:
            _give_up(fair, code, refusal)
            form.fault("why", refusal_words(refusal))
            form.version.data = ""
        else:
            session.commit()
            flash(_("The place is taken back; the producer gets a letter."), "ok")
            return redirect(address_of(fair, code), 303)
    return screen_of(fair, _application(fair, code), cancel_form=form)


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
        _give_up(fair, code, refusal)
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
    return redirect(address_of(fair, code), 303)


def _give_up(fair: Fair, code: str, refusal: Refused) -> None:
    """Nothing of it stays but, where somebody tried who stands too near to the unit, that they tried."""
    session = current_session()
    session.rollback()
    note_if_tied(session, signed_in_actor(), _application(fair, code), refusal)
    session.commit()


def _version() -> int | None:
    """The version that was on the screen."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _base_url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url
