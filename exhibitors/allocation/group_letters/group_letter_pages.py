"""Audience: organisers. One letter to those whom the queue's filters leave (/organise/fairs/<slug>/group-letter)."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.fairs.fair import Fair, find_fair
from events.fairs.workbench import workbench_of
from exhibitors.allocation.decision_letters.preview_letters import sample_letter
from exhibitors.allocation.decision_letters.wording import PLACEHOLDER_WORDS
from exhibitors.allocation.group_letters import wording  # noqa: F401 - registers its refusals
from exhibitors.allocation.group_letters.group_letter_form import GroupLetterForm
from exhibitors.allocation.group_letters.write_group_letter import PLACEHOLDERS, group_of, write_group_letter
from exhibitors.allocation.permissions import may_publish_decisions
from exhibitors.applications.queue_address_form import asked_filters, kept_address
from exhibitors.applications.screening_queue import numbers_within
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings

pages = Pages("group_letter", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
TEMPLATE = "exhibitors/allocation/group_letters/write.html"


@pages.page("/fairs/<slug>/group-letter", may=may_publish_decisions, methods=("GET", "POST"))
def write(slug: str) -> ResponseReturnValue:
    """Write it, look at it, send it: it goes to those who were shown, a filter that finds more meanwhile adds nobody.

    A press on "preview" keeps nothing.
    """
    session, fair = current_session(), _fair(slug)
    form: GroupLetterForm = GroupLetterForm.from_request()
    if not form.validate_posted() or form.object_to() or request.form.get("do") == "preview":
        return _page(fair, form)
    settings: Settings = current_app.extensions["settings"]
    try:
        count = write_group_letter(
            session,
            signed_in_actor(),
            fair,
            form.words,
            form.seen_ids,
            once=form.once.data or "",
            base_url=settings.base_url,
            is_held=form.hold_letters.data,
        )
    except Refused as refusal:
        session.rollback()
        form.fault("body_vi", refusal_words(refusal))
        return _page(_fair(slug), form)
    session.commit()
    if count:
        flash(ngettext("%(num)s letter is written.", "%(num)s letters are written.", count), "ok")
    else:
        flash(_("These letters had been written already."), "info")
    view = "held" if count and form.hold_letters.data else None
    return redirect(url_for("outbox.letters", slug=slug, view=view), 303)


def _page(fair: Fair, form: GroupLetterForm) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    ids = form.seen_ids if request.method == "POST" else numbers_within(session, fair, asked_filters(fair))
    group = group_of(session, actor, fair, ids)
    form.carry("seen", ",".join(str(application.id) for application in group))
    words, shows = form.words, request.method == "POST" and not form.errors
    languages = ["vi", "en"] if words.body_en else ["vi"]
    page = render_template(
        TEMPLATE,
        fair=fair,
        form=form,
        group=group,
        kept=kept_address(),
        placeholders=[(name, PLACEHOLDER_WORDS[name]) for name in PLACEHOLDERS],
        samples=[(code, sample_letter(fair, "", code, *words.in_language(code))) for code in languages]
        if shows
        else [],
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200


def _fair(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair
