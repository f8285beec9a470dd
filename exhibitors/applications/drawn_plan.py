"""A floor plan as a producer sees it: where booths are, nothing about who wants or holds them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone


@dataclass(frozen=True, slots=True)
class DrawnBooth:
    """What the plan macro needs of a booth; lengths in metres."""

    code: str
    zone_code: str
    x_m: float
    y_m: float
    width_m: float
    depth_m: float
    state: str
    group: str = ""
    region: str = ""
    label: str = ""
    place_code: str = ""
    url: str = ""
    rotation: int = 0


def booths_to_wish(plan: FloorPlan, held: Collection[int] = ()) -> list[DrawnBooth]:
    """Every booth, those not in use crossed out, those held (by id) marked without a word about by whom."""
    return [
        _draw(zone, booth, "confirmed" if booth.id in held else _switch_state(booth)) for zone, booth in _booths(plan)
    ]


def booths_with_own(plan: FloorPlan, codes: Collection[str]) -> list[DrawnBooth]:
    """Every booth, one's own filled."""
    return [_draw(zone, booth, "confirmed" if booth.code in codes else "plain") for zone, booth in _booths(plan)]


def _booths(plan: FloorPlan) -> list[tuple[Zone, Booth]]:
    return [(zone, booth) for zone in plan.zones for booth in zone.booths if booth.switch != BoothSwitch.REMOVED]


def _switch_state(booth: Booth) -> str:
    return "blocked" if booth.switch == BoothSwitch.BLOCKED else "open"


def _draw(zone: Zone, booth: Booth, state: str) -> DrawnBooth:
    place = (booth.x_m, booth.y_m, booth.width_m, booth.depth_m)
    return DrawnBooth(booth.code, zone.code, *place, state, rotation=booth.rotation)
