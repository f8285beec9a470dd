"""The house's quotas, which count booths, in the words of the optimiser, which counts heads and blocks booths."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from events.floor_plans.floor_plan import Booth, BoothSwitch
from exhibitors.allocation.proposals.fair_facts import FairFacts
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.quota import Quota
from exhibitors.calls.quota_counters import Asked, QuotaKind, Stage, count_booths

Label = Callable[[BoothApplication], str]
LOCAL = frozenset({QuotaKind.PLACE.value, QuotaKind.PLACE_GROUP.value})


@dataclass(frozen=True, slots=True)
class KeptBack:
    """Free booths that nobody gets because of a quota of their zone or the fair's reserve."""

    quota: Quota
    booths: tuple[Booth, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A quota that an allocation does not keep: booths given, and what was to be at least and at most."""

    quota: Quota
    given: int
    least: int | None
    most: int | None


def quotas_in_heads(facts: FairFacts, place_of: Label, category_of: Label) -> list[dict[str, Any]]:
    """Quotas of places and product groups, less those who share a booth.

    `Missed` says afterwards, in booths, what heads cannot express.
    """
    quotas = []
    for quota in facts.quotas:
        if quota.kind in LOCAL:
            members = [one for one in facts.applications if _counts(facts, quota, one)]
            sharing = [one for one in facts.sharing if _counts(facts, quota, one)]
            labels = {place_of(one) for one in members}
            name = "locality"
        elif quota.kind == QuotaKind.PRODUCT_GROUP:
            labels, name = {quota.product_group or ""}, "category"
            members = [one for one in facts.applications if category_of(one) == quota.product_group]
            sharing = [one for one in facts.sharing if category_of(one) == quota.product_group]
        else:
            continue
        if len(labels) != 1:
            continue
        value = next(iter(labels))
        given = sum(len(facts.held[one.id].booths) for one in sharing)
        largest = max((one.booths_wanted for one in members), default=1)
        quotas.append(
            {
                "id": f"quota {quota.id}",
                "field": name,
                "value": value,
                "min": -(-max(0, (quota.least or 0) - given) // largest),
                "max": None if quota.most is None else max(0, quota.most - len(sharing)),
            }
        )  # fmt: skip - one record of the format
    return quotas


def kept_back(facts: FairFacts) -> tuple[KeptBack, ...]:
    """Which free booths are taken out so that zone quotas and the reserve hold whatever is decided: the last ones."""
    taken = {booth for held in facts.held.values() for booth in held.booths}
    free = [booth for booth in facts.booths if booth.switch == BoothSwitch.OPEN and booth.id not in taken]
    kept: list[KeptBack] = []
    for quota in facts.quotas:
        if quota.most is None or quota.kind not in {QuotaKind.ZONE, QuotaKind.RESERVE}:
            continue
        if quota.kind == QuotaKind.ZONE:
            held = sum(booth.id in taken for booth in facts.booths if booth.zone_id == quota.zone_id)
            here = [booth for booth in free if booth.zone_id == quota.zone_id]
            surplus = max(0, len(here) - max(0, quota.most - held))
        else:
            here, surplus = free, max(0, quota.most - sum(len(one.booths) for one in kept))
        if surplus:
            kept.append(KeptBack(quota, tuple(here[-surplus:])))
            gone = {booth.id for booth in here[-surplus:]}
            free = [booth for booth in free if booth.id not in gone]
    return tuple(kept)


def missed_quotas(facts: FairFacts, seats: Mapping[int, Sequence[Booth]]) -> list[Missed]:
    """Every quota that these seats (application id → booths) pass or do not reach, counted in booths."""
    everybody = [*facts.applications, *facts.sharing]
    groups = {one.id: frozenset(good.product.group.key for good in one.goods) for one in everybody}
    by_id = {booth.id: booth for booth in facts.booths}
    kept = {one.id: [by_id[id_] for id_ in facts.held[one.id].booths if id_ in by_id] for one in facts.sharing}
    asked = []
    for application in everybody:
        booths = kept.get(application.id) or seats.get(application.id, ())
        if booths:
            by_zone: dict[int, int] = {}
            for booth in booths:
                by_zone[booth.zone_id] = by_zone.get(booth.zone_id, 0) + 1
            places = facts.places.get(application.producer_id, frozenset())
            asked.append(Asked(application.id, Stage.STAGED, len(booths), by_zone, places, groups[application.id]))
    usable = sum(booth.switch == BoothSwitch.OPEN for booth in facts.booths)
    missed = []
    for quota in facts.quotas:
        reserve = quota.kind == QuotaKind.RESERVE
        most = max(0, usable - (quota.most or 0)) if reserve else quota.most
        count = count_booths(quota.measure, asked, least=quota.least, most=most)
        if count.missing or (count.room is not None and count.room < 0):
            missed.append(Missed(quota, count.given, quota.least, most))
    return missed


def _counts(facts: FairFacts, quota: Quota, application: BoothApplication) -> bool:
    own = facts.places.get(application.producer_id, frozenset())
    return bool(own) and own <= quota.measure.places
