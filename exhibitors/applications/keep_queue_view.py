"""Keep a view of the queue under a name, and let it go."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.queue_view import QueueView
from foundation import clock
from foundation.actor import Actor
from foundation.folding import nfc
from foundation.refusal import Refused

LONGEST_NAME = 60
LONGEST_ADDRESS = 1000
MOST_VIEWS = 20


def keep_queue_view(session: Session, actor: Actor, fair: Fair, *, name: str, address: str) -> QueueView:
    """Keep the address under the name; a name that is known gets the new address.

    Refuses `view_name_missing`, `view_name_too_long`, `view_too_long` and `too_many_views` (fact `most`).
    """
    words = nfc(name.strip())
    if not words:
        raise Refused("view_name_missing")
    if len(words) > LONGEST_NAME:
        raise Refused("view_name_too_long", most=LONGEST_NAME)
    if len(address) > LONGEST_ADDRESS:
        raise Refused("view_too_long")
    own = (QueueView.fair_id == fair.id, QueueView.user_id == actor.user_id)
    known = session.scalar(select(QueueView).where(*own, QueueView.name == words))
    if known is None:
        if (session.scalar(select(func.count(QueueView.id)).where(*own)) or 0) >= MOST_VIEWS:
            raise Refused("too_many_views", most=MOST_VIEWS)
        known = QueueView(fair_id=fair.id, user_id=actor.user_id, name=words)
        session.add(known)
    known.address, known.kept_at = address, clock.now()
    session.flush()
    return known


def drop_queue_view(session: Session, view: QueueView) -> None:
    """Let it go; the applications stay as they are."""
    session.delete(view)
    session.flush()
