"""Audience: organisers. Views of the queue under names of one's own (/organise/fairs/…/applications/views)."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs.fair import find_fair
from events.fairs.permissions import may_enter_desk
from exhibitors.applications.keep_queue_view import drop_queue_view, keep_queue_view
from exhibitors.applications.keep_queue_view_form import QueueViewForm
from exhibitors.applications.queue_address_form import kept_address
from exhibitors.applications.queue_view import find_queue_view
from exhibitors.applications.screening_screen import queue_again
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("keep_queue_view", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/applications/views", may=may_enter_desk, methods=("POST",))
def keep(slug: str) -> ResponseReturnValue:
    """Keep what the address asks for under the typed name."""
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    kept, form = kept_address(), QueueViewForm.from_request()
    name = form.name.data or ""
    try:
        keep_queue_view(session, signed_in_actor(), fair, name=name, address=urlencode(kept, doseq=True))
    except Refused as refusal:
        session.rollback()
        form.fault("name", refusal_words(refusal))
        return queue_again(found(find_fair(session, slug)), view_form=form)
    session.commit()
    flash(_("The view “%(name)s” is kept.", name=name), "ok")
    return redirect(url_for("screen_applications.queue", slug=slug, **kept), 303)


@pages.page(
    "/fairs/<slug>/applications/views/<int(max=2147483647):view_id>/drop", may=may_enter_desk, methods=("POST",)
)
def drop(slug: str, view_id: int) -> ResponseReturnValue:
    """Let a view of one's own go."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    drop_queue_view(session, found(find_queue_view(session, actor, fair, view_id)))
    session.commit()
    return redirect(url_for("screen_applications.queue", slug=slug, **kept_address()), 303)
