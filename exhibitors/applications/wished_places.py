"""The places an application wishes for: zones, or single booths of theirs, best first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.floor_plans.booth_holders import holders_of_booths
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone
from exhibitors.applications.booth_application import BoothApplication, ZoneWish
from foundation.refusal import Refused

OUT_OF_USE = (BoothSwitch.BLOCKED, BoothSwitch.REMOVED)
NOT_TOLD = "proposed"
"""The state of a booth that somebody has in mind and nobody was told of: to applicants it is free."""


def booths_held(session: Session, booth_ids: Collection[int]) -> frozenset[int]:
    """Which of these booths are held as far as anybody was told; one query."""
    holders = holders_of_booths(session, booth_ids)
    return frozenset(number for number, holder in holders.items() if holder.state != NOT_TOLD)


def wish_for_places(
    session: Session, application: BoothApplication, zone_ids: Sequence[int], booth_ids: Sequence[int | None] = ()
) -> None:
    """Exactly these, in this order; each booth stands beside its zone, None for anywhere in it.

    Refuses `zone_wished_twice`, `booth_wished_twice`, `zone_not_in_fair`, `booth_not_in_fair` and, for a wish that is
    new, `booth_already_held`.
    """
    wanted = list(zip(zone_ids, [*booth_ids, *[None] * len(zone_ids)], strict=False))
    known = {wish.booth_id for wish in application.wishes}
    if [(wish.zone_id, wish.booth_id) for wish in application.wishes] == wanted:
        return
    whole = [zone for zone, booth in wanted if booth is None]
    single = [booth for _, booth in wanted if booth is not None]
    if len(set(whole)) < len(whole):
        raise Refused("zone_wished_twice")
    if len(set(single)) < len(single):
        raise Refused("booth_wished_twice")
    _refuse_elsewhere(session, application, wanted)
    for code in session.scalars(select(Booth.code).where(Booth.id.in_(booths_held(session, set(single) - known)))):
        raise Refused("booth_already_held", booth=code)
    # Old ranks leave before new ones come: both sides of the exchange share unique keys.
    application.wishes.clear()
    session.flush()
    application.wishes.extend(
        ZoneWish(zone_id=zone_id, booth_id=booth_id, rank=rank) for rank, (zone_id, booth_id) in enumerate(wanted, 1)
    )


def _refuse_elsewhere(
    session: Session, application: BoothApplication, wanted: Sequence[tuple[int, int | None]]
) -> None:
    zones = {zone for zone, _ in wanted}
    query = select(Zone.id).join(FloorPlan).where(FloorPlan.fair_id == application.fair_id, Zone.id.in_(zones))
    if set(session.scalars(query)) != zones:
        raise Refused("zone_not_in_fair")
    pairs = {(booth, zone) for zone, booth in wanted if booth is not None}
    if not pairs:
        return
    there = select(Booth.id, Booth.zone_id).where(
        Booth.id.in_({booth for booth, _ in pairs}), Booth.switch.not_in(OUT_OF_USE)
    )
    if {(booth, zone) for booth, zone in session.execute(there)} != pairs:
        raise Refused("booth_not_in_fair")
