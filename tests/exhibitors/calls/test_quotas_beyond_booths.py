"""Quotas that say more than there are booths: the page of quotas says so, nothing is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.draw_floor_plan import block_booth
from events.floor_plans.floor_plan import zones_of
from exhibitors.calls.asked_booths import beyond_booths
from exhibitors.calls.quota import quotas_of
from exhibitors.calls.set_up_quotas import set_quota
from tests.cast import OrganiserPlayer, a_draft_fair, booths_of

Call = Callable[..., Any]


def test_zone_locality_and_sums_are_laid_beside_the_booths_that_can_be_used(
    visit: Call, store: Session, fair: Fair, organiser: OrganiserPlayer
) -> None:
    zone, total = zones_of(store, fair)[0], len(booths_of(store, fair))
    block_booth(store, organiser.actor, zone.booths[0], "Tủ điện")
    room = len(zone.booths) - 1
    fits = set_quota(store, organiser.actor, fair, "inside", "", least=total - 1, most=None)
    large = set_quota(store, organiser.actor, fair, "zone", str(zone.id), least=None, most=room + 1)
    outside = set_quota(store, organiser.actor, fair, "outside", "", least=0, most=total)
    foods = set_quota(store, organiser.actor, fair, "product_group", "food", least=total - 2, most=None)
    set_quota(store, organiser.actor, fair, "product_group", "drinks", least=4, most=None)
    found = beyond_booths(store, fair, quotas_of(store, fair))
    assert (found.total, found.single) == (total - 1, {large.id: room, outside.id: total - 1})
    assert found.together == {"product_group": total + 2}
    assert {fits.id, foods.id}.isdisjoint(found.single)
    page = visit(organiser.user.email).get(f"/en/organise/fairs/{fair.slug}/quotas").text
    assert f"More than can be given: {room} booths can be used here." in page
    assert f"At least {total + 2} booths are promised together, and {total - 1} can be used." in page


def test_nothing_is_warned_of_before_booths_are_drawn(store: Session, organiser: OrganiserPlayer) -> None:
    bare = a_draft_fair(store, organiser, name="Hội chợ chưa vẽ")
    set_quota(store, organiser.actor, bare, "inside", "", least=90, most=100)
    found = beyond_booths(store, bare, quotas_of(store, bare))
    assert (found.single, found.together) == ({}, {})
