"""What a booth needs beyond its place: power, water, cold storage, fire, access, a corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from foundation.refusal import Refused

if TYPE_CHECKING:
    from exhibitors.applications.booth_application import BoothApplication

MOST_KW = 100
TICKED = ("needs_power", "needs_water", "needs_cold_storage", "needs_open_flame", "needs_access", "wants_corner")


class Needs(TypedDict, total=False):
    """What may be said; what is left out is not needed. `power_kw` is the sum over all booths asked for."""

    needs_power: bool
    needs_water: bool
    needs_cold_storage: bool
    needs_open_flame: bool
    needs_access: bool
    wants_corner: bool
    power_kw: float | None


def take_needs(application: BoothApplication, needs: Needs) -> None:
    """Write them down; kilowatts say that power is needed. Refuses `power_kw_range`."""
    power_kw = needs.get("power_kw")
    if power_kw is not None and not 0 < power_kw <= MOST_KW:
        raise Refused("power_kw_range", most=MOST_KW)
    for name in TICKED:
        setattr(application, name, bool(needs.get(name, False)))
    application.power_kw = power_kw
    application.needs_power = application.needs_power or power_kw is not None


def needs_of(application: BoothApplication) -> Needs:
    """What an application has said, for the next one."""
    needs: Needs = {"power_kw": application.power_kw}
    for name in TICKED:
        needs[name] = getattr(application, name)  # type: ignore[literal-required]  # the names stand above
    return needs
