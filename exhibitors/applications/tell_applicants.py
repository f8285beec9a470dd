"""Write to everybody who has applied when their fair is cancelled, put off or announced again."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events.calendars.public_address import public_address
from events.fairs.fair import Fair
from events.fairs.fair_news import when_fair_changes_course
from exhibitors.applications.application_moves import ENDED, ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.letters import post_fair_news
from foundation.actor import Actor

LETTER_OF_MOVE = {
    "cancel": "fair_cancelled",
    "postpone": "fair_postponed",
    "resume": "fair_on_again",
    "restore": "fair_on_again",
}
NOT_TOLD = sorted(state.value for state in {ApplicationState.DRAFT, *ENDED})
"""A draft has asked for nothing yet, and what has ended is not concerned."""


@when_fair_changes_course
def tell_applicants(session: Session, actor: Actor, fair: Fair, move: str) -> None:
    """One letter for each member of every unit whose application was handed in and is still going on."""
    concerned = session.scalars(
        select(BoothApplication)
        .options(joinedload(BoothApplication.producer))
        .where(BoothApplication.fair_id == fair.id, BoothApplication.state.not_in(NOT_TOLD))
        .order_by(BoothApplication.id)
    ).all()
    for application in concerned:
        post_fair_news(session, application, LETTER_OF_MOVE[move], public_address(""))
