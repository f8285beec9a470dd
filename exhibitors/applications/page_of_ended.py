"""A page that was made from an application which has ended since begins and changes no other one by itself."""

from __future__ import annotations

from sqlalchemy.orm import Session

from exhibitors.applications.application_moves import ENDED, ApplicationState
from exhibitors.applications.booth_application import BoothApplication, find_application
from exhibitors.producers.producer import Producer
from foundation.refusal import Refused

ENDED_WHILE_TYPING = frozenset({"withdrawn_while_typing", "ended_while_typing"})


def refuse_page_of_ended(session: Session, producer: Producer, code: str) -> None:
    """Refuses `withdrawn_while_typing` or `ended_while_typing` when the page was made from the producer's application
    with this code and that one has ended. No code, or one of nobody's or somebody else's, says nothing.
    """
    known = find_application(session, code) if code else None
    if known is not None and known.producer_id == producer.id and known.current in ENDED:
        raise told_as_ended(known)


def told_as_ended(application: BoothApplication) -> Refused:
    """The refusal that says how it ended."""
    is_withdrawn = application.current is ApplicationState.WITHDRAWN
    return Refused("withdrawn_while_typing" if is_withdrawn else "ended_while_typing", code=application.code)
