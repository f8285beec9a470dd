"""Taking an application back, and products that applications hold on to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import close_call
from exhibitors.applications.application_endings import when_application_ends
from exhibitors.applications.application_moves import ApplicationState, By
from exhibitors.applications.apply_for_booth import (
    save_application,
    start_application,
    withdraw_application,
)
from exhibitors.applications.booth_application import BoothApplication, move_application
from exhibitors.producers.register_producer import remove_product
from foundation.actor import Actor
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application


@pytest.fixture
def draft(session: Session, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """A draft that shows every product of the unit."""
    made = start_application(session, player.actor, fair, player.producer)
    products = [product.id for product in player.producer.products]
    save_application(session, player.actor, made, zone_ids=[], product_ids=products)
    return made


# --- withdraw -----------------------------------------------------------------------------------------------------


def test_withdraw_of_a_draft_sends_no_letter(session: Session, player: ProducerPlayer, draft: BoothApplication) -> None:
    withdraw_application(session, player.actor, draft, base_url=BASE_URL)
    assert (draft.state, list(session.scalars(select(OutboxLetter)))) == (ApplicationState.WITHDRAWN, [])


def test_withdraw_after_sending_confirms_by_letter_once(session: Session, fair: Fair, player: ProducerPlayer) -> None:
    sent = a_submitted_application(session, fair, player)
    for _ in range(2):
        withdraw_application(session, player.actor, sent, base_url=BASE_URL)
    kinds = list(session.scalars(select(OutboxLetter.kind).order_by(OutboxLetter.id)))
    assert kinds == ["receipt", "withdrawn"]


def test_withdraw_tells_the_floors_above(session: Session, fair: Fair, player: ProducerPlayer) -> None:
    heard: list[tuple[str, str]] = []

    def listen(_: Session, __: Actor, application: BoothApplication, reason: str) -> None:
        heard.append((application.code, reason))

    when_application_ends(listen)
    sent = a_submitted_application(session, fair, player)
    withdraw_application(session, player.actor, sent, reason="hết hàng", base_url=BASE_URL)
    assert heard == [(sent.code, "hết hàng")]


def test_withdraw_forgets_a_staged_decision(session: Session, fair: Fair, player: ProducerPlayer) -> None:
    sent = a_submitted_application(session, fair, player)
    sent.pending_decision = "accept"
    withdraw_application(session, player.actor, sent, base_url=BASE_URL)
    assert sent.pending_decision is None


def test_withdraw_after_confirming_needs_a_reason_and_tells_the_organiser(
    session: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    sent = a_submitted_application(session, fair, player)
    move_application(session, organiser.actor, sent, "take_up", By.ORGANISER)
    move_application(session, organiser.actor, sent, "accept", By.ORGANISER)
    move_application(session, player.actor, sent, "confirm", By.PRODUCER)
    with pytest.raises(Refused, match="reason_missing"):
        withdraw_application(session, player.actor, sent, reason=" ", base_url=BASE_URL)
    withdraw_application(session, player.actor, sent, reason="ốm", base_url=BASE_URL)
    told = session.scalars(select(OutboxLetter).where(OutboxLetter.kind == "withdrawn_told")).one()
    assert (told.recipient, "ốm" in told.body) == (organiser.user.email, True)


# --- products in use ----------------------------------------------------------------------------------------------


def test_product_in_a_live_application_cannot_be_removed(
    session: Session, player: ProducerPlayer, draft: BoothApplication
) -> None:
    product = player.producer.products[0]
    with pytest.raises(Refused, match="product_in_use"):
        remove_product(session, player.actor, product)


def test_product_of_an_ended_application_can_be_removed(
    session: Session, player: ProducerPlayer, draft: BoothApplication
) -> None:
    withdraw_application(session, player.actor, draft, base_url=BASE_URL)
    remove_product(session, player.actor, player.producer.products[0])
    assert (player.producer.products, draft.goods) == ([], [])


def test_letter_of_a_withdrawal_leads_to_another_try_while_the_call_is_open(
    session: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    bodies = []
    for _ in range(2):
        sent = a_submitted_application(session, fair, player)
        if bodies:
            close_call(session, organiser.actor, fair)
        withdraw_application(session, player.actor, sent, base_url=BASE_URL)
        newest = select(OutboxLetter.body).where(OutboxLetter.kind == "withdrawn").order_by(OutboxLetter.id.desc())
        bodies.append(session.scalars(newest).first() or "")
    assert [f"{BASE_URL}/apply/{fair.slug}" in body for body in bodies] == [True, False]
    assert all(f"{BASE_URL}/applications/GH-" in body for body in bodies)


@pytest.mark.parametrize(
    ("state", "said"),
    [("draft", "Đơn nháp kết thúc"), ("submitted", "không xét đơn này nữa"), ("confirmed", "Gian đang giữ")],
)
def test_page_before_withdrawing_says_what_is_true_of_the_application(
    visit: Callable[..., Any], session: Session, fair: Fair, player: ProducerPlayer, state: str, said: str
) -> None:
    sent = a_submitted_application(session, fair, player)
    sent.state = state
    session.commit()
    page = visit(player.user.email).get(f"/applications/{sent.code}/withdraw").text
    sentences = ("Đơn nháp kết thúc", "không xét đơn này nữa", "Gian đang giữ")
    assert [words for words in sentences if words in page] == [said]
