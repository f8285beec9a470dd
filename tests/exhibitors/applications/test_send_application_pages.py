"""Sending and withdrawing through the pages, the machine of states by direct posts, other people."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import close_call
from exhibitors.applications.application_moves import By
from exhibitors.applications.booth_application import BoothApplication, move_application
from tests.cast import OrganiserPlayer, ProducerPlayer, a_producer, a_submitted_application

Visit = Callable[..., Any]
Call = Callable[..., Any]
REFERENCE = re.compile(r"\b[0-9a-f]{12}\b")


# --- sending ------------------------------------------------------------------------------------------------------


def test_send_lands_on_the_status_page_with_the_code(
    visit: Visit, fair: Fair, player: ProducerPlayer, only: Call, a_draft: Call
) -> None:
    draft = a_draft()
    browser = visit(player.user.email)
    answer = browser.post(
        f"/apply/{fair.slug}/review", rules_accepted="y", pledge_given="y", version=str(draft.version)
    )
    assert (answer.status_code, answer.location) == (303, f"/applications/{draft.code}")
    assert draft.code in browser.get(answer.location).text
    assert only().state == "submitted"


def test_send_without_rules_and_pledge_is_answered_at_both_ticks(
    visit: Visit, fair: Fair, player: ProducerPlayer, only: Call, a_draft: Call
) -> None:
    draft = a_draft()
    answer = visit(player.user.email).post(f"/apply/{fair.slug}/review", version=str(draft.version))
    assert (answer.status_code, only().state) == (422, "draft")
    assert [f'id="{name}-error"' in answer.text for name in ("rules_accepted", "pledge_given")] == [True, True]


def test_send_of_a_draft_that_changed_since_the_review_is_told(
    visit: Visit, fair: Fair, player: ProducerPlayer, only: Call, a_draft: Call
) -> None:
    draft = a_draft()
    stale = str(draft.version - 1)
    answer = visit(player.user.email).post(
        f"/apply/{fair.slug}/review", rules_accepted="y", pledge_given="y", version=stale
    )
    assert (answer.status_code, only().state) == (422, "draft")


# --- the machine of states, by direct posts -----------------------------------------------------------------------


def test_save_after_sending_leads_to_the_status_page(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session, only: Call, typed: Call
) -> None:
    sent = a_submitted_application(store, fair, player)
    store.commit()
    first, second = (wish.zone_id for wish in sent.wishes)
    facts = typed(fascia_name=sent.fascia_name, booths_wanted="1", note="", anywhere="y", needs_power="y")
    facts |= {"wish_1": str(first), "wish_2": str(second)}
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, action="save")
    assert (answer.location, only().fascia_name) == (f"/applications/{sent.code}", player.producer.name_vi)


def test_start_after_the_close_is_told_and_nothing_is_made(
    visit: Visit, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, store: Session, typed: Call
) -> None:
    close_call(store, organiser.actor, fair)
    store.commit()
    facts = typed()
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, action="save")
    assert (answer.status_code, "MIẾN DONG BÌNH LIÊU" in answer.text) == (422, True)
    assert store.scalar(select(func.count()).select_from(BoothApplication)) == 0


def test_send_after_the_close_is_told(
    visit: Visit,
    fair: Fair,
    player: ProducerPlayer,
    organiser: OrganiserPlayer,
    store: Session,
    only: Call,
    a_draft: Call,
) -> None:
    draft = a_draft()
    close_call(store, organiser.actor, fair)
    store.commit()
    version = str(draft.version)
    answer = visit(player.user.email).post(
        f"/apply/{fair.slug}/review", rules_accepted="y", pledge_given="y", version=version
    )
    assert (answer.status_code, only().state) == (422, "draft")


def test_withdraw_of_a_rejected_application_is_told(
    visit: Visit, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, store: Session, only: Call
) -> None:
    sent = a_submitted_application(store, fair, player)
    move_application(store, organiser.actor, sent, "take_up", By.ORGANISER)
    move_application(store, organiser.actor, sent, "reject", By.ORGANISER, reason="hết chỗ")
    store.commit()
    answer = visit(player.user.email).post(f"/applications/{sent.code}/withdraw", reason="x")
    assert (answer.status_code, only().state) == (422, "rejected")


def test_withdraw_asks_first_and_then_does_it(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session, only: Call
) -> None:
    sent = a_submitted_application(store, fair, player)
    store.commit()
    browser = visit(player.user.email)
    assert (browser.get(f"/applications/{sent.code}/withdraw").status_code, only().state) == (200, "submitted")
    answer = browser.post(f"/applications/{sent.code}/withdraw", reason="bận")
    assert (answer.status_code, only().state) == (303, "withdrawn")


# --- other people -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/withdraw"])
def test_application_of_another_unit_looks_like_none(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session, path: str
) -> None:
    sent = a_submitted_application(store, fair, player)
    a_producer(store, "Cơ sở Xuân Thế", "xuan@the.example")
    store.commit()
    browser = visit("xuan@the.example")
    theirs, none = browser.get(f"/applications/{sent.code}{path}"), browser.get(f"/applications/GH-222222{path}")
    assert (theirs.status_code, none.status_code) == (404, 404)
    bodies = {REFERENCE.sub("", answer.text.replace(sent.code, "GH-222222")) for answer in (theirs, none)}
    assert len(bodies) == 1


def test_organiser_sees_a_sent_application_but_cannot_withdraw_it(
    visit: Visit, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, store: Session
) -> None:
    sent = a_submitted_application(store, fair, player)
    store.commit()
    browser = visit(organiser.user.email)
    assert browser.get(f"/applications/{sent.code}").status_code == 200
    assert browser.post(f"/applications/{sent.code}/withdraw", reason="x").status_code == 404


def test_organiser_does_not_see_a_draft(
    visit: Visit, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, a_draft: Call
) -> None:
    draft = a_draft()
    assert visit(organiser.user.email).get(f"/applications/{draft.code}").status_code == 404
