"""Write to the other side of an application; it gets a letter with the words."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.organisation import members_of
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.applications.messages.application_message import ApplicationMessage, Side
from exhibitors.applications.messages.letters import message_told
from exhibitors.applications.review.organisers_of_fair import organisers_told
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.outbox import post
from foundation.refusal import Refused

LONGEST_MESSAGE = 2000
MOST_MESSAGES = 200


def write_message(
    session: Session, actor: Actor, application: BoothApplication, side: Side, body: str, *, base_url: str
) -> ApplicationMessage:
    """Keep the message and tell the other side, but for organisers from whom the application is kept.

    Refuses message_empty, message_too_long, message_before_sending (a draft is its unit's alone) and too_many_messages.
    """
    lock_application(session, application)
    words = nfc(body.strip())
    if not words:
        raise Refused("message_empty")
    if len(words) > LONGEST_MESSAGE:
        raise Refused("message_too_long", most=LONGEST_MESSAGE)
    if application.current is ApplicationState.DRAFT:
        raise Refused("message_before_sending")
    count = select(func.count(ApplicationMessage.id)).where(ApplicationMessage.application_id == application.id)
    if (session.scalar(count) or 0) >= MOST_MESSAGES:
        raise Refused("too_many_messages", most=MOST_MESSAGES)
    message = ApplicationMessage(
        application_id=application.id, side=side.value, author_id=actor.user_id, body=words, written_at=clock.now()
    )
    session.add(message)
    session.flush()
    record(session, actor, "application.message", application, fair_id=application.fair_id, new={"side": side.value})
    unit = application.producer.organisation_id
    told = members_of(session, unit) if side is Side.ORGANISER else organisers_told(session, application)
    for person in told:
        post(session, message_told(application, message, person, base_url))
    return message
