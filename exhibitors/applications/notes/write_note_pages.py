"""Audience: organisers. Notes among them about an application (/organise/fairs/…/applications/<code>/notes)."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import Fair, find_fair
from events.fairs.workbench import workbench_of
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.notes.colleagues import colleagues_at
from exhibitors.applications.notes.note_mention import notes_of
from exhibitors.applications.notes.write_note import find_note, say_read, take_note_back, write_note
from exhibitors.applications.notes.write_note_form import NoteForm
from exhibitors.applications.permissions import may_read_application, may_screen
from exhibitors.applications.review.application_review import ReviewNote
from exhibitors.applications.review.who_reviews import note_try, tie_between
from exhibitors.applications.screening_queue import find_in_fair
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.made_once import make_once
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings

pages = Pages("write_note", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/applications/notes/write_note"
_MENTIONS = frozenset({"mention_impossible"})


@pages.page("/fairs/<slug>/applications/<code>/notes", may=may_read_application)
def notes(slug: str, code: str) -> ResponseReturnValue:
    """All notes about the application; whoever may screen it writes here."""
    fair, application = _asked(slug, code)
    return _page(fair, application, _form(application))


@pages.page("/fairs/<slug>/applications/<code>/notes/new", may=may_screen, methods=("POST",))
def write(slug: str, code: str) -> ResponseReturnValue:
    """Keep a note and tell whoever is mentioned in it."""
    session, actor = current_session(), signed_in_actor()
    application = _asked(slug, code)[1]
    form = _form(application)
    settings: Settings = current_app.extensions["settings"]

    def make() -> ReviewNote:
        words, picked = form.words.data or "", form.mentioned.data or []
        return write_note(session, actor, application, words, picked, base_url=settings.base_url)

    if form.validate_posted():
        try:
            make_once(session, actor, form.once.data or "", ReviewNote, make)
        except Refused as refusal:
            session.rollback()
            note_try(session, actor, refusal)
            form.fault("mentioned" if refusal.reason in _MENTIONS else "words", refusal_words(refusal))
        else:
            session.commit()
            return redirect(url_for(".notes", slug=slug, code=code), 303)
    return _page(*_asked(slug, code), form)


@pages.page("/fairs/<slug>/applications/<code>/notes/read", may=may_read_application, methods=("POST",))
def read(slug: str, code: str) -> ResponseReturnValue:
    """Say that one has read what one was mentioned in."""
    application = _asked(slug, code)[1]
    say_read(current_session(), signed_in_actor(), application)
    current_session().commit()
    return redirect(url_for(".notes", slug=slug, code=code), 303)


@pages.page(
    "/fairs/<slug>/applications/<code>/notes/<int(max=2147483647):note_id>/take-back", may=may_screen, methods=("POST",)
)
def take_back(slug: str, code: str, note_id: int) -> ResponseReturnValue:
    """Remove one's own note."""
    session = current_session()
    application = _asked(slug, code)[1]
    try:
        take_note_back(session, signed_in_actor(), application, found(find_note(session, application, note_id)))
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
        flash(_("The note is gone."), "ok")
    return redirect(url_for(".notes", slug=slug, code=code), 303)


def _asked(slug: str, code: str) -> tuple[Fair, BoothApplication]:
    fair = found(find_fair(current_session(), slug))
    application = found(find_in_fair(current_session(), fair, code))
    demand(fair, application)
    return fair, application


def _form(application: BoothApplication) -> NoteForm:
    return NoteForm.beside(colleagues_at(current_session(), signed_in_actor(), application))


def _page(fair: Fair, application: BoothApplication, form: NoteForm) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    tie = tie_between(session, actor, application)
    page = render_template(
        f"{FOLDER}/notes.html",
        why_not=refusal_words(Refused(tie.value, code=application.code)) if tie else "",
        fair=fair,
        application=application,
        notes=notes_of(session, actor, application),
        form=form,
        may_write=may_screen(actor, fair, application) and (tie is None or bool(form.errors)),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200
