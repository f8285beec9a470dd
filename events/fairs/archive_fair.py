"""Put a fair that is over or off away, and take it out again; what is put away is read and not changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from events.fairs.fair import Fair, Phase
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.refusal import Refused

MAY_BE_ARCHIVED = frozenset({Phase.OVER, Phase.CANCELLED})


def archive_fair(session: Session, actor: Actor, fair: Fair) -> None:
    """Its public page stays; its facts are closed to changes. Refuses archive_too_early and fair_is_archived."""
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    refuse_archived(fair)
    if fair.phase() not in MAY_BE_ARCHIVED:
        raise Refused("archive_too_early")
    fair.archived_at = clock.now()
    record(session, actor, "fair.archive", fair, fair_id=fair.id, new={"archived": True})
    session.flush()


def unarchive_fair(session: Session, actor: Actor, fair: Fair) -> None:
    """Everything is as it was before. Refuses `fair_is_not_archived`."""
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    if fair.archived_at is None:
        raise Refused("fair_is_not_archived")
    fair.archived_at = None
    record(session, actor, "fair.unarchive", fair, fair_id=fair.id, old={"archived": True})
    session.flush()


def refuse_archived(fair: Fair) -> None:
    """Refuse a change of what has been put away: `fair_is_archived`."""
    if fair.archived_at is not None:
        raise Refused("fair_is_archived")
