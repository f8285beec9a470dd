"""Turns a fair into a question of the optimiser (format "booth-alloc/1"), without a name in it.

Applications are called by their numbers in the draw, localities and kinds of product by numbers of their own, so the
file that was computed is the file that is published. Every product family, place and zone keeps its own identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from events.floor_plans.floor_plan import Booth, BoothSwitch, Zone
from exhibitors.allocation.exhibitor_directory import shown_product
from exhibitors.allocation.optimiser.reading import FORMAT
from exhibitors.allocation.proposals.fair_facts import FairFacts, Held
from exhibitors.allocation.proposals.floor_rows import DrawnRect, edges_of, spots_of
from exhibitors.allocation.proposals.lottery_draw import LotteryDraw
from exhibitors.allocation.proposals.quotas_in_heads import KeptBack, kept_back, quotas_in_heads
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication, ZoneWish
from exhibitors.producers.producer import Product
from foundation.folding import fold

POWER_W = 1_000
"""What one booth that asks for power is counted with; the application does not say how much it needs."""
BOUNDLESS = 10**9
POINTS_OF_STARS = {5: 100, 4: 85, 3: 70}
POINTS_WITHOUT_STARS = 50
FIRST_TIMER_POINTS = 3
SCORE_BANDS = [80, 65, 50]
NOBODY = ""
ADMITTED = frozenset({ApplicationState.ACCEPTED, ApplicationState.CONFIRMED})


@dataclass(frozen=True)
class FairInstance:
    """The question as plain data, and whom and what its ids mean."""

    data: dict[str, Any]
    application_ids: dict[str, int] = field(default_factory=dict)
    booth_ids: dict[str, int] = field(default_factory=dict)
    kept_back: tuple[KeptBack, ...] = ()


def fair_instance(facts: FairFacts, draw: LotteryDraw) -> FairInstance:
    """The question; pins and published places are those of today's board, `args` the quotas as they were set."""
    booth_names = facts.booth_names
    number_of = facts.numbers
    held_back = kept_back(facts)
    closed = {booth.id for one in held_back for booth in one.booths} | facts.closed_by_sharing
    spots = {booth.id: booth for booth in _rects(facts, booth_names)}
    rows = spots_of(spots.values())
    places = _numbered(_place(facts, application) for application in facts.applications)
    data = {
        "format": FORMAT,
        "name": facts.fair.slug,
        "args": {"quotas": [[one.id, one.least, one.most] for one in facts.quotas]},
        "lottery": {"seed": draw.seed, "commit": draw.commitment},
        "policy": _policy(facts, places),
        "zones": [{"id": name, "kind": "zone", "x": 0, "y": 0} for name in facts.zone_names.values()],
        "booths": [_booth(facts, booth, booth_names, rows, closed) for booth in facts.booths],
        "edges": [list(edge) for edge in edges_of(list(spots.values()))],
        "applications": _applications(facts, places),
        **_places_held(facts, booth_names),
    }
    ids = {number_of[application.id]: application.id for application in facts.applications}
    return FairInstance(data, ids, {name: id_ for id_, name in booth_names.items()}, held_back)


def points_of(application: BoothApplication) -> int:
    """The score: stars whose certificate holds on the fair's last day, the best of what the unit brings."""
    day = application.fair.last_day
    stars = [
        product.stars or 0
        for product in _products(application)
        if day is None or product.certificate_expires_on is None or product.certificate_holds_on(day)
    ]
    return POINTS_OF_STARS.get(max(stars, default=0), POINTS_WITHOUT_STARS)


def _rects(facts: FairFacts, names: Mapping[int, str]) -> list[DrawnRect]:
    zones = facts.zone_names
    return [
        DrawnRect(
            id=names[booth.id],
            plan=booth.plan_id,
            zone=zones[booth.zone_id],
            x=booth.x_cm,
            y=booth.y_cm,
            width=booth.width_cm,
            depth=booth.depth_cm,
            rotation=booth.rotation,
        )
        for booth in facts.booths
    ]


