"""Audience: organisers. Taking back one's last act on the board, and doing it again (/organise/fairs/…/hand-moves)."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, find_fair
from exhibitors.allocation import wording  # noqa: F401 - registers the words of refusals
from exhibitors.allocation.permissions import may_place
from exhibitors.allocation.undo_hand_move import redo_hand_move, undo_hand_move
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.who_reviews import note_try
from foundation.actor import Actor
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("undo_hand_move", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/hand-moves/undo", may=may_place, methods=("POST",))
def undo(slug: str) -> ResponseReturnValue:
    """Put whoever one moved last back to where they stood."""
    return _turn(slug, undo_hand_move, _("Taken back: %(producers)s stands as before."))


@pages.page("/fairs/<slug>/hand-moves/redo", may=may_place, methods=("POST",))
def redo(slug: str) -> ResponseReturnValue:
    """Do again what one took back last."""
    return _turn(slug, redo_hand_move, _("Done again: %(producers)s."))


def _turn(slug: str, turn: Callable[[Session, Actor, Fair], list[BoothApplication]], said: str) -> ResponseReturnValue:
    session, fair = current_session(), found(find_fair(current_session(), slug))
    demand(fair)
    try:
        applications = turn(session, signed_in_actor(), fair)
    except Refused as refusal:
        session.rollback()
        note_try(session, signed_in_actor(), refusal)
        flash(refusal_words(refusal), "warn")
    else:
        session.commit()
        names = ", ".join(application.producer.name_vi for application in applications)
        flash(said % {"producers": names}, "ok")
    return redirect(url_for("place_on_booth.board", slug=slug), 303)
