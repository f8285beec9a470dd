"""Apply for booths at a fair: start, save, submit and withdraw an application."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import FloorPlan, Zone
from exhibitors.applications import tell_applicants  # noqa: F401 - registers who is written to when a fair is off
from exhibitors.applications.application_endings import tell_ending
from exhibitors.applications.application_moves import ENDED, ApplicationState, By
from exhibitors.applications.booth_application import (
    ApplicationProduct,
    BoothApplication,
    ZoneWish,
    live_application,
    move_application,
    new_application_code,
    time_stamp,
)
from exhibitors.applications.letters import post_receipt, post_withdrawal
from exhibitors.producers.producer import Producer, Product
from exhibitors.producers.product_removal import before_product_leaves
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.refusal import Refused

OPEN_TO_PRODUCER = frozenset({ApplicationState.DRAFT, ApplicationState.NEEDS_CHANGES})
"""States in which the producer may still change what was typed."""
MOST_WISHES = 3
MOST_BOOTHS = 3
LONGEST_FASCIA = 80
LONGEST_NOTE = 2000


def start_application(session: Session, actor: Actor, fair: Fair, producer: Producer) -> BoothApplication:
    """A new draft, or the producer's application that is still going on at this fair.

    Refuses with the fair's reason (`call_not_open`, `call_closed`, `fair_over`, `fair_cancelled` …).
    """
    application = live_application(session, fair.id, producer.id)
    if application is not None:
        return application
    refuse_when_closed(fair)
    moment = clock.now()
    application = BoothApplication(
        code=new_application_code(session),
        fair=fair,
        producer=producer,
        fascia_name=producer.name_vi[:LONGEST_FASCIA],
        started_at=moment,
        saved_at=moment,
    )
    try:
        with session.begin_nested():
            session.add(application)
    except IntegrityError:
        # Another request of the same unit was faster: the index let only one draft in.
        known = live_application(session, fair.id, producer.id)
        if known is None:
            raise
        return known
    record(session, actor, "application.start", application, fair_id=fair.id)
    return application


def save_application(
    session: Session,
    actor: Actor,
    application: BoothApplication,
    *,
    zone_ids: Sequence[int],
    product_ids: Iterable[int],
    booths_wanted: int = 1,
    anywhere: bool = True,
    fascia_name: str = "",
    needs_power: bool = False,
    needs_water: bool = False,
    note: str = "",
    expected_version: int | None = None,
) -> BoothApplication:
    """Keep what was typed, complete or not; `zone_ids` in order of rank.

    Refuses `application_not_open`, `draft_changed_elsewhere` (only when a version is expected), `booths_wanted_range`,
    `fascia_too_long`, `note_too_long`, `zone_wished_twice`, `zone_not_in_fair` and `product_not_yours`.
    """
    lock_application(session, application)
    if application.current not in OPEN_TO_PRODUCER:
        raise Refused("application_not_open", state=application.state, code=application.code)
    if expected_version is not None and application.version != expected_version:
        raise Refused("draft_changed_elsewhere", version=application.version)
    if not 1 <= booths_wanted <= MOST_BOOTHS:
        raise Refused("booths_wanted_range", most=MOST_BOOTHS)
    _refuse_long_texts(fascia_name, note)
    _wish_for_zones(session, application, list(zone_ids)[:MOST_WISHES])
    _bring_products(session, application, set(product_ids))
    application.booths_wanted = booths_wanted
    application.anywhere = anywhere
    application.fascia_name = nfc(fascia_name.strip())
    application.needs_power = needs_power
    application.needs_water = needs_water
    application.note = nfc(note.strip())
    time_stamp(application)
    if application.current is not ApplicationState.DRAFT:
        record(session, actor, "application.change", application, fair_id=application.fair_id)
    session.flush()
    return application


def submit_application(
    session: Session,
    actor: Actor,
    application: BoothApplication,
    *,
    rules_accepted: bool,
    base_url: str,
    expected_version: int | None = None,
) -> BoothApplication:
    """Hand it in and post the receipt; one that is handed in already is returned as it stands.

    An application with changes asked for goes back into review. Refuses the fair's reasons (`call_closed` …),
    `application_ended`, `draft_changed_elsewhere`, `no_products`, `no_wish` and `rules_not_accepted`. Certificates are
    shown, never a reason.
    """
    lock_application(session, application)
    state = application.current
    if state in ENDED:
        raise Refused("application_ended", code=application.code, state=state.value)
    if state not in OPEN_TO_PRODUCER:
        return application
    if expected_version is not None and application.version != expected_version:
        raise Refused("draft_changed_elsewhere", version=application.version)
    if state is ApplicationState.DRAFT:
        refuse_when_closed(application.fair)
    for reason in missing_parts(application, rules_accepted=rules_accepted):
        raise Refused(reason)
    application.fascia_name = application.fascia_name or application.producer.name_vi[:LONGEST_FASCIA]
    application.rules_accepted_at = clock.now()
    if state is ApplicationState.NEEDS_CHANGES:
        move_application(session, actor, application, "resubmit", By.PRODUCER)
        session.flush()
        return application
    move_application(session, actor, application, "submit", By.PRODUCER)
    application.submitted_at = clock.now()
    session.flush()
    post_receipt(session, application, base_url)
    return application


def withdraw_application(
    session: Session, actor: Actor, application: BoothApplication, *, reason: str = "", base_url: str
) -> BoothApplication:
    """Take it back; what it holds is let go. One that was withdrawn already is returned as it stands.

    Refuses `reason_missing` once a booth was confirmed, and `move_impossible` when it has ended otherwise.
    """
    lock_application(session, application)
    before = application.current
    if before is ApplicationState.WITHDRAWN:
        return application
    if before is ApplicationState.CONFIRMED and not reason.strip():
        raise Refused("reason_missing", move="withdraw")
    move_application(session, actor, application, "withdraw", By.PRODUCER, reason=nfc(reason.strip()))
    application.pending_decision = None
    tell_ending(session, actor, application, reason)
    session.flush()
    if before is not ApplicationState.DRAFT:
        held_booth = before is ApplicationState.CONFIRMED
        post_withdrawal(session, application, reason, base_url, booth_was_confirmed=held_booth)
    return application


def refuse_when_closed(fair: Fair) -> None:
    """Refuse with the fair's own reason when nobody can apply now."""
    reason = fair.why_no_application()
    if reason is not None:
        raise Refused(reason)


