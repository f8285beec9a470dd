"""What an applicant changed in what had been sent, for the trail: before and after."""

from __future__ import annotations

from typing import Any

from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.booth_logistics import LENGTHS
from exhibitors.applications.booth_needs import TICKED

UNTOLD = ("note", "staff_count", "vehicle_kind", *LENGTHS)
"""Columns of which the trail says only that they changed: nobody can erase a name or a telephone from it."""


def traced(application: BoothApplication) -> dict[str, Any]:
    """What stands in it now, as plain values."""
    return {
        "products": sorted(good.product_id for good in application.goods),
        "booths_wanted": application.booths_wanted,
        "booth_type": application.booth_type_id,
        "wishes": [wish.place for wish in application.wishes],
        "anywhere": application.anywhere,
        "needs": [name for name in TICKED if getattr(application, name)],
        "power_kw": application.power_kw,
        "fascia_name": application.fascia_name,
    } | {name: getattr(application, name) for name in UNTOLD}


def change_between(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """`old` and `new` of what differs, for an entry of the trail; empty where nothing does."""
    names = [name for name in before if before[name] != after[name]]
    if not names:
        return {}
    untold = {"changed": [name for name in names if name in UNTOLD]}
    told = [name for name in names if name not in UNTOLD]
    return {
        "old": {name: before[name] for name in told},
        "new": {name: after[name] for name in told} | (untold if untold["changed"] else {}),
    }
