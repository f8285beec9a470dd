"""Note who has opened what of an application, once for each person and day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.looks.application_look import ApplicationLook, Opened
from foundation import clock
from foundation.actor import Actor
from foundation.database import read_rows

Writing = Callable[[Session], None]
_NOTED = select(ApplicationLook.first_at).where(
    ApplicationLook.application_id == bindparam("application"),
    ApplicationLook.user_id == bindparam("user"),
    ApplicationLook.day == bindparam("day"),
    ApplicationLook.opened == bindparam("what"),
)


def look_to_note(session: Session, actor: Actor, application: BoothApplication, opened: Opened) -> Writing | None:
    """What is to be written once the answer has left; None when this person's look of today is noted already.

    One question by the primary key. The answer itself only reads.
    """
    at = clock.now()
    facts = {"application": application.id, "user": actor.user_id, "day": clock.today(), "what": opened.value}
    if read_rows(session, _NOTED, facts):
        return None
    return lambda later: write_look(later, application.id, actor.user_id, opened, at)


def write_look(session: Session, application_id: int, user_id: int, opened: Opened, at: datetime) -> None:
    """Keep the look, in a transaction of its own that the caller commits; of two at once the first one stays."""
    day = clock.local_day(at)
    look = ApplicationLook(application_id=application_id, user_id=user_id, day=day, opened=opened.value, first_at=at)
    try:
        with session.begin_nested():
            session.add(look)
    except IntegrityError:
        pass  # noted meanwhile by another page of the same person
