"""What the two on a booth are told, and where both names stand in public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from icalendar import Calendar
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.answer_offer import confirm_booth
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.place_on_booth import place_on_booth, share_booth, vacate_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import stage_decision, take_up
from exhibitors.calendars.stand_feeds import producer_feed
from exhibitors.fair_days.booth_signs import booth_signs
from foundation import clock
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_producer, a_submitted_application, booths_of
from tests.exhibitors.conftest import Visitor
from tests.scenes import Play

Pair = tuple[BoothApplication, BoothApplication]


@pytest.fixture
def other(play: Play) -> ProducerPlayer:
    """The second unit."""
    return play(a_producer, "HTX Hải sản Cô Tô", "coto@units.example")


def accepted(session: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    application = a_submitted_application(session, fair, player)
    take_up(session, organiser.actor, application)
    stage_decision(session, organiser.actor, application, Decision.ACCEPT)
    return application


def publish(session: Session, organiser: OrganiserPlayer, fair: Fair) -> None:
    confirm_by = clock.now() + timedelta(days=40)
    publish_decisions(session, organiser.actor, fair, confirm_by=confirm_by, base_url=BASE_URL)


def letters(session: Session, application: BoothApplication) -> dict[str, str]:
    rows = session.scalars(
        sa.select(OutboxLetter).where(OutboxLetter.application_id == application.id).order_by(OutboxLetter.id)
    )
    return {row.kind: row.body for row in rows}


def both_confirmed(
    store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer, other: ProducerPlayer
) -> Pair:
    """Both confirmed on A01; the first knew its booth before the second came."""
    first = accepted(store, organiser, fair, player)
    held = place_on_booth(store, organiser.actor, first, booths_of(store, fair)[0])
    publish(store, organiser, fair)
    confirm_booth(store, player.actor, first, base_url=BASE_URL)
    second = accepted(store, organiser, fair, other)
    share_booth(store, organiser.actor, second, held, reason="Hội chợ hết gian")
    publish(store, organiser, fair)
    confirm_booth(store, other.actor, second, base_url=BASE_URL)
    return first, second


@pytest.fixture
def sharing(play: Play, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer, other: ProducerPlayer) -> Pair:
    """Both confirmed on A01; the first knew its booth before the second came."""
    return play(both_confirmed, organiser, fair, player, other)


def test_each_is_written_to_and_whoever_knew_its_booth_hears_why(store: Session, sharing: Pair) -> None:
    first, second = sharing
    told, answered = letters(store, first), letters(store, second)
    assert "dùng chung" not in told["accepted"] + told["confirmed"]
    assert "Gian A01, Siêu thị GO! Hạ Long, dùng chung với HTX Hải sản Cô Tô" in told["booth_shared"]
    assert "Lý do: Hội chợ hết gian" in told["booth_shared"]
    assert "booth_shared" not in answered
    for kind in ("accepted", "confirmed"):
        assert "Gian A01, Siêu thị GO! Hạ Long, dùng chung với HTX Miến dong Bình Liêu" in answered[kind]


def test_nobody_reads_the_name_of_whoever_was_not_told(
    store: Session,
    organiser: OrganiserPlayer,
    fair: Fair,
    player: ProducerPlayer,
    other: ProducerPlayer,
    visit: Callable[..., Visitor],
) -> None:
    first, second = (accepted(store, organiser, fair, one) for one in (player, other))
    share_booth(
        store, organiser.actor, second, place_on_booth(store, organiser.actor, first, booths_of(store, fair)[0])
    )
    confirm_by = clock.now() + timedelta(days=40)
    publish_decisions(
        store, organiser.actor, fair, confirm_by=confirm_by, base_url=BASE_URL, application_ids=[second.id]
    )
    assert "dùng chung" not in letters(store, second)["accepted"]
    assert letters(store, first).keys() == {"receipt"}
    pages = [(visit(one.user.email), f"/applications/{each.code}") for one, each in ((player, first), (other, second))]
    assert ["dùng chung" in unescape(browser.get(page).text) for browser, page in pages] == [False, False]
    publish(store, organiser, fair)
    assert "dùng chung với HTX Hải sản Cô Tô" in letters(store, first)["accepted"]
    assert "dùng chung với HTX Miến dong Bình Liêu" in letters(store, second)["booth_shared"]
    store.commit()
    told = [unescape(browser.get(page).text) for browser, page in pages]
    names = [other.producer.name_vi, player.producer.name_vi]
    assert [f"Gian A01 dùng chung với {name}." in text for name, text in zip(names, told, strict=True)] == [True, True]


def test_both_names_stand_on_plan_list_booth_sign_and_in_the_calendar(
    store: Session, fair: Fair, sharing: Pair, visit: Callable[..., Visitor]
) -> None:
    names = [one.producer.name_vi for one in sharing]
    producer = sharing[0].producer
    feed = producer_feed(store, producer, "vi", date(fair.first_day.year, 1, 1))
    [shown] = Calendar.from_ical(feed.body).walk("VEVENT")
    assert f"Dùng chung gian với {names[1]}" in str(shown["DESCRIPTION"])
    sign = next(one for one in booth_signs(store, fair) if one.code == "A01")
    assert {name in (sign.holder.vi if sign.holder else "") for name in names} == {True}
    anyone = visit()
    for page in (f"/fairs/{fair.slug}", f"/fairs/{fair.slug}/plan", f"/fairs/{fair.slug}/booths/A01"):
        text = unescape(anyone.get(page).text)
        assert all(name in text for name in names), page
    plan = anyone.get(f"/fairs/{fair.slug}/plan").text
    assert plan.count('id="gian-A01"') == 1
    assert plan.count(f'href="/fairs/{fair.slug}/booths/A01"') == 2


def test_when_one_leaves_the_other_stands_alone_everywhere(
    store: Session, organiser: OrganiserPlayer, fair: Fair, sharing: Pair, visit: Callable[..., Visitor]
) -> None:
    first, second = sharing
    gone, stays = first.producer.name_vi, second.producer
    before = letters(store, second)
    vacate_booth(store, organiser.actor, assignments_of(store, first.id)[0], reason="Đổi ý")
    store.commit()
    feed = producer_feed(store, stays, "vi", date(fair.first_day.year, 1, 1))
    [shown] = Calendar.from_ical(feed.body).walk("VEVENT")
    assert "Dùng chung" not in str(shown["DESCRIPTION"])
    assert letters(store, second) == before
    name = stays.name_vi
    text = unescape(visit().get(f"/fairs/{fair.slug}/booths/A01").text)
    assert (name in text, gone in text) == (True, False)
