"""Checks a finished allocation rule by rule, from plain data alone: it shares nothing with the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exhibitors.allocation.optimiser.instance import Application, Booth, FieldValue, Instance, Zone
from exhibitors.allocation.optimiser.lottery import opens


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken hard rule: a stable code and what it is about."""

    code: str
    subject: str
    detail: str = ""


def violations(instance: Instance, assignments: Mapping[str, Sequence[str]]) -> list[Violation]:
    """Every hard rule that an allocation breaks; an empty list is a valid allocation."""
    applications = {application.id: application for application in instance.applications}
    booths = {booth.id: booth for booth in instance.booths}
    zones = {zone.id: zone for zone in instance.zones}
    found: list[Violation] = []
    if not opens(instance.seed, instance.commitment):
        found.append(Violation("LOTTERY", instance.commitment))
    known: list[tuple[Application, list[Booth]]] = []
    for id_, taken in assignments.items():
        if id_ not in applications:
            found.append(Violation("UNKNOWN_APPLICATION", id_))
        elif not taken or any(booth not in booths for booth in taken):
            found.append(Violation("UNKNOWN_BOOTH", id_))
        else:
            known.append((applications[id_], [booths[booth] for booth in taken]))
    for application, block in known:
        pinned = sorted(instance.pins.get(application.id, ())) == sorted(booth.id for booth in block)
        found += [Violation(code, application.id) for code in _of_block(zones, application, block, pinned)]
    found += _of_booths(known)
    found += _of_sums(instance, known)
    for id_, pinned_booths in instance.pins.items():
        if not applications[id_].withdrawn and sorted(assignments.get(id_, ())) != sorted(pinned_booths):
            found.append(Violation("PIN", id_))
    return found


def _of_block(zones: Mapping[str, Zone], application: Application, block: list[Booth], pinned: bool) -> list[str]:
    first = min(booth.pos for booth in block)
    categories = zones[block[0].zone].categories
    run = sorted(booth.pos for booth in block) == list(range(first, first + len(block)))
    tests = {
        "WITHDRAWN": application.withdrawn,
        "SIZE": len(block) != application.want or len({booth.id for booth in block}) != len(block),
        "NOT_CONTIGUOUS": len({booth.row for booth in block}) != 1 or not run,
        "BLOCKED": any(booth.blocked for booth in block),
        "RESERVED": any(
            booth.reserved is not None and application.value_of(booth.reserved[0]) != booth.reserved[1]
            for booth in block
        ),
        "ZONE_CATEGORY": application.category not in categories,
        "NEED_WATER": application.water and not any(booth.water for booth in block),
        "NEED_COLD": application.cold and not any(booth.cold for booth in block),
        "NEED_CORNER": application.corner and not any(booth.corner for booth in block),
        "NEED_FIRE": application.fire and not all(booth.fire for booth in block),
        "NOT_LISTED": not pinned and not _listed(application, block),
    }
    return [code for code, broken in tests.items() if broken]


def _listed(application: Application, block: list[Booth]) -> bool:
    if application.accept_any:
        return True
    ids, zone = {booth.id for booth in block}, block[0].zone
    return any(wish.zone == zone or wish.booth in ids for wish in application.wishes)


def _of_booths(known: Sequence[tuple[Application, list[Booth]]]) -> list[Violation]:
    taken = Counter(booth.id for _, block in known for booth in block)
    return [Violation("DOUBLE_BOOKED", booth) for booth, times in taken.items() if times > 1]


def _of_sums(instance: Instance, known: Sequence[tuple[Application, list[Booth]]]) -> list[Violation]:
    found = []
    power: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for application, block in known:
        power[block[0].zone] += application.power_w
        held[application.producer] += len(block)
    for zone in instance.zones:
        if power[zone.id] > zone.power_w:
            found.append(Violation("ZONE_POWER", zone.id, f"{power[zone.id]} of {zone.power_w} W"))
    for producer, number in held.items():
        if number > instance.rules.booths_per_producer:
            found.append(Violation("PRODUCER_CAP", producer, str(number)))
    counted = _heads(instance, [application for application, _ in known])
    for quota in instance.rules.quotas:
        heads = counted[quota.field, quota.value]
        if quota.maximum is not None and heads > quota.maximum:
            found.append(Violation("QUOTA_MAX", quota.id, f"{heads} of {quota.maximum}"))
    return found


def _heads(instance: Instance, inside: Sequence[Application]) -> Counter[tuple[str, FieldValue]]:
    fields = sorted({quota.field for quota in instance.rules.quotas})
    return Counter((name, one.value_of(name)) for one in inside for name in fields)


def shortfall(instance: Instance, assignments: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Heads missing to each quota minimum, for the quotas that miss some."""
    counted = _heads(instance, [one for one in instance.applications if one.id in assignments])
    missing = {quota.id: quota.minimum - counted[quota.field, quota.value] for quota in instance.rules.quotas}
    return {id_: number for id_, number in missing.items() if number > 0}
