"""Audience: organisers. The words of decisions' letters, what each will say, and letters held back
(/organise/fairs/<slug>/letter-words, …/letters/<id>/…).
"""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.fairs.fair import Fair, find_fair
from events.fairs.workbench import workbench_of
from exhibitors.allocation.decision_letters.decision_letters_form import WordsForm
from exhibitors.allocation.decision_letters.hold_letters import (
    discard_letter,
    edit_letter,
    hold_letter,
    mark_of,
    release_held,
    release_letter,
)
from exhibitors.allocation.decision_letters.preview_letters import letters_to_come, sample_letter
from exhibitors.allocation.decision_letters.wording import KIND_WORDS, LANGUAGE_WORDS, PLACEHOLDER_WORDS
from exhibitors.allocation.letter_words.decision_text import KINDS, KNOWN, LANGUAGES, NEEDED, texts_of
from exhibitors.allocation.letter_words.decision_words import usual_words
from exhibitors.allocation.letter_words.write_decision_text import drop_decision_text, write_decision_text
from exhibitors.allocation.permissions import may_publish_decisions
from exhibitors.applications.fair_letters import find_letter
from exhibitors.applications.screening_queue import find_in_fair
from foundation.actor import Actor
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings

pages = Pages("decision_letters", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/allocation/decision_letters"
WORDS = "/fairs/<slug>/letter-words/<kind>/<language>"
LETTER = "/fairs/<slug>/letters/<int(max=2147483647):letter_id>"


@pages.page("/fairs/<slug>/letter-words", may=may_publish_decisions)
def overview(slug: str) -> ResponseReturnValue:
    """Which letters the fair writes in its own words."""
    session, fair = current_session(), _fair(slug)
    return render_template(
        f"{FOLDER}/overview.html",
        fair=fair,
        texts=texts_of(session, fair),
        kinds=KIND_WORDS,
        languages=LANGUAGE_WORDS,
        workbench=workbench_of(session, signed_in_actor(), fair),
    )


@pages.page(WORDS, may=may_publish_decisions, methods=("GET", "POST"))
def words(slug: str, kind: str, language: str) -> ResponseReturnValue:
    """Write the words of one letter; a press on "preview" shows what it would say and keeps nothing."""
    session, actor, fair = current_session(), signed_in_actor(), _fair(slug)
    found(kind if kind in KINDS and language in LANGUAGES else None)
    known = texts_of(session, fair).get((kind, language))
    subject, body = (known.subject, known.body) if known else usual_words(kind, language)
    form: WordsForm = WordsForm.from_request(subject=subject, body=body, version=str(known.version if known else 0))
    wanted = request.form.get("do") == "preview"
    if form.validate_posted() and not form.object_to(kind) and not wanted:
        typed = {"subject": form.subject.data or "", "body": form.body.data or ""}
        try:
            write_decision_text(session, actor, fair, kind, language, **typed, expected_version=form.expected_version)
        except Refused as refusal:
            session.rollback()
            fair = _fair(slug)
            known = texts_of(session, fair).get((kind, language))
            form.carry("version", known.version if known else 0)
            form.fault("body", refusal_words(refusal))
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for(".overview", slug=slug), 303)
    page = render_template(
        f"{FOLDER}/words.html",
        fair=fair,
        kind=kind,
        language_of_letter=language,
        title=KIND_WORDS[kind],
        language_words=LANGUAGE_WORDS[language],
        form=form,
        known=known,
        placeholders=[(name, PLACEHOLDER_WORDS[name], name in NEEDED[kind]) for name in KNOWN[kind]],
        sample=None if form.errors else sample_letter(fair, kind, language, form.subject.data, form.body.data),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200


@pages.page(f"{WORDS}/usual", may=may_publish_decisions, methods=("POST",))
def usual(slug: str, kind: str, language: str) -> ResponseReturnValue:
    """Go back to the usual words."""
    session, fair = current_session(), _fair(slug)
    known = texts_of(session, fair).get((kind, language))
    if known is not None:
        drop_decision_text(session, signed_in_actor(), fair, known)
        session.commit()
    flash(_("The usual words go out again."), "ok")
    return redirect(url_for(".overview", slug=slug), 303)


@pages.page("/fairs/<slug>/publish/<code>/letter", may=may_publish_decisions)
def to_come(slug: str, code: str) -> ResponseReturnValue:
    """What the letter of one noted decision will say to each member of the unit."""
    session, actor, fair = current_session(), signed_in_actor(), _fair(slug)
    application = found(find_in_fair(session, fair, code))
    found(None if application.id in actor.stands_aside or application.decision is None else application)
    return render_template(
        f"{FOLDER}/to_come.html",
        fair=fair,
        application=application,
        letters=letters_to_come(session, application, _base_url()),
        workbench=workbench_of(session, actor, fair),
    )


@pages.page(f"{LETTER}/words", may=may_publish_decisions, methods=("GET", "POST"))
def edit(slug: str, letter_id: int) -> ResponseReturnValue:
    """Change the words of a held letter."""
    session, actor, fair = current_session(), signed_in_actor(), _fair(slug)
    letter = _letter(fair, letter_id)
    as_it_stands = {"subject": letter.subject, "body": letter.body.strip(), "version": mark_of(letter)}
    form: WordsForm = WordsForm.from_request(**as_it_stands)
    stale = False
    if form.validate_posted():
        typed = {"subject": form.subject.data or "", "body": form.body.data or ""}
        try:
            edit_letter(session, actor, letter, **typed, seen=form.seen_mark)
        except Refused as refusal:
            session.rollback()
            fair = _fair(slug)
            letter = _letter(fair, letter_id)
            stale = refusal.reason == "words_stale"
            form.carry("version", mark_of(letter))
            form.fault("subject" if not form.subject.data else "body", refusal_words(refusal))
        else:
            session.commit()
            flash(_("Saved. The letter is still held."), "ok")
            return redirect(url_for("outbox.letter", slug=slug, letter_id=letter_id), 303)
    bench = workbench_of(session, actor, fair)
    page = render_template(f"{FOLDER}/edit.html", fair=fair, letter=letter, form=form, stale=stale, workbench=bench)
    return page, 422 if form.errors else 200


@pages.page(f"{LETTER}/hold", may=may_publish_decisions, methods=("POST",))
def hold(slug: str, letter_id: int) -> ResponseReturnValue:
    """Keep it back."""
    return _act(slug, letter_id, hold_letter, _("The letter is held."))


@pages.page(f"{LETTER}/release", may=may_publish_decisions, methods=("POST",))
def release(slug: str, letter_id: int) -> ResponseReturnValue:
    """Let it go."""
    return _act(slug, letter_id, release_letter, _("The letter is on its way."))


@pages.page(f"{LETTER}/discard", may=may_publish_decisions, methods=("POST",))
def discard(slug: str, letter_id: int) -> ResponseReturnValue:
    """It never leaves."""
    return _act(slug, letter_id, discard_letter, _("The letter is discarded."))


@pages.page("/fairs/<slug>/letters/release", may=may_publish_decisions, methods=("POST",))
def release_all(slug: str) -> ResponseReturnValue:
    """Let all held letters go."""
    session = current_session()
    count = release_held(session, signed_in_actor(), _fair(slug))
    session.commit()
    flash(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", count), "ok")
    return redirect(url_for("outbox.letters", slug=slug), 303)


def _act(slug: str, letter_id: int, act: Callable[..., None], said: str) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    letter = _letter(_fair(slug), letter_id)
    try:
        act(session, actor, letter)
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
        flash(said, "ok")
    return redirect(url_for("outbox.letter", slug=slug, letter_id=letter_id), 303)


def _letter(fair: Fair, letter_id: int) -> OutboxLetter:
    """The letter of this very fair, unless it is about an application from which the person stands aside."""
    actor: Actor = signed_in_actor()
    letter = found(find_letter(current_session(), fair, letter_id))
    return found(None if letter.application_id in actor.stands_aside else letter)


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair


def _base_url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url
