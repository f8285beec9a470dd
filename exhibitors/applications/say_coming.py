"""Say with how many people and in what vehicle one comes, at any time until the fair is over."""

from __future__ import annotations

from sqlalchemy.orm import Session

from exhibitors.applications.application_moves import ENDED, ApplicationState
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.applications.booth_logistics import Logistics, logistics_of, take_logistics
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.refusal import Refused


def say_coming(session: Session, actor: Actor, application: BoothApplication, said: Logistics) -> None:
    """Neighbours stay as they were asked for. Refuses `coming_not_asked` and as `take_logistics` does."""
    lock_application(session, application)
    if not is_coming_asked(application):
        raise Refused("coming_not_asked")
    take_logistics(application, {**logistics_of(application), **said})
    session.flush()
    record(session, actor, "application.say_coming", application, fair_id=application.fair_id)


def is_coming_asked(application: BoothApplication) -> bool:
    """Whether it can still be said: the application goes on, was sent, and the fair is not over."""
    if application.current is ApplicationState.DRAFT or application.current in ENDED:
        return False
    return application.fair.last_day is None or application.fair.last_day >= clock.today()
