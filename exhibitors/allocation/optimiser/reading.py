"""Reads the format "booth-alloc/1" from JSON and says in one sentence what is wrong with a file that is not it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from exhibitors.allocation.optimiser.instance import (
    Application,
    BadInstance,
    Booth,
    FieldValue,
    Instance,
    Quota,
    Rules,
    Wish,
    Zone,
)
from exhibitors.allocation.optimiser.reading_values import (
    boolean,
    distinct,
    entries,
    known,
    number,
    optional_number,
    record,
    texts,
    word,
)

FORMAT = "booth-alloc/1"
QUOTA_FIELDS = ("locality", "stars", "entity", "first_timer", "category")
MOST_BOOTHS = 3
Record = Mapping[str, Any]
Identified = TypeVar("Identified", Booth, Application)


def read_instance(text: str | bytes) -> Instance:
    """An instance from the text of a file; refuses with BadInstance, whose sentence names the spot."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInstance("not_json", "The file is not JSON text.") from error
    return instance_from(data)


def instance_from(data: object) -> Instance:
    """An instance from plain data of the format."""
    whole = record(data, "the file")
    if whole.get("format") != FORMAT:
        raise BadInstance("unknown_format", f'The file does not say "format": "{FORMAT}".')
    policy = record(whole.get("policy"), "policy")
    zones = _zones(whole, policy)
    booths = _sorted(whole, "booths", _booth)
    applications = _sorted(whole, "applications", _application)
    if not booths:
        raise BadInstance("no_booths", "There is nothing to allocate: the file has no booths.")
    if not applications:
        raise BadInstance("no_applications", "There is nothing to allocate: the file has no applications.")
    seed, commitment = _lottery(whole)
    instance = Instance(
        name=word(whole, "name", "the file"),
        seed=seed,
        commitment=commitment,
        rules=_rules(policy),
        zones=zones,
        booths=booths,
        edges=_edges(whole, {booth.id for booth in booths}),
        applications=applications,
        pins=_placements(whole, "pins") or {},
        published=_placements(whole, "published"),
    )
    _refuse_dangling(instance)
    return instance


def _sorted(whole: Record, name: str, make: Callable[[Record, str], Identified]) -> tuple[Identified, ...]:
    one = name[:-1]
    made = [make(item, f"{one} {item.get('id', number)}") for number, item in enumerate(entries(whole, name))]
    distinct([item.id for item in made], one)
    return tuple(sorted(made, key=lambda item: item.id))


def _zones(whole: Record, policy: Record) -> tuple[Zone, ...]:
    categories = record(policy.get("zone_categories"), "policy.zone_categories")
    power = record(policy.get("zone_power_w"), "policy.zone_power_w")
    zones = []
    for item in entries(whole, "zones"):
        id_ = word(item, "id", "a zone")
        zones.append(
            Zone(
                id=id_,
                categories=frozenset(texts(categories, id_, "policy.zone_categories") if id_ in categories else ()),
                power_w=number(power, id_, "policy.zone_power_w"),
                x=number(item, "x", f"zone {id_}", lowest=None) if "x" in item else 0,
                y=number(item, "y", f"zone {id_}", lowest=None) if "y" in item else 0,
            )
        )
    distinct([zone.id for zone in zones], "zone")
    for name, table in (("zone_categories", categories), ("zone_power_w", power)):
        known(table, {zone.id for zone in zones}, f"policy.{name}", "zone")
    return tuple(sorted(zones, key=lambda zone: zone.id))


def _booth(item: Record, where: str) -> Booth:
    number(item, "m2", where, lowest=1)
    number(item, "price", where)
    return Booth(
        id=word(item, "id", where),
        zone=word(item, "zone", where),
        row=word(item, "row", where),
        pos=number(item, "pos", where, lowest=None),
        x=number(item, "x", where, lowest=None),
        y=number(item, "y", where, lowest=None),
        corner=boolean(item, "corner", where),
        water=boolean(item, "water", where),
        cold=boolean(item, "cold", where),
        fire=boolean(item, "fire", where),
        blocked=boolean(item, "blocked", where),
        reserved=_reservation(item, where),
    )


def _reservation(item: Record, where: str) -> tuple[str, FieldValue] | None:
    if item.get("reserved") is None:
        return None
    reservation = record(item["reserved"], f"{where}, reserved")
    return _field_and_value(reservation, f"{where}, reserved")


def _field_and_value(item: Record, where: str) -> tuple[str, FieldValue]:
    name = word(item, "field", where)
    if name not in QUOTA_FIELDS:
        raise BadInstance("unknown_field", f'{where}: no rule can look at "{name[:40]}".', where=where, field=name)
    if name == "stars":
        return name, number(item, "value", where)
    return name, boolean(item, "value", where) if name == "first_timer" else word(item, "value", where)


