"""The exchange about an application: both sides write, the other gets a letter, strangers see nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import actor_for, enrol
from events.fairs.fair import Fair
from exhibitors.applications.application_moves import By
from exhibitors.applications.apply_for_booth import start_application, withdraw_application
from exhibitors.applications.booth_application import move_application
from exhibitors.applications.messages.application_message import ApplicationMessage, Side, messages_of
from exhibitors.applications.messages.write_message import write_message
from exhibitors.applications.review.review_round import ReviewRound
from exhibitors.applications.review.score_applications import stand_aside
from foundation.actor import Role
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_member, a_producer, a_submitted_application


def test_both_sides_write_and_the_other_gets_a_letter(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    application = a_submitted_application(store, fair, player)
    write_message(
        store, organiser.actor, application, Side.ORGANISER, " Mang thêm khay nếm thử nhé. ", base_url=BASE_URL
    )
    write_message(store, player.actor, application, Side.PRODUCER, "Vâng.", base_url=BASE_URL)
    said = [(message.side, message.body, message.author_id) for message in messages_of(store, application)]
    assert said == [
        ("organiser", "Mang thêm khay nếm thử nhé.", organiser.user.id),
        ("producer", "Vâng.", player.user.id),
    ]
    letters = store.execute(
        sa.select(OutboxLetter.recipient, OutboxLetter.body)
        .where(OutboxLetter.kind.startswith("message_"))
        .order_by(OutboxLetter.id)
    ).all()
    assert [recipient for recipient, _ in letters] == [player.user.email, organiser.user.email]
    assert f"/applications/{application.code}" in letters[0][1]
    assert f"/organise/fairs/{fair.slug}/applications/{application.code}/messages" in letters[1][1]


@pytest.mark.parametrize("why", ["said", "member", "blind"])
def test_organisers_from_whom_an_application_is_kept_get_no_letter_about_it(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, why: str
) -> None:
    application = a_submitted_application(store, fair, player)
    reviewer = a_member(store, organiser, Role.REVIEWER, "cham@organisers.example").user
    write_message(store, player.actor, application, Side.PRODUCER, "Cho đổi gian?", base_url=BASE_URL)
    if why == "said":
        stand_aside(store, actor_for(store, reviewer), application, "Người nhà")
    elif why == "member":
        enrol(store, reviewer, player.producer.organisation, Role.MANAGER)
    else:
        rules = {"own_score_first": True, "recuses_by_locality": True, "by_median": False}
        store.add(ReviewRound(fair_id=fair.id, is_blind=True, **rules))
        store.flush()
    write_message(store, player.actor, application, Side.PRODUCER, "Nhà có tang.", base_url=BASE_URL)
    for move in ("take_up", "accept"):
        move_application(store, organiser.actor, application, move, By.ORGANISER)
    move_application(store, player.actor, application, "confirm", By.PRODUCER)
    withdraw_application(store, player.actor, application, reason="Nhà có tang.", base_url=BASE_URL)
    kinds = sa.select(OutboxLetter.kind).where(OutboxLetter.recipient == reviewer.email).order_by(OutboxLetter.id)
    wrote = [kind for kind in store.scalars(kinds) if kind != "withdrawn"]  # the unit's own, to its member
    assert wrote == ["message_to_organiser"]
    told = sa.select(OutboxLetter.kind).where(OutboxLetter.recipient == organiser.user.email)
    assert sorted(store.scalars(told)) == ["message_to_organiser", "message_to_organiser", "withdrawn_told"]


@pytest.mark.parametrize(("body", "reason"), [("  ", "message_empty"), ("x" * 2001, "message_too_long")])
def test_message_that_says_nothing_or_too_much_is_refused(
    store: Session, fair: Fair, player: ProducerPlayer, body: str, reason: str
) -> None:
    application = a_submitted_application(store, fair, player)
    with pytest.raises(Refused) as refused:
        write_message(store, player.actor, application, Side.PRODUCER, body, base_url=BASE_URL)
    assert refused.value.reason == reason


def test_draft_has_no_exchange(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    draft = start_application(store, player.actor, fair, player.producer)
    with pytest.raises(Refused) as refused:
        write_message(store, player.actor, draft, Side.PRODUCER, "Chào", base_url=BASE_URL)
    assert refused.value.reason == "message_before_sending"


def test_exchange_through_the_pages(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, visit: Callable[..., Any]
) -> None:
    code = a_submitted_application(store, fair, player).code
    stranger = a_producer(store, "HTX Khác", "khac@htx.example").user.email
    unit, desk, other = visit(player.user.email), visit(organiser.user.email), visit(stranger)
    own, theirs = f"/applications/{code}/messages", f"/organise/fairs/{fair.slug}/applications/{code}/messages"
    unit.get(own)
    for _ in range(2):  # pressed twice, written once
        assert unit.post(own, body="<b>Chào</b> ban tổ chức", once="k" * 32).status_code == 303
    assert (unit.post(own, body="").status_code, other.get(own).status_code, other.post(own, body="x").status_code) == (
        422,
        404,
        404,
    )
    seen = desk.get(theirs).text
    assert seen.count("&lt;b&gt;Chào&lt;/b&gt; ban tổ chức") == 1
    assert desk.post(f"{theirs}/new", body="Mời cơ sở").status_code == 303
    assert "Mời cơ sở" in unit.get(f"/applications/{code}").text
    store.rollback()
    assert [message.side for message in store.scalars(sa.select(ApplicationMessage))] == ["producer", "organiser"]
