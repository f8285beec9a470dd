"""Begin to act for a unit that nobody keeps, enter one that no register knows, and hand everything over at the end."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import Membership, lock_organisation
from events.fairs.fair import Fair
from exhibitors.applications.application_moves import ENDED
from exhibitors.applications.apply_for_booth import refuse_when_closed
from exhibitors.applications.assistance.assistance import Assistance, open_assistance
from exhibitors.applications.assistance.letters import assisted_receipt
from exhibitors.applications.booth_application import BoothApplication, live_application
from exhibitors.producers.claims.claim_unit import make_claim_code, when_unit_is_claimed
from exhibitors.producers.claims.unit_claim import count_people
from exhibitors.producers.enter_units import enter_units
from exhibitors.producers.merging.unit_belongings import goes_over_with_unit
from exhibitors.producers.producer import Producer
from exhibitors.producers.register_producer import ProducerFacts
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.outbox import post
from foundation.refusal import Refused


def begin_assistance(session: Session, actor: Actor, fair: Fair, producer: Producer) -> Assistance:
    """The officer acts for the unit from now on; whatever they assisted before has ended with that.

    Refused: `unit_is_kept` (its people apply themselves) and the fair's reasons where nobody can apply.
    """
    refuse_when_closed(fair)
    lock_organisation(session, producer.organisation)
    if count_people(session, producer):
        raise Refused("unit_is_kept")
    before = open_assistance(session, actor.user_id)
    if before is not None:
        before.ended_at = clock.now()
        session.flush()
    assistance = Assistance(user_id=actor.user_id, producer=producer, fair=fair, started_at=clock.now())
    session.add(assistance)
    session.flush()
    _note(session, actor, assistance, "assistance.begin")
    return assistance


def enter_and_assist(session: Session, actor: Actor, fair: Fair, facts: ProducerFacts) -> Assistance:
    """The same for a unit that no register knows. Refused as above and as `register_producer`."""
    return begin_assistance(session, actor, fair, enter_units(session, actor, [(facts, [])])[0])


def end_assistance(session: Session, actor: Actor, *, base_url: str) -> tuple[Assistance, str]:
    """Hand over: the code by which the unit's people take it over, told this once, also by letter where there is an
    address. Refused: `assistance_over`, `unit_is_kept` when they have done so meanwhile.
    """
    assistance = open_assistance(session, actor.user_id)
    if assistance is None:
        raise Refused("assistance_over")
    assistance.ended_at = clock.now()
    code = make_claim_code(session, actor, assistance.producer)
    _note(session, actor, assistance, "assistance.end")
    application = live_application(session, assistance.fair_id, assistance.producer_id)
    if assistance.producer.contact_email and application is not None and application.submitted_at is not None:
        post(session, assisted_receipt(application, actor.name, code, base_url))
    session.flush()
    return assistance, code


def abandon_assistance(session: Session, actor: Actor) -> None:
    """End it without a code: the unit has its people meanwhile, or nothing was begun. Twice is once."""
    assistance = open_assistance(session, actor.user_id)
    if assistance is not None:
        assistance.ended_at = clock.now()
        session.flush()
        _note(session, actor, assistance, "assistance.end")


@when_unit_is_claimed
def stand_by_what_was_filed(session: Session, actor: Actor, producer: Producer) -> None:
    """With the code of the letter the unit's people agree to what an officer filed for them."""
    ended = [state.value for state in ENDED]
    filed = session.scalars(
        select(BoothApplication)
        .where(BoothApplication.producer_id == producer.id, BoothApplication.assisted_by_id.is_not(None))
        .where(BoothApplication.agreed_at.is_(None), BoothApplication.state.not_in(ended))
    )
    for application in filed:
        application.agreed_at = clock.now()
        record(session, actor, "application.agree", application, fair_id=application.fair_id)
    session.flush()


@goes_over_with_unit
def move_assistance(session: Session, gone: Producer, kept: Producer) -> dict[str, Any]:
    """What was begun for a unit that is gone belongs to the one that stays; open ones end where it has people."""
    has_people = session.scalar(
        select(Membership.id).where(Membership.organisation_id == kept.organisation_id).limit(1)
    )
    for assistance in session.scalars(select(Assistance).where(Assistance.producer_id == gone.id)):
        assistance.producer = kept
        if has_people and assistance.ended_at is None:
            assistance.ended_at = clock.now()
    session.flush()
    return {}


def _note(session: Session, actor: Actor, assistance: Assistance, what: str) -> None:
    behalf = assistance.producer.organisation_id
    record(session, actor, what, assistance, fair_id=assistance.fair_id, on_behalf_of=behalf)
