"""The picture below the drawing: laid there, changed, taken off."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from events.fairs.fair import find_fair
from events.fairs.permissions import may_draw_plan
from events.floor_plans.asked_plan import asked_plan
from events.floor_plans.lay_background import BACKGROUND, lay_background, take_background_off
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import current_store

pages = Pages("lay_background", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/plan/<int:plan_id>/background", may=may_draw_plan, methods=("POST",))
def lay(slug: str, plan_id: int) -> ResponseReturnValue:
    """Lay the picture that was sent below the drawing, or take the present one off."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    plan = asked_plan(fair, plan_id)
    file = request.files.get("file")
    try:
        if request.form.get("remove"):
            take_background_off(session, actor, current_store(), plan)
        else:
            name, content = _sent(file)
            lay_background(session, actor, current_store(), plan, name=name, content=content)
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
        flash(_("The picture below the drawing is saved."), "ok")
    return redirect(url_for("draw_floor_plan.plan", slug=slug, plan=plan_id), 303)


def _sent(file: FileStorage | None) -> tuple[str, bytes]:
    if file is None or not file.filename:
        raise Refused("file_missing")
    return file.filename, file.stream.read(BACKGROUND.most_bytes + 1)
