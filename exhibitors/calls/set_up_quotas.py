"""Set quotas of a fair, and name groups of localities that share one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.fair import Fair
from events.floor_plans.floor_plan import FloorPlan, Zone
from events.places.locality_register import former_districts, registered_localities
from exhibitors.calls.quota import PlaceGroup, Quota, find_place_group
from exhibitors.calls.quota_counters import QuotaKind
from exhibitors.producers.product_group_register import registered_groups
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.overtaken import say_anew
from foundation.refusal import Refused

MOST_BOOTHS = 5_000
COLUMN_OF = {
    QuotaKind.ZONE: "zone_id",
    QuotaKind.PLACE: "place",
    QuotaKind.PLACE_GROUP: "place_group_id",
    QuotaKind.PRODUCT_GROUP: "product_group",
}


def set_quota(
    session: Session,
    actor: Actor,
    fair: Fair,
    kind: str,
    thing: str,
    *,
    least: int | None,
    most: int | None,
    seen: int | None = None,
) -> Quota:
    """Set how many booths at least and at most for a thing, instead of what its version `seen` said, 0 for none.

    `thing` is the id of a zone or group of localities, the code of a locality or the key of a product group; empty for
    inside, outside and reserve. Refuses `quota_thing_unknown`, `quota_says_nothing`, `quota_wrong`, `quota_order`,
    `quota_reserve_has_no_least` and as `say_anew`.
    """
    _check(kind, least, most)
    _lock(session, fair)
    columns = _columns(session, fair, QuotaKind(kind), thing)
    quota = _known(session, fair, kind, columns) or Quota(fair_id=fair.id, kind=kind, **columns)
    old = {"least": quota.least, "most": quota.most} if quota.id else None
    _before, after = say_anew(session, quota, {"least": least, "most": most}, seen)
    if not after:
        return quota
    session.add(quota)
    session.flush()
    new = {"kind": kind, **columns, "least": least, "most": most}
    record(session, actor, "quota.set", quota, fair_id=fair.id, old=old, new=new)
    return quota


def find_quota_for(session: Session, fair: Fair, kind: str, thing: str) -> Quota | None:
    """The quota that a thing has already; `thing` as `set_quota` takes it."""
    try:
        return _known(session, fair, kind, _columns(session, fair, QuotaKind(kind), thing))
    except Refused:
        return None


def remove_quota(session: Session, actor: Actor, quota: Quota) -> None:
    """Take a quota away."""
    old = {"kind": quota.kind, "least": quota.least, "most": quota.most}
    record(session, actor, "quota.remove", quota, fair_id=quota.fair_id, old=old)
    session.delete(quota)
    session.flush()


def name_place_group(
    session: Session,
    actor: Actor,
    fair: Fair,
    *,
    name_vi: str,
    name_en: str = "",
    places: Sequence[str],
    group: PlaceGroup | None = None,
    seen: int | None = None,
) -> PlaceGroup:
    """Name a group of localities, or change one as its version `seen` said it.

    Refuses `place_group_name_missing`, `place_group_taken`, `place_group_empty`, `conditions_unknown`,
    and as `say_anew`.
    """
    _lock(session, fair)
    name, chosen = nfc(name_vi.strip()), sorted(set(places))
    if not name:
        raise Refused("place_group_name_missing")
    if not chosen:
        raise Refused("place_group_empty")
    if not set(chosen) <= {locality.code for locality in registered_localities()}:
        raise Refused("conditions_unknown")
    taken = session.scalar(select(PlaceGroup.id).where(PlaceGroup.fair_id == fair.id, PlaceGroup.name_vi == name))
    if taken is not None and (group is None or taken != group.id):
        raise Refused("place_group_taken", name=name)
    made = group or PlaceGroup(fair_id=fair.id)
    columns = {"name_vi": name[:120], "name_en": nfc(name_en.strip())[:120], "places": chosen}
    _before, after = say_anew(session, made, columns, seen)
    if not after:
        return made
    session.add(made)
    session.flush()
    what = "place_group.change" if group else "place_group.name"
    record(session, actor, what, made, fair_id=fair.id, new={"name": name, "places": chosen})
    return made


def name_former_districts(session: Session, actor: Actor, fair: Fair) -> list[PlaceGroup]:
    """A group for each former district; names that are there already are left out."""
    present = set(session.scalars(select(PlaceGroup.name_vi).where(PlaceGroup.fair_id == fair.id)))
    by_district: dict[str, list[str]] = {name: [] for name in former_districts()}
    for locality in registered_localities():
        by_district[locality.former_district].append(locality.code)
    return [
        name_place_group(session, actor, fair, name_vi=name, places=codes)
        for name, codes in by_district.items()
        if codes and name not in present
    ]


def remove_place_group(session: Session, actor: Actor, group: PlaceGroup) -> None:
    """Take a group away, with its quota."""
    record(session, actor, "place_group.remove", group, fair_id=group.fair_id, old={"name": group.name_vi})
    session.delete(group)
    session.flush()


@copies_with_edition(Stage.CALL)
def copy_quotas(edition: Edition) -> None:
    """The next edition has the same groups of localities and quotas."""
    edition.copy_all(PlaceGroup, PlaceGroup.fair_id == edition.source.id)
    edition.copy_all(Quota, Quota.fair_id == edition.source.id)


def _known(session: Session, fair: Fair, kind: str, columns: dict[str, object]) -> Quota | None:
    known = select(Quota).where(Quota.fair_id == fair.id, Quota.kind == kind)
    return session.scalar(known.where(*(getattr(Quota, name) == value for name, value in columns.items())))


def _columns(session: Session, fair: Fair, kind: QuotaKind, thing: str) -> dict[str, object]:
    if kind not in COLUMN_OF:
        return {}
    number = int(thing) if thing.isascii() and thing.isdigit() and len(thing) < 10 else 0
    known: object = None
    if kind is QuotaKind.ZONE:
        query = select(Zone.id).join(FloorPlan, FloorPlan.id == Zone.plan_id)
        known = session.scalar(query.where(FloorPlan.fair_id == fair.id, Zone.id == number))
    elif kind is QuotaKind.PLACE_GROUP:
        group = find_place_group(session, fair, number)
        known = group.id if group else None
    elif kind is QuotaKind.PLACE:
        known = thing if thing in {locality.code for locality in registered_localities()} else None
    else:
        known = thing if thing in {group.key for group in registered_groups()} else None
    if known is None:
        raise Refused("quota_thing_unknown")
    return {COLUMN_OF[kind]: known}


def _check(kind: str, least: int | None, most: int | None) -> None:
    if kind not in set(QuotaKind):
        raise Refused("quota_thing_unknown")
    if least is None and most is None:
        raise Refused("quota_says_nothing")
    if any(number is not None and not 0 <= number <= MOST_BOOTHS for number in (least, most)):
        raise Refused("quota_wrong", most=MOST_BOOTHS)
    if least is not None and most is not None and least > most:
        raise Refused("quota_order")
    if kind == QuotaKind.RESERVE and (least is not None or most is None):
        raise Refused("quota_reserve_has_no_least")


def _lock(session: Session, fair: Fair) -> None:
    session.flush()
    session.scalar(select(Fair.id).where(Fair.id == fair.id).with_for_update())