def missing_parts(application: BoothApplication, *, rules_accepted: bool = True) -> list[str]:
    """Reason codes of what an application lacks before it can be handed in, in the order of the form."""
    missing = []
    if not application.goods:
        missing.append("no_products")
    if not application.wishes and not application.anywhere:
        missing.append("no_wish")
    if not rules_accepted:
        missing.append("rules_not_accepted")
    return missing


def lock_application(session: Session, application: BoothApplication) -> None:
    """Wait for whoever changes it now and read it as it stands: the same button pressed twice acts once."""
    session.flush()
    session.refresh(application, with_for_update={"of": BoothApplication})


def _refuse_long_texts(fascia_name: str, note: str) -> None:
    if len(fascia_name) > LONGEST_FASCIA:
        raise Refused("fascia_too_long", most=LONGEST_FASCIA)
    if len(note) > LONGEST_NOTE:
        raise Refused("note_too_long", most=LONGEST_NOTE)


def _wish_for_zones(session: Session, application: BoothApplication, zone_ids: list[int]) -> None:
    if [wish.zone_id for wish in application.wishes] == zone_ids:
        return
    if len(set(zone_ids)) < len(zone_ids):
        raise Refused("zone_wished_twice")
    query = select(Zone.id).join(FloorPlan).where(FloorPlan.fair_id == application.fair_id, Zone.id.in_(zone_ids))
    if set(session.scalars(query)) != set(zone_ids):
        raise Refused("zone_not_in_fair")
    # Old ranks leave before new ones come: both sides of the exchange share two unique keys.
    application.wishes.clear()
    session.flush()
    application.wishes.extend(ZoneWish(zone_id=zone_id, rank=rank) for rank, zone_id in enumerate(zone_ids, 1))


def _bring_products(session: Session, application: BoothApplication, product_ids: set[int]) -> None:
    query = select(Product.id).where(Product.producer_id == application.producer_id, Product.id.in_(product_ids))
    if set(session.scalars(query)) != product_ids:
        raise Refused("product_not_yours")
    kept = {good.product_id for good in application.goods}
    for good in [good for good in application.goods if good.product_id not in product_ids]:
        application.goods.remove(good)
    application.goods.extend(ApplicationProduct(product_id=number) for number in sorted(product_ids - kept))


@before_product_leaves
def _keep_products_in_use(session: Session, product: Product) -> None:
    """A product stays while an application that is going on brings it; ended applications let it go."""
    rows = session.execute(
        select(ApplicationProduct, BoothApplication)
        .join(BoothApplication, BoothApplication.id == ApplicationProduct.application_id)
        .where(ApplicationProduct.product_id == product.id)
    ).all()
    for _, application in rows:
        if application.current not in ENDED:
            raise Refused("product_in_use", code=application.code, fair=application.fair.name)
    for good, application in rows:
        application.goods.remove(good)
    session.flush()
