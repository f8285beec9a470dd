"""Changes asked for: the unit is reminded a day before they are due, and whoever asked reads what was changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.lead_team import remove_member
from accounts.organisation import actor_for, enrol
from events.fairs.fair import Fair
from exhibitors.applications.apply_for_booth import save_application, submit_application
from exhibitors.applications.asked_points import Point
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.fair_letters import letters_received
from exhibitors.applications.let_changes_lapse import extend_changes, remind_of_changes
from exhibitors.applications.review.score_applications import stand_aside
from exhibitors.applications.screen_applications import ask_for_changes
from foundation import clock
from foundation.actor import Role
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_member, a_submitted_application
from tests.scenes import Play

DAYS = timedelta(days=5)


@pytest.fixture
def sent(play: Play, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    return play(a_submitted_application, fair, player)


def letters(store: Session, kind: str) -> list[OutboxLetter]:
    return list(store.scalars(sa.select(OutboxLetter).where(OutboxLetter.kind == kind).order_by(OutboxLetter.id)))


def answer(store: Session, player: ProducerPlayer, sent: BoothApplication) -> None:
    save_application(store, player.actor, sent, zone_ids=[], product_ids=[], fascia_name="Miến Sáu", needs_water=True)
    said = {"rules_accepted": True, "pledge_given": True, "base_url": BASE_URL}
    submit_application(store, player.actor, sent, **said)


def test_whoever_asked_reads_what_was_changed_and_the_unit_does_not_get_that_letter(
    store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, sent: BoothApplication
) -> None:
    asker = a_member(store, organiser, Role.REVIEWER, "xet@team.example").user
    facts = {"points": "Sửa tên", "due_at": clock.now() + DAYS, "base_url": BASE_URL}
    opened = [Point.FASCIA, Point.NEEDS, Point.NOTE]
    ask_for_changes(store, actor_for(store, asker), sent, opened=opened, **facts)
    before = sent.fascia_name
    answer(store, player, sent)
    (letter,) = letters(store, "changes_made")
    assert (letter.recipient, letter.application_id) == ("xet@team.example", sent.id)
    lines = [line for line in letter.body.split("\n") if line.startswith("- ")]
    assert lines == [
        "- Điện, nước và nhu cầu khác: đã thay đổi",
        f"- Tên trên biển gian: “{before}” → “Miến Sáu”",
        "- Ghi chú của đơn vị: giữ nguyên",
    ]
    assert f"/organise/fairs/{sent.fair.slug}/applications/{sent.code}" in letter.body
    assert letter not in letters_received(store, player.actor, sent)


def test_unit_reads_that_what_it_sent_again_has_arrived(
    store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, sent: BoothApplication
) -> None:
    facts = {"points": "Sửa tên", "due_at": clock.now() + DAYS, "base_url": BASE_URL}
    ask_for_changes(store, organiser.actor, sent, opened=[Point.FASCIA], **facts)
    answer(store, player, sent)
    (letter,) = letters(store, "changes_received")
    assert (letter.recipient, letter in letters_received(store, player.actor, sent)) == (player.user.email, True)
    assert (sent.code in letter.subject, "có thư trả lời" in letter.body) == (True, True)


@pytest.mark.parametrize("gone", ["left", "aside", "of the unit"])
def test_colleagues_are_told_where_whoever_asked_is_gone_or_stands_aside(
    store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, sent: BoothApplication, gone: str
) -> None:
    member = a_member(store, organiser, Role.REVIEWER, "xet@team.example")
    asker = actor_for(store, member.user)
    facts = {"points": "Sửa tên", "due_at": clock.now() + DAYS, "base_url": BASE_URL}
    ask_for_changes(store, asker, sent, opened=[Point.FASCIA], **facts)
    if gone == "left":
        remove_member(store, organiser.actor, member)
    elif gone == "aside":
        stand_aside(store, asker, sent, "Người nhà")
    else:
        enrol(store, member.user, player.producer.organisation, Role.MANAGER)
    answer(store, player, sent)
    assert [letter.recipient for letter in letters(store, "changes_made")] == [organiser.user.email]


def test_unit_is_reminded_once_within_a_day_and_again_when_the_day_moved(
    store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, sent: BoothApplication
) -> None:
    begun, due = clock.now(), clock.now() + DAYS
    facts = {"points": "Sửa tên", "due_at": due, "base_url": BASE_URL}
    ask_for_changes(store, organiser.actor, sent, opened=[Point.FASCIA], **facts)
    counts = []
    for left in (timedelta(days=1, minutes=1), timedelta(hours=23), timedelta(hours=1), -timedelta(minutes=1)):
        with clock.as_of(due - left):
            counts.append(remind_of_changes(store, clock.now(), base_url=BASE_URL))
    assert counts == [0, 1, 0, 0]
    (letter,) = letters(store, "changes_reminder")
    assert (letter.recipient, "Sửa tên" in letter.body) == (player.user.email, True)
    with clock.as_of(begun + timedelta(days=4)):
        extend_changes(store, organiser.actor, sent, due_at=due + DAYS, base_url=BASE_URL)
    with clock.as_of(due + DAYS - timedelta(hours=2)):
        assert remind_of_changes(store, clock.now(), base_url=BASE_URL) == 1


def test_nobody_is_reminded_on_the_day_on_which_changes_were_asked_for(
    store: Session, organiser: OrganiserPlayer, sent: BoothApplication
) -> None:
    facts = {"points": "Sửa tên", "due_at": clock.now() + timedelta(hours=20), "base_url": BASE_URL}
    ask_for_changes(store, organiser.actor, sent, opened=[Point.FASCIA], **facts)
    assert remind_of_changes(store, clock.now() + timedelta(hours=1), base_url=BASE_URL) == 0
