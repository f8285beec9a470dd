"""Tells whoever has lost a role, and follows a link from before, why the organisers' page is closed to them now."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from events.fairs.fair import Fair
from events.teams.lost_role import left_team_at, lost_role_at
from foundation import clock
from foundation.actor import Actor
from foundation.audience import Audience, tells_why_not
from foundation.days import format_when
from foundation.flask_database import current_session
from foundation.languages import current_language


@tells_why_not(Audience.ORGANISER)
def why_no_longer(actor: Actor, *things: object) -> str | None:
    """Of a fair that they worked on, or, for somebody who belongs to no team any more, of all of it."""
    session, fair = current_session(), next((thing for thing in things if isinstance(thing, Fair)), None)
    if fair is not None:
        at = lost_role_at(session, actor.user_id, fair)
        return None if at is None else _role_lost(at)
    at = None if actor.is_organiser else left_team_at(session, actor.user_id)
    return None if at is None else _team_left(at)


def _role_lost(at: datetime) -> str:
    words = _(
        "At %(moment)s your role at this fair ended or was changed. What you may do now does not open this page. "
        "Whoever leads the team can give you another role.",
        moment=_when(at),
    )
    return str(words)


def _team_left(at: datetime) -> str:
    words = _(
        "At %(moment)s you left the organising team, so its pages are closed to you. "
        "Whoever leads the team can invite you again.",
        moment=_when(at),
    )
    return str(words)


def _when(at: datetime) -> str:
    return format_when(at, current_language(), today=clock.today())
