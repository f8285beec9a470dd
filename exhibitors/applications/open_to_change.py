"""How long the producer may change what was typed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.call_terms import terms_of, window_of
from exhibitors.calls.call_window import Standing
from foundation import clock

OPEN_TO_PRODUCER = frozenset({ApplicationState.DRAFT, ApplicationState.NEEDS_CHANGES})
"""States in which the application lies with the producer and is still to be sent."""


def may_still_change(session: Session, application: BoothApplication) -> bool:
    """Before it is sent, where changes were asked for, and after sending as long as nobody has taken it up and the call
    goes on: until its soft close where it has one, for what is changed later would have been late.
    """
    if application.current is not ApplicationState.SUBMITTED:
        return application.current in OPEN_TO_PRODUCER
    fair = application.fair
    window = window_of(fair, terms_of(session, fair))
    return fair.why_no_application() is None and window.standing(clock.now()) is Standing.ON_TIME


def change_ends_at(session: Session, application: BoothApplication) -> datetime | None:
    """The moment from which what was sent stands as it is; None while the call has no end."""
    window = window_of(application.fair, terms_of(session, application.fair))
    return window.soft_closes_at or window.closes_at
