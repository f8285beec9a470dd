"""Brings the calendar entries of stands up to date in the same transaction as whatever changed them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from events.calendars.fair_events import FairPlace
from events.calendars.fair_places import places_of
from events.calendars.public_address import public_host
from events.calendars.revise_entries import touches_fairs
from events.calendars.revised_entry import Both
from events.fairs.fair import Fair, FairState
from events.floor_plans.floor_plan import Booth, FloorPlan
from exhibitors.allocation.booth_assignment import STANDING, AssignmentState, BoothAssignment
from exhibitors.applications.application_moves import ENDED, ApplicationState
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from exhibitors.calendars.stand_entry import StandEntry
from exhibitors.calendars.stand_events import Stand, stand_event
from exhibitors.producers.merging.unit_belongings import goes_over_with_unit
from exhibitors.producers.producer import Producer, Product
from foundation import clock
from foundation.bilingual import LANGUAGES, Bilingual
from foundation.database import Base
from foundation.revisions import follow_public_changes

EVER_TAKEN = (*STANDING, AssignmentState.RELEASED.value)
EVER_CONFIRMED = ENDED | {ApplicationState.CONFIRMED}
"""Others have never stood in a calendar, so that drafts and submissions cost nothing here."""
_Other = aliased(BoothAssignment)
HeldAt = tuple[str, int]
"""A booth's code and the number of the fair's venue it stands in."""


@follow_public_changes
def revise_stands_changed(session: Session, changed: list[Base]) -> None:
    """Revise the entry of every stand that shows something of what changed."""
    touched = _stands_touched(changed)
    if touched is not None:
        _revise(session, touched)


def revise_all_stands(session: Session) -> None:
    """Write every entry anew, for a new address of the product or a new way of writing."""
    for entry in session.scalars(select(StandEntry)):
        entry.facts_hash = ""
    _revise(session, BoothApplication.id.is_not(None))


def _revise(session: Session, touched: ColumnElement[bool]) -> None:
    known = {
        row.application_id: row
        for row in session.scalars(
            select(StandEntry).join(BoothApplication, BoothApplication.id == StandEntry.application_id).where(touched)
        )
    }
    shown = (BoothApplication.state == ApplicationState.CONFIRMED) | BoothApplication.id.in_(known)
    applications = session.scalars(_whole_applications().where(touched, shown)).all()
    if not applications:
        return
    booths = _booths_of(session, [one.id for one in applications])
    sharers = _sharers_of(session, [one.id for one in applications])
    places: dict[int, list[FairPlace]] = {}
    for application in applications:
        fair = application.fair
        if fair.id not in places:
            places[fair.id] = places_of(session, fair)
        entry = known.get(application.id)
        if fair.state == FairState.DRAFT or fair.first_day is None:
            if entry:
                entry.is_dropped, entry.facts_hash = True, ""
            continue
        if entry is None:
            entry = _new_entry(application)
            session.add(entry)
        beside = tuple(sharers[application.id])
        _bring_up_to_date(entry, application, booths[application.id], places[fair.id], beside)
    session.flush()


def _new_entry(application: BoothApplication) -> StandEntry:
    moment = clock.now()
    return StandEntry(
        uid=f"gian-{application.id}@{public_host()}",
        application_id=application.id,
        producer_id=application.producer_id,
        is_dropped=True,
        sequence=-1,
        created_at=moment,
        last_modified=moment,
    )


def _bring_up_to_date(
    entry: StandEntry,
    application: BoothApplication,
    held: Sequence[HeldAt],
    places: Sequence[FairPlace],
    beside: tuple[Bilingual, ...],
) -> None:
    fair = application.fair
    numbers = [row.id for row in fair.venues]
    at = [place for number, place in zip(numbers, places, strict=True) if number in {venue for _, venue in held}]
    stand = Stand(
        uid=entry.uid,
        fair=fair,
        producer=application.producer.name,
        slug=application.producer.slug,
        booths=tuple(code for code, _ in held),
        places=at or places,
        goods=tuple(product.name for product in _best_first(application)),
        is_off=application.state != ApplicationState.CONFIRMED,
        beside=beside,
    )
    events: Both = {language: stand_event(stand, language) for language in LANGUAGES}
    facts = hashlib.sha256(repr(events).encode()).hexdigest()
    if facts != entry.facts_hash:
        place_key = " ".join((*stand.booths, *(str(place.venue_id) for place in stand.places)))
        entry.bring_up_to_date(events, place_key)
        entry.facts_hash = facts


def _best_first(application: BoothApplication) -> list[Product]:
    brought = [row.product for row in application.goods]
    return sorted(brought, key=lambda product: (-(product.stars or 0), product.name_vi, product.id))


def _booths_of(session: Session, application_ids: Sequence[int]) -> dict[int, list[HeldAt]]:
    rows = session.execute(
        select(BoothAssignment.application_id, Booth.code, FloorPlan.fair_venue_id)
        .join(Booth, Booth.id == BoothAssignment.booth_id)
        .join(FloorPlan, FloorPlan.id == Booth.plan_id)
        .where(BoothAssignment.application_id.in_(application_ids), BoothAssignment.state.in_(STANDING))
        .order_by(Booth.code)
    )
    grouped: dict[int, list[HeldAt]] = defaultdict(list)
    for application_id, code, venue in rows:
        grouped[application_id].append((code, venue))
    return grouped


def _sharers_of(session: Session, application_ids: Sequence[int]) -> dict[int, list[Bilingual]]:
    """Who else stands for sure on the booths of these applications; one query."""
    rows = session.execute(
        select(BoothAssignment.application_id, Producer.name_vi, Producer.name_en)
        .join(_Other, _Other.booth_id == BoothAssignment.booth_id)
        .join(BoothApplication, BoothApplication.id == _Other.application_id)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(BoothAssignment.application_id.in_(application_ids), BoothAssignment.state.in_(STANDING))
        .where(_Other.application_id != BoothAssignment.application_id, _Other.state.in_(STANDING))
        .distinct()
        .order_by(Producer.name_vi)
    )
    grouped: dict[int, list[Bilingual]] = defaultdict(list)
    for application_id, vi, en in rows:
        grouped[application_id].append(Bilingual(vi, en))
    return grouped


def _stands_touched(changed: list[Base]) -> ColumnElement[bool] | None:
    """The condition on applications; none where nothing of a stand can have changed."""
    applications = [one.id for one in changed if isinstance(one, BoothApplication) and one.current in EVER_CONFIRMED]
    assignments = [one.id for one in changed if isinstance(one, BoothAssignment) and one.state in EVER_TAKEN]
    booths = [one.id for one in changed if isinstance(one, Booth)]
    producers = [one.id for one in changed if isinstance(one, Producer)]
    products = [one.id for one in changed if isinstance(one, Product)]
    fairs = touches_fairs(changed)
    conditions = []
    if applications:
        conditions.append(BoothApplication.id.in_(applications))
    if assignments:
        conditions.append(BoothApplication.id.in_(_beside(BoothAssignment.id.in_(assignments))))
    if booths:
        conditions.append(BoothApplication.id.in_(_holders(BoothAssignment.booth_id.in_(booths))))
    if producers:
        conditions.append(BoothApplication.producer_id.in_(producers))
        theirs = select(BoothApplication.id).where(BoothApplication.producer_id.in_(producers))
        both = and_(BoothAssignment.application_id.in_(theirs), BoothAssignment.state.in_(STANDING))
        conditions.append(BoothApplication.id.in_(_beside(both)))
    if products:
        bringing = select(ApplicationProduct.application_id).where(ApplicationProduct.product_id.in_(products))
        conditions.append(BoothApplication.id.in_(bringing))
    if fairs is not None:
        conditions.append(BoothApplication.fair_id.in_(select(Fair.id).where(fairs)))
    return or_(*conditions) if conditions else None


def _holders(condition: ColumnElement[bool]) -> Select[int]:
    return select(BoothAssignment.application_id).where(condition)


def _whole_applications() -> Select[BoothApplication]:
    return (
        select(BoothApplication)
        .options(
            joinedload(BoothApplication.producer),
            selectinload(BoothApplication.fair).options(
                selectinload(Fair.venues),
                selectinload(Fair.closed_days),
                selectinload(Fair.own_hours),
                joinedload(Fair.organisation),
            ),
            selectinload(BoothApplication.goods).joinedload(ApplicationProduct.product),
        )
        .order_by(BoothApplication.id)
    )


@goes_over_with_unit
def move_stands(session: Session, gone: Producer, kept: Producer) -> dict[str, Any]:
    """When two units become one, the stands of both stand in the calendar of the one that stays."""
    session.execute(update(StandEntry).where(StandEntry.producer_id == gone.id).values(producer_id=kept.id))
    return {}


def _beside(condition: ColumnElement[bool]) -> Select[int]:
    """Those whom it is about, and whoever stood or stands on the same booths."""
    both = _Other.booth_id == BoothAssignment.booth_id
    return select(_Other.application_id).join(BoothAssignment, both).where(condition)
