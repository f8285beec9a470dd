"""Who applies for producers who come with paper."""

from __future__ import annotations

from accounts.permissions import Act, may_act
from events.fairs.fair import Fair
from events.fairs.permissions import scores_blind
from foundation.actor import Actor


def may_assist(actor: Actor | None, fair: Fair) -> bool:
    """Reviewers, managers and owners of the fair's body; neither those of one zone alone nor who scores blind."""
    return may_act(actor, Act.ASSIST, fair.organisation_id) and not scores_blind(actor, fair)
