"""Apply for booths at a fair: start, save, submit and withdraw an application."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Required, Unpack

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.fair_rules import rules_in_force
from events.floor_plans.booth_type import find_booth_type
from exhibitors.applications import (
    move_applications,  # noqa: F401 - registers what goes over when units merge
    tell_applicants,  # noqa: F401 - registers who is written to when a fair is off
)
from exhibitors.applications.application_endings import tell_ending
from exhibitors.applications.application_moves import ENDED, ApplicationState, By
from exhibitors.applications.asked_points import Point, opened_points
from exhibitors.applications.before_sending import is_late_now, objections_to_change, objections_to_sending
from exhibitors.applications.booth_application import (
    BoothApplication,
    live_application,
    lock_application,
    move_application,
    new_application_code,
    time_stamp,
)
from exhibitors.applications.booth_logistics import Logistics, take_logistics
from exhibitors.applications.booth_needs import Needs, take_needs
from exhibitors.applications.brought_products import bring_products
from exhibitors.applications.fascia import LONGEST_FASCIA, usual_fascia
from exhibitors.applications.given_word import Purpose, give_words
from exhibitors.applications.letters import post_changes_received, post_receipt, post_withdrawal
from exhibitors.applications.open_to_change import OPEN_TO_PRODUCER, may_still_change
from exhibitors.applications.tell_organisers import post_changes_made
from exhibitors.applications.traced_change import change_between, traced
from exhibitors.applications.wished_places import wish_for_places
from exhibitors.calls.call_terms import terms_of
from exhibitors.calls.invite import take_use, usable_code
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.refusal import Refused

MOST_WISHES = 3
MOST_BOOTHS = 3
LONGEST_NOTE = 2000


class Further(Needs, Logistics):
    """What may be said beside the booth itself."""


class SentChangeRefused(Refused):
    """A change that would leave gaps in what was sent, with each of them: reason sent_stays_whole."""

    def __init__(self, each: Sequence[Refused]) -> None:
        super().__init__("sent_stays_whole")
        self.each = each


class ApplicationFacts(Further):
    """What `save_application` takes."""

    zone_ids: Required[list[int]]
    booth_wishes: list[int | None]
    product_ids: Required[list[int]]
    booths_wanted: Required[int]
    anywhere: Required[bool]
    fascia_name: Required[str]
    note: Required[str]
    booth_type_id: Required[int | None]
    invitation_code: Required[str]


def start_application(
    session: Session, actor: Actor, fair: Fair, producer: Producer, *, invitation_code: str = ""
) -> BoothApplication:
    """A new draft, or the producer's application that is still going on at this fair.

    Refuses with the fair's reason (`call_not_open`, `call_closed`, `fair_over`, `fair_cancelled` …); where the call is
    by invitation also as `usable_code` does. A use is taken when the application is sent.
    """
    application = live_application(session, fair.id, producer.id)
    if application is not None:
        return application
    refuse_when_closed(fair)
    by_invitation = terms_of(session, fair).is_by_invitation
    invitation = usable_code(session, fair, producer, invitation_code) if by_invitation else None
    moment = clock.now()
    application = BoothApplication(
        code=new_application_code(session),
        fair=fair,
        producer=producer,
        invitation=invitation,
        fascia_name=usual_fascia(producer.name_vi),
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
    booth_wishes: Sequence[int | None] = (),
    product_ids: Iterable[int],
    booths_wanted: int = 1,
    anywhere: bool = True,
    fascia_name: str = "",
    note: str = "",
    booth_type_id: int | None = None,
    invitation_code: str = "",
    expected_version: int | None = None,
    **further: Unpack[Further],
) -> BoothApplication:
    """Keep what was typed; `zone_ids` in order of rank, `booth_wishes` beside them (None: anywhere in the zone).

    Where changes were asked for at some points, what was typed elsewhere is left out. What was sent may be changed as
    `may_still_change` says and stays whole, else `SentChangeRefused`. Refuses `application_not_open`,
    `draft_changed_elsewhere` (only when a version is expected), `booths_wanted_range`, `power_kw_range`,
    `fascia_too_long`, `note_too_long`, `booth_type_not_in_fair`, `product_not_yours`, as `wish_for_places` and
    `take_logistics` do, for new products as `why_not_brought`, and as `usable_code` does for a code that is new.
    """
    _lock_open(session, application, expected_version)
    before = traced(application)
    if not 1 <= booths_wanted <= MOST_BOOTHS:
        raise Refused("booths_wanted_range", most=MOST_BOOTHS)
    _refuse_long_texts(fascia_name, note)
    if invitation_code.strip() and application.invitation is None:
        application.invitation = usable_code(session, application.fair, application.producer, invitation_code)
    opened, wished = opened_points(application) or frozenset(Point), {wish.zone_id for wish in application.wishes}
    if Point.BOOTH in opened:
        _choose_type(session, application, booth_type_id)
        application.booths_wanted = booths_wanted
    if Point.PLACE in opened:
        wish_for_places(session, application, list(zone_ids)[:MOST_WISHES], booth_wishes)
        application.anywhere = anywhere
    if Point.PRODUCTS in opened:
        bring_products(session, application, set(product_ids))
    if Point.NEEDS in opened:
        take_needs(application, further)
        take_logistics(application, further)
    _take_words(application, opened, fascia_name, note)
    time_stamp(application)
    session.flush()
    _keep_difference(session, actor, application, before)
    _refuse_gaps(session, application, wished)
    return application


def submit_application(
    session: Session,
    actor: Actor,
    application: BoothApplication,
    *,
    rules_accepted: bool,
    pledge_given: bool,
    consents: Collection[Purpose] = (),
    rules_number: int | None = None,
    base_url: str,
    expected_version: int | None = None,
) -> BoothApplication:
    """Hand it in and post the receipt; one that is handed in already is returned as it stands.

    What is late goes to the waiting list, marked so. An application with changes asked for goes back into review.
    Refuses the fair's reasons (`call_closed` …), `application_ended`, `draft_changed_elsewhere`, the first of
    `objections_to_sending`, `rules_changed` when `rules_number` was read and another version is in force.
    """
    lock_application(session, application)
    state, said = application.current, {"rules_accepted": rules_accepted, "pledge_given": pledge_given}
    if state in ENDED:
        raise Refused("application_ended", code=application.code, state=state.value)
    if state not in OPEN_TO_PRODUCER:
        return application
    if expected_version is not None and application.version != expected_version:
        raise Refused("draft_changed_elsewhere", version=application.version)
    if state is ApplicationState.DRAFT:
        refuse_when_closed(application.fair)
    for objection in objections_to_sending(session, application, **said):
        raise objection
    application.fascia_name = application.fascia_name or usual_fascia(application.producer.name_vi)
    rules = rules_in_force(session, application.fair)
    if rules_number is not None and rules_number != (rules.number if rules else 0):
        raise Refused("rules_changed")
    application.rules_accepted_at, application.rules_id = clock.now(), rules.id if rules else None
    give_words(session, actor, application, {Purpose.PLEDGE, *consents})
    if state is ApplicationState.NEEDS_CHANGES:
        move_application(session, actor, application, "resubmit", By.PRODUCER)
        session.flush()
        _tell_of_changes(session, application, base_url)
        return application
    if application.invitation is not None:
        take_use(session, application.invitation, application.producer)
    application.is_late = is_late_now(session, application)
    move_application(session, actor, application, "submit_late" if application.is_late else "submit", By.PRODUCER)
    application.submitted_at = clock.now()
    application.assisted_by_id = actor.user_id if actor.acts_for is not None else application.assisted_by_id
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
    application.pending_decision = application.staged_at = application.staged_by = None
    application.answered_since = False
    tell_ending(session, actor, application, reason)
    session.flush()
    if before is not ApplicationState.DRAFT:
        held_booth = before is ApplicationState.CONFIRMED
        post_withdrawal(session, application, reason, base_url, booth_was_confirmed=held_booth)
    return application


def _tell_of_changes(session: Session, application: BoothApplication, base_url: str) -> None:
    post_changes_made(session, application, base_url)
    post_changes_received(session, application, base_url)


def refuse_when_closed(fair: Fair) -> None:
    """Refuse with the fair's own reason when nobody can apply now."""
    reason = fair.why_no_application()
    if reason is not None:
        raise Refused(reason)


