"""Who may place applications on booths and publish decisions."""

from __future__ import annotations

from accounts.permissions import Act
from events.fairs.fair import Fair
from events.fairs.permissions import zones_open_to
from events.floor_plans.floor_plan import Booth
from foundation.actor import Actor


def may_see_booth(actor: Actor | None, fair: Fair, booth: Booth) -> bool:
    """Whoever reads the fair's desk; those of some zones, the booths of those zones."""
    return _reaches(actor, Act.READ_DESK, fair, booth)


def may_place(actor: Actor | None, fair: Fair, *booths: Booth) -> bool:
    """Managers and owners put applications on booths, move and vacate them; those of some zones, in those zones.

    Asked without a booth: whether the person may do so anywhere.
    """
    return _reaches(actor, Act.PLACE, fair, *booths)


def may_propose(actor: Actor | None, fair: Fair) -> bool:
    """A proposal moves whoever it likes in every zone: for managers and owners of the whole fair."""
    return zones_open_to(actor, Act.PLACE, fair) is None


def may_comment(actor: Actor | None, fair: Fair) -> bool:
    """Whoever screens the whole fair talks about who stands where; those of some zones do not see the whole of it."""
    return zones_open_to(actor, Act.SCREEN, fair) is None


def may_publish_decisions(actor: Actor | None, fair: Fair) -> bool:
    """Only managers and owners of the whole fair send the answers out; reviewers stage them."""
    return zones_open_to(actor, Act.PUBLISH_DECISIONS, fair) is None


def _reaches(actor: Actor | None, act: Act, fair: Fair, *booths: Booth) -> bool:
    zones = zones_open_to(actor, act, fair)
    if zones is None:
        return True
    return all(booth.zone_id in zones for booth in booths) if booths else bool(zones)
