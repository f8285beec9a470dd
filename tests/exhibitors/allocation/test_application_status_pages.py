"""The status page in the states an applicant meets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import close_call
from exhibitors.allocation.booth_assignment import BoothAssignment, move_assignment
from exhibitors.applications.application_history import turns_of
from exhibitors.applications.application_moves import ApplicationState, By
from exhibitors.applications.apply_for_booth import start_application, withdraw_application
from exhibitors.applications.booth_application import BoothApplication, move_application
from exhibitors.applications.fair_letters import letters_received
from exhibitors.applications.messages.application_message import Side
from exhibitors.applications.messages.write_message import write_message
from foundation import clock
from foundation.days import format_when
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application, booths_of
from tests.scenes import Play

Visit = Callable[..., Any]


@pytest.fixture
def sent(play: Play, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """One that has just come in."""
    return play(a_submitted_application, fair, player)


def test_offer_shows_booth_deadline_and_both_answers(
    visit: Visit, store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    sent = a_submitted_application(store, fair, player)
    move_application(store, organiser.actor, sent, "take_up", By.ORGANISER)
    assignment = BoothAssignment(
        booth=booths_of(store, fair)[0], application=sent, assigned_by=organiser.user.id, assigned_at=clock.now()
    )
    store.add(assignment)
    store.flush()
    browser_saw = []
    store.commit()
    browser = visit(player.user.email)
    browser_saw.append("A01" in browser.get(f"/en/applications/{sent.code}").text)
    move_application(store, organiser.actor, sent, "accept", By.ORGANISER)
    move_assignment(store, organiser.actor, assignment, "publish")
    sent.confirm_by = clock.now() + timedelta(days=3)
    store.commit()
    text = browser.get(f"/en/applications/{sent.code}").text
    browser_saw.append("You are offered booth A01" in text)
    browser_saw.append(f"/applications/{sent.code}/confirm" in text)
    browser_saw.append(f"/applications/{sent.code}/decline" in text)
    assert browser_saw == [False, True, True, True]
    seen_by_organiser = visit(organiser.user.email).get(f"/en/applications/{sent.code}").text
    assert f"/applications/{sent.code}/confirm" not in seen_by_organiser


@pytest.mark.parametrize("state", list(ApplicationState))
def test_page_answers_in_every_state(
    visit: Visit, store: Session, sent: BoothApplication, player: ProducerPlayer, state: ApplicationState
) -> None:
    sent.state = state.value
    sent.pending_decision, sent.decision_reason = "reject", "lý do nội bộ"
    store.commit()
    browser = visit(player.user.email)
    answers = [browser.get(f"{language}/applications/{sent.code}") for language in ("", "/en")]
    published = state in {ApplicationState.WAITLISTED, ApplicationState.REJECTED, ApplicationState.CANCELLED}
    seen = [(answer.status_code, "lý do nội bộ" in answer.text) for answer in answers]
    assert seen == [(200, published)] * 2


def test_withdrawn_application_leads_to_another_try_while_the_call_is_open(
    visit: Visit, store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    sent = a_submitted_application(store, fair, player)
    withdraw_application(store, player.actor, sent, base_url=BASE_URL)
    withdrawn_at = format_when(turns_of(store, sent)[-1].at, "en", today=clock.today())
    store.commit()
    browser, address = visit(player.user.email), f"/en/applications/{sent.code}"
    again = f'action="/en/apply/{fair.slug}/again"'
    text = browser.get(address).text
    assert (again in text, text.count(withdrawn_at) > 0) == (True, True)
    assert again not in visit(organiser.user.email).get(address).text
    desk = visit(organiser.user.email).get(f"/en/organise/fairs/{fair.slug}/applications/{sent.code}").text
    assert f"Withdrawn {withdrawn_at}" in desk
    newer = start_application(store, player.actor, fair, player.producer)
    store.commit()
    text = browser.get(address).text
    assert (f'href="/en/applications/{newer.code}"' in text, "You have another application" in text) == (True, True)
    withdraw_application(store, player.actor, newer, base_url=BASE_URL)
    close_call(store, organiser.actor, fair)
    store.commit()
    text = browser.get(address).text
    assert (again in text, 'href="/en/apply"' in text) == (False, True)


def test_acceptance_without_a_booth_speaks_of_a_place_only(
    visit: Visit, store: Session, fair: Fair, player: ProducerPlayer
) -> None:
    sent = a_submitted_application(store, fair, player)
    sent.state = ApplicationState.ACCEPTED.value
    sent.confirm_by = clock.now() + timedelta(days=3)
    store.commit()
    browser = visit(player.user.email)
    text = browser.get(f"/en/applications/{sent.code}").text
    asked = browser.get(f"/en/applications/{sent.code}/decline").text
    words = ("A place is kept for you.", "Accepted; the booth follows", "After that the place is offered", "Your booth")
    assert [word in text for word in words] == [True, True, True, False]
    assert ("Decline the place?" in asked, "Decline the booth" in asked) == (True, False)


def test_unit_reads_its_own_letters_and_neither_held_ones_nor_those_of_organisers(
    visit: Visit, store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    sent = a_submitted_application(store, fair, player)
    facts = {"base_url": BASE_URL}
    write_message(store, player.actor, sent, Side.PRODUCER, "Gian gần cổng được không?", **facts)
    write_message(store, organiser.actor, sent, Side.ORGANISER, "Gian gần cổng đã hết.", **facts)
    received = [letter.kind for letter in letters_received(store, player.actor, sent)]
    assert received == ["message_to_unit", "receipt"]
    assert letters_received(store, organiser.actor, sent) == []
    page = visit(player.user.email).get(f"/applications/{sent.code}").text
    assert "Thư gửi bạn" in page
    assert page.count("Kính gửi: ") == len(received)
    for letter in letters_received(store, player.actor, sent):
        letter.held_at = clock.now()
    store.commit()
    assert "Kính gửi: " not in visit(player.user.email).get(f"/applications/{sent.code}").text