def _booth(
    facts: FairFacts, booth: Booth, names: Mapping[int, str], rows: Mapping[str, Any], closed: set[int]
) -> dict[str, Any]:
    spot = rows[names[booth.id]]
    held_type = booth.booth_type_id
    return {
        "id": names[booth.id],
        "zone": facts.zone_names[booth.zone_id],
        "row": spot.row,
        "pos": spot.pos,
        "x": booth.x_cm,
        "y": booth.y_cm,
        "m2": max(1, booth.width_cm * booth.depth_cm // 10_000),
        "type": "corner" if booth.is_corner else "standard",
        "corner": booth.is_corner,
        "water": booth.has_water,
        "cold": booth.power_w > 0,
        "fire": booth.allows_open_flame,
        "price": 0,
        "blocked": booth.switch == BoothSwitch.BLOCKED or booth.id in closed,
        "reserved": {"field": "entity", "value": _type_name(held_type)} if held_type else None,
    }


def _applications(facts: FairFacts, places: Mapping[str, str]) -> list[dict[str, Any]]:
    has_water = any(booth.has_water for booth in facts.booths)
    has_power = any(booth.power_w for booth in facts.booths)
    products = _numbered(_family(application) for application in facts.applications)
    zones = facts.zone_names
    submitted = sorted(facts.applications, key=lambda one: facts.numbers[one.id])
    turn = {application.id: number for number, application in enumerate(submitted)}
    made = []
    for application in facts.applications:
        number = facts.numbers[application.id]
        held = facts.held.get(application.id)
        want = _want(application, held)
        made.append(
            {
                "id": number,
                "producer": number,
                "locality": places[_place(facts, application)],
                "category": _category(application),
                "product": products[_family(application)],
                "stars": 0,
                "entity": _type_name(application.booth_type_id),
                "first_timer": application.producer_id not in facts.seasoned,
                "attended": 0,
                "no_shows": 0,
                "score": points_of(application),
                "want": want,
                "power_w": POWER_W * want if application.needs_power else 0,
                "water": application.needs_water and has_water,
                "cold": application.needs_power and has_power,
                "fire": False,
                "corner": False,
                "prefs": [_wish(wish, zones, facts.booth_names) for wish in application.wishes],
                "accept_any": application.anywhere,
                "withdrawn": False,
                "submitted": turn[application.id],
            }
        )  # fmt: skip - one record of the format
    return made


def _wish(wish: ZoneWish, zones: Mapping[int, str], booths: Mapping[int, str]) -> dict[str, str]:
    """One booth while it stands on the plan, else its zone."""
    if wish.booth_id is not None and wish.booth_id in booths:
        return {"booth": booths[wish.booth_id]}
    return {"zone": zones[wish.zone_id]}


def _want(application: BoothApplication, held: Held | None) -> int:
    """Whoever stands somewhere for good keeps just that, be it less than was asked for."""
    return len(held.booths) if held and (held.is_pinned or held.is_published) else application.booths_wanted


def _places_held(facts: FairFacts, names: Mapping[int, str]) -> dict[str, Any]:
    """Places made by hand, and those that were told; whoever was accepted and stands nowhere has none to keep, but goes
    before all who were not accepted yet.
    """
    known = {application.id for application in facts.applications}
    pins, published = {}, {}
    for id_, held in facts.held.items():
        if id_ in known:
            booths = [names[booth] for booth in held.booths if booth in names]
            if held.is_pinned:
                pins[facts.numbers[id_]] = booths
            if held.is_published:
                published[facts.numbers[id_]] = booths
    admitted = [one for one in facts.applications if one.current in ADMITTED]
    if published or len(admitted) < len(facts.applications):
        for application in admitted:
            if application.id not in facts.held:
                published[facts.numbers[application.id]] = []
    return {"pins": pins, "published": published or None}


def _policy(facts: FairFacts, places: Mapping[str, str]) -> dict[str, Any]:
    zones = facts.zone_names
    categories = sorted({_category(application) for application in facts.applications})
    return {
        "priority_unit": "booth",
        "first_timer_bonus": FIRST_TIMER_POINTS,
        "no_show_penalty": 0,
        "max_booths_per_producer": 3,
        "zone_categories": dict.fromkeys(zones.values(), categories),
        "zone_power_w": {zones[zone.id]: _power_left(facts, zone) for zone in facts.zones},
        "quotas": quotas_in_heads(facts, lambda application: places[_place(facts, application)], _category),
        "conflict_kinds": ["side", "face"],
        "score_bands": SCORE_BANDS,
        "region_street": False,
    }


def _power_left(facts: FairFacts, zone: Zone) -> int:
    """What the zone has for those who are asked about: those who share a booth draw theirs already."""
    if zone.power_w is None:
        return BOUNDLESS
    here = {booth.id for booth in facts.booths if booth.zone_id == zone.id}
    drawn = sum(len(here.intersection(facts.held[one.id].booths)) for one in facts.sharing if one.needs_power)
    return max(0, zone.power_w - POWER_W * drawn)


def _place(facts: FairFacts, application: BoothApplication) -> str:
    """Its place for quotas and neighbours: the first quota of localities that it counts in, else its own locality."""
    own = facts.places.get(application.producer_id, frozenset())
    for quota in facts.quotas:
        if quota.kind in {"place", "place_group"} and own and own <= quota.measure.places:
            return f"quota {quota.id}"
    return " ".join(sorted(own)) or NOBODY


def _category(application: BoothApplication) -> str:
    product = _best(application)
    return product.group.key if product else "none"


def _family(application: BoothApplication) -> str:
    """What it sells, as two syllables without accents (mien dong, cha muc): these should not stand side by side."""
    product = _best(application)
    if product is None:
        return f"nothing {application.id}"
    return " ".join(fold(product.name_vi).split()[:2]) or shown_product(product).group


def _best(application: BoothApplication) -> Product | None:
    return max(_products(application), key=lambda product: (product.stars or 0, -product.id), default=None)


def _products(application: BoothApplication) -> list[Product]:
    return [good.product for good in application.goods]


def _type_name(booth_type_id: int | None) -> str:
    return f"type {booth_type_id}" if booth_type_id else "any"


def _numbered(names: Iterable[str]) -> dict[str, str]:
    return {name: f"{number:04d}" for number, name in enumerate(sorted(set(names)), start=1)}