def _lock_open(session: Session, application: BoothApplication, expected_version: int | None) -> None:
    lock_application(session, application)
    if not may_still_change(session, application):
        raise Refused("application_not_open", state=application.state, code=application.code)
    if expected_version is not None and application.version != expected_version:
        raise Refused("draft_changed_elsewhere", version=application.version)


def _keep_difference(session: Session, actor: Actor, application: BoothApplication, before: dict[str, Any]) -> None:
    difference = change_between(before, traced(application))
    if difference and application.current is not ApplicationState.DRAFT:
        record(session, actor, "application.change", application, fair_id=application.fair_id, **difference)


def _refuse_gaps(session: Session, application: BoothApplication, wished: Collection[int]) -> None:
    """What was sent stays an application that could be sent; `wished` are the zones it wished for before."""
    if application.current is ApplicationState.SUBMITTED:
        gaps = objections_to_change(session, application, wished)
        if gaps:
            raise SentChangeRefused(gaps)


def _take_words(application: BoothApplication, opened: Collection[Point], fascia_name: str, note: str) -> None:
    if Point.FASCIA in opened:
        application.fascia_name = nfc(fascia_name.strip())
    if Point.NOTE in opened:
        application.note = nfc(note.strip())


def _refuse_long_texts(fascia_name: str, note: str) -> None:
    if len(fascia_name) > LONGEST_FASCIA:
        raise Refused("fascia_too_long", most=LONGEST_FASCIA)
    if len(note) > LONGEST_NOTE:
        raise Refused("note_too_long", most=LONGEST_NOTE)


def _choose_type(session: Session, application: BoothApplication, booth_type_id: int | None) -> None:
    booth_type = None if booth_type_id is None else find_booth_type(session, application.fair, booth_type_id)
    if booth_type_id is not None and booth_type is None:
        raise Refused("booth_type_not_in_fair")
    application.booth_type = booth_type
