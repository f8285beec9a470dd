"""Audience: organisers. Whether the board has changed since it was opened (/organise/fairs/…/board-revision)."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.permissions import Act
from events.fairs.fair import find_fair
from events.fairs.permissions import may_enter_desk, zones_open_to
from exhibitors.allocation.board_revision import BoardRevision, board_revision
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session

pages = Pages("live_board", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/board-revision", may=may_enter_desk)
def revision(slug: str) -> ResponseReturnValue:
    """The number of the latest change and what it was in words; who reads some zones alone is not told which booth."""
    session, fair = current_session(), found(find_fair(current_session(), slug))
    demand(fair)
    latest = board_revision(session, fair)
    sees_all = zones_open_to(signed_in_actor(), Act.READ_DESK, fair) is None
    response = jsonify(revision=latest.number, words=_words(latest, sees_all=sees_all))
    response.set_etag(str(latest.number))
    return response.make_conditional(request)


def _words(latest: BoardRevision, *, sees_all: bool) -> str:
    if not sees_all or not latest.booth:
        return str(_("The board was changed."))
    if not latest.person:
        return str(_("Booth %(code)s was changed.", code=latest.booth))
    return str(_("%(person)s changed booth %(code)s.", person=latest.person, code=latest.booth))
