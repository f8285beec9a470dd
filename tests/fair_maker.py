"""Questions for the optimiser, as plain data of the format "booth-alloc/1": hand-made ones and whole random fairs."""

from __future__ import annotations

import hashlib
import random
from typing import Any

CATEGORIES = ("fresh", "processed", "drinks", "craft")
SEED = "the seed of the draw"


def a_booth(zone: str, row: int, pos: int, **facts: Any) -> dict[str, Any]:
    """A plain booth of a zone."""
    row_id = f"{zone}-{row}"
    plain = {"id": f"{row_id}-{pos:02d}", "zone": zone, "row": row_id, "pos": pos, "x": 3 * pos, "y": 6 * row, "m2": 9}
    rest = {"type": "standard", "corner": False, "water": False, "cold": False, "fire": False, "price": 1500}
    return plain | rest | {"blocked": False, "reserved": None} | facts


def an_application(number: int, *prefs: str, **facts: Any) -> dict[str, Any]:
    """A plain application; wishes are ids of zones, or of booths when they hold a dash."""
    wishes = [{"booth" if "-" in wish else "zone": wish} for wish in prefs]
    plain = {"id": f"A{number:04d}", "producer": f"P{number:04d}", "locality": "L1", "category": "processed"}
    what = {"product": f"product {number}", "stars": 3, "entity": "household", "first_timer": False, "attended": 0}
    asks = {"no_shows": 0, "score": 60, "want": 1, "power_w": 0, "water": False, "cold": False, "fire": False}
    return plain | what | asks | {"corner": False, "prefs": wishes, "accept_any": True, "withdrawn": False} | facts


def a_question(
    booths: list[dict[str, Any]], applications: list[dict[str, Any]], *, power_w: int = 10**6, **policy: Any
) -> dict[str, Any]:
    """A whole question; every zone is open to every category unless the policy says otherwise."""
    zones = sorted({booth["zone"] for booth in booths})
    spots = {(booth["row"], booth["pos"]): booth["id"] for booth in booths}
    edges = [[id_, spots[row, pos + 1], "side"] for (row, pos), id_ in spots.items() if (row, pos + 1) in spots]
    rules = {
        "priority_unit": "booth",
        "first_timer_bonus": 3,
        "no_show_penalty": 8,
        "max_booths_per_producer": 3,
        "zone_categories": {zone: list(CATEGORIES) for zone in zones},
        "zone_power_w": dict.fromkeys(zones, power_w),
        "quotas": [],
        "conflict_kinds": ["side", "face"],
        "score_bands": [80, 65, 50],
        "region_street": False,
    }
    return {
        "format": "booth-alloc/1",
        "name": "a fair",
        "lottery": {"seed": SEED, "commit": hashlib.sha256(SEED.encode()).hexdigest()},
        "policy": rules | policy,
        "zones": [{"id": zone, "kind": "general", "x": 0, "y": 0} for zone in zones],
        "booths": booths,
        "edges": edges,
        "applications": applications,
        "pins": {},
        "published": None,
    }


def a_row(zone: str, row: int, length: int, **facts: Any) -> list[dict[str, Any]]:
    """Neighbouring booths without an aisle."""
    return [a_booth(zone, row, pos, **facts) for pos in range(1, length + 1)]


def a_random_fair(booths: int, applications: int, seed: int) -> dict[str, Any]:
    """A fair with everything that can scarcely fit: facilities, broken rows, power, quotas, caps, pins by nobody."""
    chance = random.Random(seed)  # noqa: S311 - chance only shapes test data
    zones = [f"Z{number}" for number in range(max(2, booths // 25))]
    floor = []
    for number in range(booths):
        zone, spot = zones[number % len(zones)], number // len(zones)
        some = {name: chance.random() < 0.3 for name in ("corner", "water", "cold", "fire")}
        kept = {"field": "entity", "value": "coop"} if chance.random() < 0.04 else None
        pos = spot % 8 + 1 + (spot % 8 > 3)
        floor.append(a_booth(zone, spot // 8, pos, **some, reserved=kept, blocked=chance.random() < 0.03))
    asking = [_a_random_application(chance, number, zones, floor) for number in range(applications)]
    watts = sum(one["power_w"] for one in asking) // len(zones)
    quotas = [
        {"id": f"from L{n}", "field": "locality", "value": f"L{n}", "min": 1, "max": max(2, booths // 4)}
        for n in range(5)
    ]
    question = a_question(floor, asking, power_w=watts * 3 // 4, quotas=quotas)
    closed = question["policy"]["zone_categories"]
    for zone in zones[1:]:
        closed[zone] = chance.sample(CATEGORIES, 3)
    return question


def _a_random_application(
    chance: random.Random, number: int, zones: list[str], floor: list[dict[str, Any]]
) -> dict[str, Any]:
    wishes = chance.sample(zones, chance.randint(0, min(3, len(zones))))
    if chance.random() < 0.3:
        wishes.insert(0, chance.choice(floor)["id"])
    return an_application(
        number,
        *wishes,
        producer=f"P{number - (chance.random() < 0.1):04d}",
        locality=f"L{chance.randint(0, 6)}",
        category=chance.choice(CATEGORIES),
        product=f"product {chance.randint(1, 8)}",
        stars=chance.randint(3, 5),
        entity=chance.choice(("household", "coop", "company")),
        first_timer=chance.random() < 0.2,
        no_shows=int(chance.random() < 0.1),
        score=chance.randint(30, 100),
        want=chance.choice((1, 1, 1, 2, 2, 3)),
        power_w=100 * chance.randint(0, 30),
        accept_any=chance.random() < 0.8,
        **{name: chance.random() < 0.15 for name in ("water", "cold", "fire", "corner")},
    )
