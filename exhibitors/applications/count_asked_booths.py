"""The booths that applications ask for and hold, for the counters of quotas; which quota an acceptance would pass."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth, FloorPlan
from events.places.locality_register import registered_localities
from exhibitors.applications.application_moves import ENDED, ApplicationState, Decision
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.applications.held_booths import booths_held_by
from exhibitors.calls.asked_booths import asked_booths, knows_asked_booths, most_of
from exhibitors.calls.known_units import places_of_units, present_key
from exhibitors.calls.quota import Quota, quotas_of
from exhibitors.calls.quota_counters import Asked, QuotaKind, Stage, exceeds
from exhibitors.producers.producer import Product, ProductGroup
from foundation.refusal import Refused

PUBLISHED = frozenset({ApplicationState.ACCEPTED, ApplicationState.CONFIRMED})
REASONS = {
    QuotaKind.ZONE: "quota_full_zone",
    QuotaKind.PLACE: "quota_full_place",
    QuotaKind.PLACE_GROUP: "quota_full_place",
    QuotaKind.PRODUCT_GROUP: "quota_full_group",
    QuotaKind.INSIDE: "quota_full_inside",
    QuotaKind.OUTSIDE: "quota_full_outside",
    QuotaKind.RESERVE: "quota_full_reserve",
}


@knows_asked_booths
def booths_of_applications(session: Session, fair: Fair) -> Sequence[Asked]:
    """One entry for each application handed in and going on; the number of queries does not grow with them."""
    rows = session.execute(
        select(
            BoothApplication.id,
            BoothApplication.state,
            BoothApplication.pending_decision,
            BoothApplication.booths_wanted,
            BoothApplication.producer_id,
        ).where(
            BoothApplication.fair_id == fair.id,
            BoothApplication.submitted_at.is_not(None),
            BoothApplication.state.not_in([state.value for state in ENDED]),
        )
    ).all()
    ids = [row.id for row in rows]
    if not ids:
        return []
    held, wished, groups = _held(session, fair, ids), _first_wishes(session, ids), _groups(session, ids)
    places = places_of_units(session, [row.producer_id for row in rows])
    made = []
    for row in rows:
        stage = _stage(row.state, row.pending_decision)
        by_zone = held.get(row.id) if stage is not Stage.APPLIED else None
        by_zone = by_zone or ({wished[row.id]: row.booths_wanted} if row.id in wished else {})
        booths = sum(by_zone.values()) or row.booths_wanted
        made.append(Asked(row.id, stage, booths, by_zone, places[row.producer_id], frozenset(groups[row.id])))
    return made


def refuse_passing_quotas(session: Session, application: BoothApplication) -> None:
    """Refuse accepting it with the first quota that would be passed: quota_full_zone, …_place, …_group, …_inside,
    …_outside, …_reserve. The quotas are locked, so that two who accept at once are counted one after the other.
    """
    fair = application.fair
    session.scalars(select(Quota.id).where(Quota.fair_id == fair.id).order_by(Quota.id).with_for_update()).all()
    quotas = quotas_of(session, fair)
    if not quotas:
        return
    asked = asked_booths(session, fair)
    own = next((one for one in asked if one.application_id == application.id), None)
    for quota in quotas:
        most = most_of(session, fair, quota)
        if own is not None and exceeds(quota.measure, most, asked, own):
            raise Refused(REASONS[QuotaKind(quota.kind)], name=name_of(session, quota), most=most)


def refuse_overfull_quotas(session: Session, fair: Fair, accepted: Sequence[BoothApplication]) -> None:
    """Refuse publishing these acceptances with the first quota that they pass beside what was published before; those
    said to go beyond the quota are not counted against it. The quotas stay locked until the end of the transaction.
    """
    session.scalars(select(Quota.id).where(Quota.fair_id == fair.id).order_by(Quota.id).with_for_update()).all()
    quotas = quotas_of(session, fair)
    wanted = {one.id for one in accepted if one.decision is Decision.ACCEPT and not one.beyond_quota}
    if not quotas or not wanted:
        return
    asked = asked_booths(session, fair)
    for quota in quotas:
        most = most_of(session, fair, quota)
        new = sum(quota.measure.booths_of(one) for one in asked if one.application_id in wanted)
        known = sum(quota.measure.booths_of(one) for one in asked if one.stage is Stage.PUBLISHED)
        if most is not None and new and known + new > most:
            raise Refused(REASONS[QuotaKind(quota.kind)], name=name_of(session, quota), most=most)


def name_of(session: Session, quota: Quota) -> str:
    """What a quota is called in a sentence, in Vietnamese; empty where the sentence says it."""
    if quota.zone is not None:
        return quota.zone.code
    if quota.place_group is not None:
        return quota.place_group.name_vi
    if quota.product_group:
        return session.scalar(select(ProductGroup.name_vi).where(ProductGroup.key == quota.product_group)) or ""
    return next((place.name_vi for place in registered_localities() if place.code == quota.place), "")


def _stage(state: str, pending: str | None) -> Stage:
    if state in PUBLISHED:
        return Stage.PUBLISHED
    return Stage.STAGED if pending == Decision.ACCEPT else Stage.APPLIED


def _held(session: Session, fair: Fair, ids: Sequence[int]) -> dict[int, Mapping[int, int]]:
    held = booths_held_by(session, ids)
    if not held:
        return {}
    query = select(Booth.code, Booth.zone_id).join(FloorPlan, FloorPlan.id == Booth.plan_id)
    zones = dict(session.execute(query.where(FloorPlan.fair_id == fair.id)).all())
    return {number: Counter(zones[booth.code] for booth in booths) for number, booths in held.items()}


def _first_wishes(session: Session, ids: Sequence[int]) -> dict[int, int]:
    query = select(ZoneWish.application_id, ZoneWish.zone_id).where(ZoneWish.application_id.in_(ids))
    return dict(session.execute(query.where(ZoneWish.rank == 1)).all())


def _groups(session: Session, ids: Sequence[int]) -> dict[int, set[str]]:
    query = (
        select(ApplicationProduct.application_id, ProductGroup.key)
        .join(Product, Product.id == ApplicationProduct.product_id)
        .join(ProductGroup, ProductGroup.id == Product.group_id)
        .where(ApplicationProduct.application_id.in_(ids))
        .distinct()
    )
    groups: dict[int, set[str]] = defaultdict(set)
    for number, key in session.execute(query):
        groups[number].add(present_key(key))
    return groups