def _application(item: Record, where: str) -> Application:
    return Application(
        id=word(item, "id", where),
        producer=word(item, "producer", where),
        locality=word(item, "locality", where),
        category=word(item, "category", where),
        product=word(item, "product", where),
        stars=number(item, "stars", where, lowest=0, highest=5),
        entity=word(item, "entity", where),
        first_timer=boolean(item, "first_timer", where),
        no_shows=number(item, "no_shows", where),
        score=number(item, "score", where, lowest=0, highest=100),
        want=number(item, "want", where, lowest=1, highest=MOST_BOOTHS),
        power_w=number(item, "power_w", where),
        water=boolean(item, "water", where),
        cold=boolean(item, "cold", where),
        fire=boolean(item, "fire", where),
        corner=boolean(item, "corner", where),
        wishes=tuple(_wish(wish, where) for wish in entries(item, "prefs", where)),
        accept_any=boolean(item, "accept_any", where),
        withdrawn=boolean(item, "withdrawn", where),
        submitted=optional_number(item, "submitted", where),
    )


def _wish(item: Record, where: str) -> Wish:
    if set(item) == {"zone"}:
        return Wish(zone=word(item, "zone", where), booth=None)
    if set(item) == {"booth"}:
        return Wish(zone=None, booth=word(item, "booth", where))
    raise BadInstance("odd_wish", f'{where}: a wish names either a "zone" or a "booth".', where=where)


def _rules(policy: Record) -> Rules:
    where = "policy"
    unit = word(policy, "priority_unit", where)
    if unit not in {"booth", "application"}:
        raise BadInstance("unknown_unit", 'policy.priority_unit is neither "booth" nor "application".')
    quotas = []
    for item in entries(policy, "quotas", where):
        spot = f"quota {item.get('id')}"
        name, value = _field_and_value(item, spot)
        least, most = number(item, "min", spot), optional_number(item, "max", spot)
        quotas.append(Quota(word(item, "id", spot), name, value, least, most))
    distinct([quota.id for quota in quotas], "quota")
    bands = policy.get("score_bands", [])
    if type(bands) is not list or any(type(band) is not int for band in bands):
        raise BadInstance("not_numbers", "policy.score_bands is not a list of whole numbers.")
    return Rules(
        weigh_by_booth=unit == "booth",
        first_timer_bonus=number(policy, "first_timer_bonus", where, lowest=None),
        no_show_penalty=number(policy, "no_show_penalty", where, lowest=None),
        booths_per_producer=number(policy, "max_booths_per_producer", where),
        quotas=tuple(sorted(quotas, key=lambda quota: quota.id)),
        conflict_kinds=frozenset(texts(policy, "conflict_kinds", where)),
        score_bands=tuple(bands),
        region_street=boolean(policy, "region_street", where),
    )


def _lottery(whole: Record) -> tuple[str, str]:
    lottery = record(whole.get("lottery"), "lottery")
    return word(lottery, "seed", "lottery"), word(lottery, "commit", "lottery")


def _edges(whole: Record, booths: set[str]) -> tuple[tuple[str, str, str], ...]:
    edges = whole.get("edges")
    if type(edges) is not list:
        raise BadInstance("missing_list", 'The file has no list of "edges".')
    found = set()
    for edge in edges:
        if type(edge) is not list or len(edge) != 3 or any(type(part) is not str for part in edge):
            raise BadInstance("odd_edge", "An edge is not three texts: booth, booth, kind.")
        if edge[0] not in booths or edge[1] not in booths:
            raise BadInstance("dangling", f"The edge {edge[0][:40]} to {edge[1][:40]} names an unknown booth.")
        found.add((min(edge[:2]), max(edge[:2]), edge[2]))
    return tuple(sorted(found))


def _placements(whole: Record, name: str) -> dict[str, tuple[str, ...]] | None:
    if whole.get(name) is None:
        return None
    placements = record(whole[name], name)
    return {id_: tuple(sorted(texts(placements, id_, name))) for id_ in sorted(placements)}


def _refuse_dangling(instance: Instance) -> None:
    """Every id that something points to is there, no two booths share a spot of a row, rows stay in one zone."""
    zones = {zone.id for zone in instance.zones}
    booths = {booth.id for booth in instance.booths}
    applications = {application.id for application in instance.applications}
    row_zone: dict[str, str] = {}
    spots: set[tuple[str, int]] = set()
    for booth in instance.booths:
        known([booth.zone], zones, f"booth {booth.id}", "zone")
        if row_zone.setdefault(booth.row, booth.zone) != booth.zone:
            raise BadInstance("row_in_two_zones", f"Row {booth.row} lies in two zones.", row=booth.row)
        if (booth.row, booth.pos) in spots:
            raise BadInstance("same_spot", f"Booth {booth.id} stands where another booth of row {booth.row} stands.")
        spots.add((booth.row, booth.pos))
    for application in instance.applications:
        for wish in application.wishes:
            known([wish.zone or wish.booth], zones if wish.zone else booths, f"application {application.id}", "wish")
    for name, placements in (("pins", instance.pins), ("published", instance.published or {})):
        known(placements, applications, name, "application")
        for id_, taken in placements.items():
            known(taken, booths, f"{name} of {id_}", "booth")
