"""Who may place applications on booths and publish decisions."""

from __future__ import annotations

from events.fairs.fair import Fair
from events.fairs.permissions import may_organise_fair
from foundation.actor import Actor


def may_place(actor: Actor | None, fair: Fair) -> bool:
    """Managers and owners of the organising body put applications on booths, move and vacate them."""
    return actor is not None and may_organise_fair(actor, fair)


def may_publish_decisions(actor: Actor | None, fair: Fair) -> bool:
    """Only managers and owners send the answers out; reviewers stage them."""
    return actor is not None and may_organise_fair(actor, fair)
