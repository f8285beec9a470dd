"""The page behind "Apply for a booth", for everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.apply_for_booth import start_application
from foundation import clock
from tests.cast import ProducerPlayer

Visit = Callable[..., Any]


def test_visitor_sees_open_calls_with_the_way_to_the_form(visit: Visit, fair: Fair) -> None:
    answer = visit().get("/apply")
    assert (answer.status_code, f'href="/apply/{fair.slug}"' in answer.text, fair.name_vi in answer.text) == (
        200,
        True,
        True,
    )


def test_visitor_reads_when_the_next_call_opens(visit: Visit, store: Session, fair: Fair) -> None:
    fair.call_opens_at = clock.now() + timedelta(days=2)
    store.commit()
    text = visit().get("/apply").text
    assert (f'href="/apply/{fair.slug}"' in text, fair.name_vi in text) == (False, True)


def test_page_without_any_call_says_so(visit: Visit) -> None:
    answer = visit().get("/en/apply")
    assert (answer.status_code, "No fair takes applications now" in answer.text) == (200, True)


def test_producer_goes_on_with_the_own_draft(visit: Visit, store: Session, fair: Fair, player: ProducerPlayer) -> None:
    start_application(store, player.actor, fair, player.producer)
    store.commit()
    assert "Go on with it" in visit(player.user.email).get("/en/apply").text
