"""A producer takes or declines the booth in the browser; others cannot answer for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.screen_applications import stage_decision
from foundation import clock
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.test_place_on_booth_pages import post, signed_in

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def offer(session: Session, screening: Screening) -> str:
    """The address of an application that was offered booth A01."""
    actor, application = screening.organiser.actor, screening.applications[0]
    stage_decision(session, actor, application, Decision.ACCEPT)
    place_on_booth(session, actor, application, screening.booth("A01"))
    confirm_by = clock.now() + timedelta(days=7)
    publish_decisions(session, actor, screening.fair, confirm_by=confirm_by, base_url=BASE_URL)
    session.commit()
    return f"/applications/{application.code}"


@pytest.mark.parametrize(("terms", "state"), [("", "accepted"), ("y", "confirmed")])
def test_confirm_needs_the_ticked_terms(
    app: Flask, session: Session, screening: Screening, offer: str, terms: str, state: str
) -> None:
    client = signed_in(app, screening.producers[0].user)
    answer = post(client, offer, f"{offer}/confirm", terms=terms)
    assert (answer.status_code, answer.location) == (303, offer)
    session.expire_all()
    assert screening.applications[0].state == state


def test_decline_asks_before_it_acts(app: Flask, session: Session, screening: Screening, offer: str) -> None:
    client = signed_in(app, screening.producers[0].user)
    assert client.get(f"{offer}/decline").status_code == 200
    session.expire_all()
    assert screening.applications[0].state == "accepted"
    session.rollback()
    answer = post(client, f"{offer}/decline", f"{offer}/decline")
    assert (answer.status_code, answer.location) == (303, offer)
    session.expire_all()
    assert screening.applications[0].state == "declined"


def test_another_unit_cannot_answer(app: Flask, session: Session, screening: Screening, offer: str) -> None:
    client = signed_in(app, screening.producers[1].user)
    own = f"/applications/{screening.applications[1].code}/withdraw"
    answers = [post(client, own, f"{offer}/confirm", terms="y"), post(client, own, f"{offer}/decline")]
    assert [answer.status_code for answer in answers] == [404, 404]
    session.expire_all()
    assert screening.applications[0].state == "accepted"
