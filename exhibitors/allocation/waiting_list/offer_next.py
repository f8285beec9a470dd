"""Offer a freed booth to the next of the waiting list: placed, published and written to in one press."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.allocation.waiting_list.next_in_line import next_offers
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.who_reviews import refuse_tied
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.refusal import Refused

DAYS_TO_ANSWER = 3


def short_deadline(fair: Fair) -> date:
    """The third day from today, but not after the fair has begun."""
    day = clock.today() + timedelta(days=DAYS_TO_ANSWER)
    return day if fair.first_day is None else max(clock.today(), min(day, fair.first_day))


def offer_next(
    session: Session, actor: Actor, fair: Fair, application: BoothApplication, *, confirm_by: datetime, base_url: str
) -> BoothApplication:
    """Give the application the free booths that its turn brings, and publish just this offer with its letter.

    Refuses what `refuse_tied` refuses, `not_next_in_line` when it is not (or no longer) the turn of this application,
    and whatever placing and publishing refuse.
    """
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    refuse_tied(session, actor, application)
    offer = next((one for one in next_offers(session, fair) if one.application.id == application.id), None)
    if offer is None:
        raise Refused("not_next_in_line", code=application.code)
    for booth in offer.booths:
        place_on_booth(session, actor, application, booth)
    facts = {"booths": [booth.code for booth in offer.booths], "place": offer.place, "passed": offer.passed}
    record(session, actor, "waiting_list.offer", application, fair_id=fair.id, new=facts)
    publish_decisions(session, actor, fair, confirm_by=confirm_by, base_url=base_url, application_ids=[application.id])
    return application
