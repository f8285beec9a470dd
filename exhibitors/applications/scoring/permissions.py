"""Who may set up the review of a fair and compare what came of it; who may score stands with the applications."""

from __future__ import annotations

from accounts.permissions import Act
from events.fairs.fair import Fair
from events.fairs.permissions import zones_open_to
from foundation.actor import Actor


def may_set_up_review(actor: Actor | None, fair: Fair) -> bool:
    """Managers and owners."""
    return zones_open_to(actor, Act.ORGANISE_FAIR, fair) is None


def may_compare_scores(actor: Actor | None, fair: Fair) -> bool:
    """Those who publish the decisions see all scores beside each other: managers and owners."""
    return zones_open_to(actor, Act.PUBLISH_DECISIONS, fair) is None
