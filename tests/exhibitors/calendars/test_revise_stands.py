"""A stand in calendars: there once confirmed, corrected when it moves, cancelled when it is off, and nothing before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar, Event
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from events.fairs.fair import ClosedDay, Fair
from events.fairs.organise_fair import cancel_fair, close_call, publish_fair, withdraw_from_public
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.place_on_booth import vacate_booth
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calendars.revise_stands import revise_all_stands
from exhibitors.calendars.stand_entry import StandEntry
from exhibitors.calendars.stand_feeds import group_feed, producer_feed, product_feed
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    ProducerPlayer,
    a_confirmed_application,
    a_producer,
    a_submitted_application,
    an_open_fair,
    booths_of,
)
from tests.scenes import Play


@pytest.fixture
def player(play: Play) -> ProducerPlayer:
    """A producer of two products."""
    return play(a_producer, products=2)


@pytest.fixture
def stand(play: Play, organiser: OrganiserPlayer, player: ProducerPlayer, fair: Fair) -> BoothApplication:
    """The producer's confirmed application, on booth A01."""
    return play(a_confirmed_application, organiser, player, fair)


def events_of(session: Session, player: ProducerPlayer, fair: Fair, language: str = "vi") -> list[Event]:
    """What somebody who follows the producer sees a month before the fair."""
    feed = producer_feed(session, player.producer, language, date(fair.first_day.year, 1, 1))
    return list(Calendar.from_ical(feed.body).walk("VEVENT"))


def entry(session: Session) -> StandEntry:
    return session.scalars(select(StandEntry)).one()


def test_nothing_is_said_before_the_booth_is_confirmed(session: Session, player: ProducerPlayer, fair: Fair) -> None:
    a_submitted_application(session, fair, player)
    session.commit()
    assert events_of(session, player, fair) == []
    assert session.scalars(select(StandEntry)).all() == []


def test_confirmed_stand_names_booth_days_place_and_goods(
    session: Session, player: ProducerPlayer, fair: Fair, stand: BoothApplication
) -> None:
    [shown] = events_of(session, player, fair)
    assert str(shown["SUMMARY"]) == "HTX Miến dong Bình Liêu: gian A01, Hội chợ Xuân"
    assert str(shown["LOCATION"]).startswith("Gian A01, Siêu thị GO! Hạ Long")
    assert shown["DTSTART"].dt == fair.first_day
    assert "Có bán: Miến dong Bình Liêu, Miến dong Bình Liêu 1" in str(shown["DESCRIPTION"])
    [english] = events_of(session, player, fair, "en")
    assert "booth A01, Quảng Ninh OCOP Fair" in str(english["SUMMARY"])
    assert english["UID"] == shown["UID"]


def test_another_booth_raises_sequence_another_name_only_the_moment(
    session: Session, organiser: OrganiserPlayer, player: ProducerPlayer, fair: Fair, stand: BoothApplication
) -> None:
    before = (entry(session).sequence, entry(session).last_modified)
    player.producer.name_vi = "HTX Miến dong Bình Liêu mới"
    session.commit()
    renamed = (entry(session).sequence, entry(session).last_modified)
    assert renamed[0] == before[0]
    assert renamed[1] > before[1]
    [held] = assignments_of(session, stand.id)
    booths_of(session, fair)[0].code = "A99"
    session.commit()
    assert entry(session).sequence == before[0] + 1
    assert "gian A99" in str(events_of(session, player, fair)[0]["SUMMARY"])
    vacate_booth(session, organiser.actor, held, reason="Cột điện")
    session.commit()
    assert str(events_of(session, player, fair)[0]["SUMMARY"]) == "HTX Miến dong Bình Liêu mới ở Hội chợ Xuân"


def test_product_that_gets_another_name_shows(
    session: Session, player: ProducerPlayer, fair: Fair, stand: BoothApplication
) -> None:
    player.producer.products[0].name_vi = "Miến dong sợi nhỏ"
    fair.closed_days.append(ClosedDay(day=fair.first_day + timedelta(days=1)))
    session.commit()
    text = str(events_of(session, player, fair)[0]["DESCRIPTION"])
    assert "Miến dong sợi nhỏ" in text
    assert "Đóng cửa:" in text


