"""Which fairs take applications now, for everybody who presses "Apply for a booth"."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from exhibitors.applications.booth_application import BoothApplication, live_applications
from exhibitors.applications.wording import APPLICATION_STATES
from exhibitors.calls.open_calls import coming_calls, open_calls
from exhibitors.producers.producer import own_producer
from foundation.audience import Audience, Pages, audience_suffices, current_actor
from foundation.flask_database import current_session
from foundation.page_cache import kept_for_visitors

pages = Pages("apply_for_booth", __name__, audience=Audience.ANYONE)


@pages.page("/apply", may=audience_suffices)
@kept_for_visitors
def start() -> ResponseReturnValue:
    """Open calls, each with its button; in words when there is none, and when the next one opens."""
    session = current_session()
    return render_template(
        "exhibitors/applications/apply_for_booth/start.html",
        calls=open_calls(session),
        coming=coming_calls(session),
        mine=_own_applications(session),
        states=APPLICATION_STATES,
    )


def _own_applications(session: Session) -> dict[int, BoothApplication]:
    actor = current_actor()
    producer = own_producer(session, actor) if actor else None
    return {item.fair_id: item for item in live_applications(session, producer.id)} if producer else {}
