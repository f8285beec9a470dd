"""A person's own unit tells its story, with a preview, and says where it is on the map."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exhibitors.producers.permissions import may_change_producer
from exhibitors.producers.producer import own_producer
from exhibitors.producers.register_producer import change_producer
from exhibitors.producers.tell_story_form import StoryForm
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("tell_story", __name__, audience=Audience.SIGNED_IN, url_prefix="/producer", for_lent_unit=True)


@pages.page("/story", may=may_change_producer, methods=("GET", "POST"))
def edit() -> ResponseReturnValue:
    """Story and point; "preview" shows it as visitors would read it and saves nothing."""
    session, actor = current_session(), signed_in_actor()
    producer = found(own_producer(session, actor))
    demand(producer)
    form: StoryForm = StoryForm.from_request(obj=producer)
    if request.method != "POST":
        form.show(producer)
    wants_preview = request.form.get("do") == "preview"
    if form.validate_posted() and not wants_preview:
        try:
            seen = form.brought_back("version")
            change_producer(session, actor, producer, expected_version=seen, **form.facts(producer))
        except Refused as refusal:
            session.rollback()
            form.form_errors.append(refusal_words(refusal))
            form.carry("version", refusal.facts.get("version", form.version.data))
        else:
            session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for("my_unit.overview"), 303)
    page = render_template(
        "exhibitors/producers/tell_story/edit.html",
        form=form,
        producer=found(own_producer(session, actor)),
        wants_preview=wants_preview and not form.errors,
    )
    return page, 422 if form.errors or form.form_errors else 200