def test_withdrawn_stand_stays_as_cancelled(
    session: Session, player: ProducerPlayer, fair: Fair, stand: BoothApplication
) -> None:
    before = entry(session).sequence
    withdraw_application(session, player.actor, stand, reason="Mất mùa", base_url=BASE_URL)
    session.commit()
    [shown] = events_of(session, player, fair)
    assert str(shown["STATUS"]) == "CANCELLED"
    assert str(shown["SUMMARY"]).startswith("ĐÃ HỦY: HTX Miến dong")
    assert "Mất mùa" not in shown.to_ical().decode()
    assert entry(session).sequence == before + 1
    month_later = producer_feed(session, player.producer, "vi", date(fair.last_day.year + 1, 1, 1))
    assert Calendar.from_ical(month_later.body).walk("VEVENT") == []


def test_cancelled_fair_cancels_its_stands(
    session: Session, organiser: OrganiserPlayer, player: ProducerPlayer, fair: Fair, stand: BoothApplication
) -> None:
    cancel_fair(session, organiser.actor, fair, reason="Bão số 3")
    session.commit()
    [shown] = events_of(session, player, fair)
    assert (str(shown["STATUS"]), str(shown["COMMENT"])) == ("CANCELLED", "Bão số 3")


def test_feed_of_a_product_holds_only_where_it_is_brought(
    session: Session, player: ProducerPlayer, fair: Fair, stand: BoothApplication
) -> None:
    brought, left = player.producer.products
    stand.goods[:] = [row for row in stand.goods if row.product is brought]
    session.commit()
    day = date(fair.first_day.year, 1, 1)
    assert len(Calendar.from_ical(product_feed(session, brought, "vi", day).body).walk("VEVENT")) == 1
    assert Calendar.from_ical(product_feed(session, left, "vi", day).body).walk("VEVENT") == []


def test_feed_of_a_group_holds_the_fairs_themselves(
    session: Session, organiser: OrganiserPlayer, player: ProducerPlayer, fair: Fair, stand: BoothApplication
) -> None:
    an_open_fair(session, organiser, name="Hội chợ chưa có ai")
    session.commit()
    group = player.producer.products[0].group
    feed = group_feed(session, group, "vi", date(fair.first_day.year, 1, 1))
    assert [str(one["SUMMARY"]) for one in Calendar.from_ical(feed.body).walk("VEVENT")] == ["Hội chợ Xuân"]


def test_writing_all_anew_changes_nothing(session: Session, stand: BoothApplication) -> None:
    before = (entry(session).body_hash, entry(session).sequence, entry(session).last_modified)
    revise_all_stands(session)
    session.commit()
    assert (entry(session).body_hash, entry(session).sequence, entry(session).last_modified) == before


def test_many_stands_cost_no_more_statements_than_one(
    session: Session, organiser: OrganiserPlayer, player: ProducerPlayer, fair: Fair, stand: BoothApplication
) -> None:
    def statements_of_a_change(name: str) -> int:
        counted: list[str] = []
        fair.name_vi = name
        session.flush()
        listener = lambda *call: counted.append(call[2])  # noqa: E731 - kept to be removed again
        event.listen(session.get_bind(), "before_cursor_execute", listener)
        session.commit()
        event.remove(session.get_bind(), "before_cursor_execute", listener)
        return len([one for one in counted if one.lstrip().upper().startswith("SELECT")])

    one = statements_of_a_change("Hội chợ Hạ")
    for number in range(1, 5):
        other = a_producer(session, f"HTX số {number}", f"so{number}@producers.example")
        a_confirmed_application(session, organiser, other, fair, number)
    session.commit()
    assert statements_of_a_change("Hội chợ Thu") <= one


def test_fair_taken_back_from_the_public_takes_its_stands_along(
    session: Session, organiser: OrganiserPlayer, player: ProducerPlayer, fair: Fair, stand: BoothApplication
) -> None:
    withdraw_application(session, player.actor, stand, reason="Đổi ý", base_url=BASE_URL)
    session.commit()
    close_call(session, organiser.actor, fair)
    withdraw_from_public(session, organiser.actor, fair)
    session.commit()
    assert entry(session).is_dropped
    assert events_of(session, player, fair) == []
    publish_fair(session, organiser.actor, fair)
    session.commit()
    assert len(events_of(session, player, fair)) == 1
