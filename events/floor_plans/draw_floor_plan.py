"""Draw a plan: ground, zones with rows of booths, and single booths blocked, opened or removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from events.fairs.fair import Fair, FairVenue
from events.fairs.objections import object_to
from events.floor_plans.booth_holders import booth_is_held, holders_of_booths
from events.floor_plans.booth_rows import Numbering, open_sides_of_ends
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone
from events.floor_plans.geometry import CodedRect, Rect, lay_out_rows
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.refusal import Refused

MARGIN_CM = 200
"""Free ground along the edges, so that booths can be walked around and zone names have room."""
MOST_BOOTHS_IN_ZONE = 500
MOST_BOOTHS_IN_FAIR = 5_000
LONGEST_GROUND_M = 1_000
MOST_POWER_KW = 1_000
PLAIN_NUMBERING = Numbering()


def ensure_plan(
    session: Session,
    actor: Actor,
    fair: Fair,
    fair_venue: FairVenue,
    *,
    width_m: float = 40,
    depth_m: float = 20,
) -> FloorPlan:
    """The plan of this venue of the fair, begun with this ground in metres when there is none yet."""
    here = select(FloorPlan).where(FloorPlan.fair_venue_id == fair_venue.id)
    plan = session.scalar(here.order_by(FloorPlan.position, FloorPlan.id).limit(1))
    if plan is not None:
        return plan
    _check_ground(width_m, depth_m)
    plan = FloorPlan(fair=fair, fair_venue=fair_venue, width_cm=_cm(width_m), depth_cm=_cm(depth_m))
    session.add(plan)
    session.flush()
    record(session, actor, "plan.begin", plan, fair_id=fair.id, new={"width_m": width_m, "depth_m": depth_m})
    return plan


def resize_ground(session: Session, actor: Actor, plan: FloorPlan, *, width_m: float, depth_m: float) -> None:
    """Set the ground in metres. Refuses `ground_wrong`, and `booths_off_ground` when a booth would lie outside."""
    _check_ground(width_m, depth_m)
    _lock(session, plan)
    outside = [code for code, rect in _standing(plan) if not rect.is_inside(_cm(width_m), _cm(depth_m))]
    if outside:
        raise Refused("booths_off_ground", code=outside[0], count=len(outside))
    old = {"width_m": plan.width_m, "depth_m": plan.depth_m}
    plan.width_cm, plan.depth_cm = _cm(width_m), _cm(depth_m)
    plan.stamp(plan)
    new = {"width_m": width_m, "depth_m": depth_m}
    record(session, actor, "plan.resize", plan, fair_id=plan.fair_id, old=old, new=new)


def add_zone_with_rows(
    session: Session,
    actor: Actor,
    plan: FloorPlan,
    *,
    code: str,
    name_vi: str,
    name_en: str = "",
    booths: int,
    per_row: int,
    booth_width_m: float = 3,
    booth_depth_m: float = 3,
    aisle_m: float = 3,
    double_rows: bool = True,
    numbering: Numbering = PLAIN_NUMBERING,
    ends_are_corners: bool = False,
    power_kw: float = 0,
) -> Zone:
    """A zone of `booths` booths in rows of `per_row` below all that stands; the ground grows where it must.

    Lengths in metres, power per booth. `double_rows` puts rows back to back; `ends_are_corners` opens a second side of
    the first and the last of each row. Codes are unique in the whole fair, so that a booth is
    found by its code at any venue. Refuses zone_code_taken, booth_code_taken, too_many_booths_in_zone,
    too_many_booths_in_fair, plan_power_wrong, booth_code_wrong and what `lay_out_rows` refuses.
    """
    _lock(session, plan)
    code = nfc(code.strip()).upper()
    _check_free_code(session, plan, code)
    _check_count(session, plan, booths)
    placed = lay_out_rows(
        code,
        booths,
        booth_width_cm=_cm(booth_width_m),
        booth_depth_cm=_cm(booth_depth_m),
        per_row=per_row,
        aisle_cm=_cm(aisle_m),
        origin=(MARGIN_CM, _free_below(plan, _cm(aisle_m))),
        back_to_back=double_rows,
        odd_even=numbering.odd_even,
    )
    laid_out = numbering.numbered(code, [rect for _, rect in placed])
    _check_free_booth_codes(session, plan, laid_out)
    zone = Zone(code=code, name_vi=nfc(name_vi.strip()), name_en=nfc(name_en.strip()))
    zone.booths = _booths(plan, laid_out, ends_are_corners=ends_are_corners, power_kw=power_kw)
    plan.zones.append(zone)
    _grow(plan, laid_out)
    plan.stamp(plan, zone, *zone.booths)
    session.flush()
    record(session, actor, "plan.add_zone", zone, fair_id=plan.fair_id, new={"zone": code, "booths": booths})
    return zone


def rename_zone(
    session: Session,
    actor: Actor,
    zone: Zone,
    *,
    name_vi: str,
    name_en: str = "",
    supply: Mapping[str, int | None] | None = None,
    seen_revision: int | None = None,
) -> None:
    """Say what is sold there; the code stays, for booths are named after it.

    Refuses `set_up_changed_meanwhile` when somebody changed the zone after the plan's `seen_revision`.

    `supply` says what the zone can give at once, of power_w, water_points and cold_points; None where nobody knows.
    """
    _lock(session, zone.plan)
    if seen_revision is not None and zone.changed_in > seen_revision:
        raise Refused("set_up_changed_meanwhile", version=zone.plan.revision)
    old = {name: getattr(zone, name) for name in ("name_vi", "name_en", *(supply or ()))}
    zone.name_vi, zone.name_en = nfc(name_vi.strip()), nfc(name_en.strip())
    for name, most in (supply or {}).items():
        setattr(zone, name, most)
    zone.plan.stamp(zone)
    new = {name: getattr(zone, name) for name in old}
    record(session, actor, "plan.rename_zone", zone, fair_id=zone.plan.fair_id, old=old, new=new)


def remove_zone(session: Session, actor: Actor, zone: Zone) -> None:
    """Take a zone and its booths off the plan, and the plan with the last thing on it.

    Refuses `zone_is_held` while somebody stands on one of its booths, `zone_is_wished` when applications or their
    history name it: its booths can then be blocked or removed one by one.
    """
    plan, code = zone.plan, zone.code
    _lock(session, plan)
    held = holders_of_booths(session, [booth.id for booth in zone.booths])
    if held:
        raise Refused("zone_is_held", code=code, count=len(held))
    what, name = {"zone": code, "booths": len(zone.booths)}, {"name": plan.name_vi, "position": plan.position}
    try:
        with session.begin_nested():
            plan.zones.remove(zone)
            plan.stamp()
            session.flush()
    except IntegrityError as error:
        raise Refused("zone_is_wished", code=code) from error
    record(session, actor, "plan.remove_zone", zone, fair_id=plan.fair_id, old=what)
    if not plan.zones and not plan.fixtures:
        record(session, actor, "plan.remove", plan, fair_id=plan.fair_id, old=name)
        session.delete(plan)
        session.flush()


def block_booth(session: Session, actor: Actor, booth: Booth, reason: str) -> None:
    """Keep a booth from being given away. Refuses `block_reason_missing` and `booth_held`."""
    reason = nfc(reason.strip())
    if not reason:
        raise Refused("block_reason_missing", code=booth.code)
    _switch(session, actor, booth, BoothSwitch.BLOCKED, reason[:200])


def open_booth(session: Session, actor: Actor, booth: Booth) -> None:
    """Let a blocked or removed booth be given away again."""
    _switch(session, actor, booth, BoothSwitch.OPEN)


def remove_booth(session: Session, actor: Actor, booth: Booth) -> None:
    """Take a booth off the plan; its code stays reserved and `open_booth` brings it back. Refuses `booth_held`."""
    _switch(session, actor, booth, BoothSwitch.REMOVED)


@object_to("open_call")
def object_to_call_without_booths(session: Session, fair: Fair) -> str | None:
    """Producers wish for zones: a call needs a plan with at least one open booth."""
    open_booths = (
        select(Booth.id)
        .join(FloorPlan, FloorPlan.id == Booth.plan_id)
        .where(FloorPlan.fair_id == fair.id, Booth.switch == BoothSwitch.OPEN)
    )
    return None if session.scalar(open_booths.limit(1)) else "no_booths"


def _switch(session: Session, actor: Actor, booth: Booth, switch: BoothSwitch, reason: str = "") -> None:
    session.flush()
    # The plan first, as whoever saves a drawing does: two that lock in one order cannot wait for each other.
    session.refresh(booth.zone.plan, with_for_update={"of": FloorPlan})
    session.refresh(booth, with_for_update={"of": Booth})
    if switch is not BoothSwitch.OPEN and booth_is_held(session, booth):
        raise Refused("booth_held", code=booth.code)
    old = {"switch": booth.switch, "booth": booth.code}
    if old["switch"] == switch and booth.reason == reason:
        return
    booth.switch, booth.reason = switch.value, reason
    booth.zone.plan.stamp(booth)
    fair_id = booth.zone.plan.fair_id
    new = {"switch": switch.value, "booth": booth.code}
    record(session, actor, f"booth.{switch.value}", booth, fair_id=fair_id, old=old, new=new, reason=reason)


def _lock(session: Session, plan: FloorPlan) -> None:
    """One at a time: two who add zones at once would draw them on the same ground."""
    session.flush()  # a refresh drops what is not written yet
    session.refresh(plan, with_for_update={"of": FloorPlan})
    session.scalars(select(Zone).where(Zone.plan_id == plan.id).options(selectinload(Zone.booths))).all()


def _free_below(plan: FloorPlan, aisle_cm: int) -> int:
    """Where a new zone may begin."""
    lowest = max((rect.bottom for _, rect in _standing(plan)), default=0)
    return lowest + (aisle_cm if lowest else MARGIN_CM)


def _standing(plan: FloorPlan) -> Sequence[CodedRect]:
    return [
        (booth.code, Rect(booth.x_cm, booth.y_cm, booth.width_cm, booth.depth_cm))
        for zone in plan.zones
        for booth in zone.booths
    ]


def _booths(plan: FloorPlan, laid_out: Sequence[CodedRect], *, ends_are_corners: bool, power_kw: float) -> list[Booth]:
    if not 0 <= power_kw <= MOST_POWER_KW:
        raise Refused("plan_power_wrong", most=MOST_POWER_KW)
    corners = open_sides_of_ends(laid_out) if ends_are_corners else {}
    return [_booth(plan, code, rect, corners.get(code), round(power_kw * 1000)) for code, rect in laid_out]


def _booth(plan: FloorPlan, code: str, rect: Rect, corner_sides: str | None, power_w: int) -> Booth:
    more = {"open_sides": corner_sides or "front", "is_corner": corner_sides is not None}
    place = {"x_cm": rect.x, "y_cm": rect.y, "width_cm": rect.width, "depth_cm": rect.depth}
    return Booth(plan_id=plan.id, code=code, rotation=rect.rotation, power_w=power_w, **place, **more)


def _grow(plan: FloorPlan, laid_out: Sequence[CodedRect]) -> None:
    # max() with the present value also counts as a change only where the ground really grew.
    plan.width_cm = max(plan.width_cm, max(rect.right for _, rect in laid_out) + MARGIN_CM)
    plan.depth_cm = max(plan.depth_cm, max(rect.bottom for _, rect in laid_out) + MARGIN_CM)


def _check_ground(width_m: float, depth_m: float) -> None:
    if not (1 <= width_m <= LONGEST_GROUND_M and 1 <= depth_m <= LONGEST_GROUND_M):
        raise Refused("ground_wrong", most=LONGEST_GROUND_M)


def _check_free_code(session: Session, plan: FloorPlan, code: str) -> None:
    taken = select(Zone.id).join(FloorPlan).where(FloorPlan.fair_id == plan.fair_id, Zone.code == code)
    if session.scalar(taken) is not None:
        raise Refused("zone_code_taken", code=code)


def _check_free_booth_codes(session: Session, plan: FloorPlan, laid_out: Sequence[CodedRect]) -> None:
    codes = [code for code, _ in laid_out]
    taken = (
        select(func.min(Booth.code))
        .join(FloorPlan, FloorPlan.id == Booth.plan_id)
        .where(FloorPlan.fair_id == plan.fair_id, Booth.code.in_(codes))
    )
    if code := session.scalar(taken):
        raise Refused("booth_code_taken", code=code)


def _check_count(session: Session, plan: FloorPlan, booths: int) -> None:
    if booths > MOST_BOOTHS_IN_ZONE:
        raise Refused("too_many_booths_in_zone", most=MOST_BOOTHS_IN_ZONE)
    standing = select(func.count(Booth.id)).join(FloorPlan, FloorPlan.id == Booth.plan_id)
    present = session.scalar(standing.where(FloorPlan.fair_id == plan.fair_id)) or 0
    if present + booths > MOST_BOOTHS_IN_FAIR:
        raise Refused("too_many_booths_in_fair", most=MOST_BOOTHS_IN_FAIR)


def _cm(metres: float) -> int:
    return round(metres * 100)
