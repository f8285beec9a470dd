"""The life of a calendar entry: published, renamed, moved, cancelled, withdrawn; each time with the right revision."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.calendars.calendar_entry import CalendarEntry, EntryKind
from events.calendars.read_feeds import everything_feed, fair_feed
from events.calendars.revise_entries import revise_all
from events.fairs.fair import ClosedDay, DateState, Fair
from events.fairs.organise_fair import cancel_fair, postpone_fair, publish_fair, restore, withdraw_from_public
from events.places.locality import Locality
from events.places.venue import find_or_add_venue
from foundation import clock
from tests.cast import OrganiserPlayer, a_draft_fair, an_organiser
from tests.scenes import Play

FIRST_DAY = date(2027, 2, 3)
BEFORE_THE_FAIR = date(2027, 1, 1)


@pytest.fixture
def organiser(play: Play) -> OrganiserPlayer:
    """Somebody who runs fairs."""
    return play(an_organiser)


@pytest.fixture
def fair(session: Session, organiser: OrganiserPlayer) -> Fair:
    """A published fair of six days."""
    made = a_draft_fair(session, organiser, first_day=FIRST_DAY)
    publish_fair(session, organiser.actor, made)
    session.commit()
    return made


def entry_of(session: Session, fair: Fair) -> CalendarEntry:
    """The entry of the fair as a whole."""
    return session.scalars(
        select(CalendarEntry).where(CalendarEntry.fair_id == fair.id, CalendarEntry.kind == EntryKind.FAIR)
    ).one()


def triple_of(entry: CalendarEntry) -> tuple[int, object]:
    return entry.sequence, entry.last_modified


def event_lines(body: bytes) -> list[str]:
    """The feed's lines, unfolded."""
    return body.decode().replace("\r\n ", "").split("\r\n")


def test_draft_fair_has_no_entry(session: Session, organiser: OrganiserPlayer) -> None:
    a_draft_fair(session, organiser)
    session.commit()
    assert session.scalars(select(CalendarEntry)).all() == []


def test_published_fair_enters_with_sequence_zero(session: Session, fair: Fair) -> None:
    entry = entry_of(session, fair)
    assert (entry.uid, entry.sequence, entry.status) == (f"su-kien-{fair.id}@127.0.0.1", 0, "CONFIRMED")
    assert (entry.first_day, entry.last_day) == (FIRST_DAY, FIRST_DAY + timedelta(days=5))


def test_each_open_day_has_its_hours_in_the_feed_of_the_fair(session: Session, fair: Fair) -> None:
    fair.closed_days = [ClosedDay(day=FIRST_DAY + timedelta(days=1))]
    session.commit()
    events = Calendar.from_ical(fair_feed(session, fair, "vi", BEFORE_THE_FAIR).body).walk("VEVENT")
    assert [str(event["UID"]) for event in events] == [
        f"su-kien-{fair.id}@127.0.0.1",
        *(f"gio-{fair.id}-202702{day:02}@127.0.0.1" for day in (3, 5, 6, 7, 8)),
    ]
    assert events[1].decoded("DTSTART").isoformat() == "2027-02-03T08:00:00+07:00"
    assert str(events[1]["RELATED-TO"]) == f"su-kien-{fair.id}@127.0.0.1"
    assert "Đóng cửa: 04/02/2027" in str(events[0]["DESCRIPTION"])


def test_main_feed_holds_one_all_day_entry_for_a_fair(session: Session, fair: Fair) -> None:
    (event,) = Calendar.from_ical(everything_feed(session, "vi", BEFORE_THE_FAIR).body).walk("VEVENT")
    assert event.decoded("DTSTART") == FIRST_DAY
    assert event.decoded("DTEND") == FIRST_DAY + timedelta(days=6)
    assert str(event["LOCATION"]) == "Siêu thị GO! Hạ Long, Phường Hạ Long, thành phố Quảng Ninh"


def test_saving_without_a_change_leaves_the_revision(session: Session, fair: Fair) -> None:
    before = triple_of(entry_of(session, fair))
    fair.source = "Kế hoạch 12"
    session.commit()
    assert triple_of(entry_of(session, fair)) == before


def test_renamed_venue_moves_last_modified_and_not_sequence(session: Session, fair: Fair) -> None:
    before = entry_of(session, fair).last_modified
    fair.venues[0].venue.name_vi = "GO! Hạ Long mới"
    session.commit()
    entry = entry_of(session, fair)
    assert (entry.sequence, entry.last_modified > before) == (0, True)
    lines = event_lines(everything_feed(session, "vi", BEFORE_THE_FAIR).body)
    stamps = {line.split(":", 1)[1] for line in lines if line.startswith(("DTSTAMP", "LAST-MODIFIED"))}
    assert stamps == {f"{entry.last_modified:%Y%m%dT%H%M%SZ}"}


def test_renamed_organiser_reaches_the_entry(session: Session, fair: Fair, organiser: OrganiserPlayer) -> None:
    organiser.organisation.name_vi = "Ban tổ chức mới"
    session.commit()
    assert "CONTACT:Ban tổ chức mới" in event_lines(everything_feed(session, "vi", BEFORE_THE_FAIR).body)


def test_moved_days_raise_sequence_and_keep_the_uid(session: Session, fair: Fair) -> None:
    uid = entry_of(session, fair).uid
    fair.first_day, fair.last_day = FIRST_DAY + timedelta(days=7), FIRST_DAY + timedelta(days=9)
    session.commit()
    entry = entry_of(session, fair)
    assert (entry.uid, entry.sequence, entry.first_day) == (uid, 1, FIRST_DAY + timedelta(days=7))
    live = session.scalars(select(CalendarEntry.first_day).where(CalendarEntry.is_dropped.is_(False)).distinct()).all()
    assert sorted(live) == [FIRST_DAY + timedelta(days=number) for number in (7, 8, 9)]


def test_changed_hours_raise_the_sequence_of_the_days(session: Session, fair: Fair) -> None:
    fair.opens_at = time(9)
    session.commit()
    rows = session.execute(select(CalendarEntry.kind, CalendarEntry.sequence).distinct()).all()
    assert sorted(tuple(row) for row in rows) == [("day", 1), ("fair", 0)]


def test_cancelled_fair_stays_marked_until_thirty_days_after_its_end(
    session: Session, fair: Fair, organiser: OrganiserPlayer
) -> None:
    cancel_fair(session, organiser.actor, fair, reason="Bão số 3")
    session.commit()
    end = FIRST_DAY + timedelta(days=5)
    (event,) = Calendar.from_ical(everything_feed(session, "vi", end + timedelta(days=30)).body).walk("VEVENT")
    assert str(event["SUMMARY"]) == "ĐÃ HỦY: Hội chợ OCOP Quảng Ninh – Xuân 2027"
    assert (str(event["STATUS"]), str(event["COMMENT"]), event["SEQUENCE"]) == ("CANCELLED", "Bão số 3", 1)
    (english,) = Calendar.from_ical(everything_feed(session, "en", end).body).walk("VEVENT")
    assert str(english["SUMMARY"]) == "CANCELLED: Quảng Ninh OCOP Fair"
    assert Calendar.from_ical(everything_feed(session, "vi", end + timedelta(days=31)).body).walk("VEVENT") == []


def test_restored_fair_goes_on_counting(session: Session, fair: Fair, organiser: OrganiserPlayer) -> None:
    cancel_fair(session, organiser.actor, fair, reason="Bão")
    session.commit()
    restore(session, organiser.actor, fair)
    session.commit()
    entry = entry_of(session, fair)
    assert (entry.sequence, entry.status) == (2, "CONFIRMED")


def test_postponed_fair_is_tentative_and_says_so(session: Session, fair: Fair, organiser: OrganiserPlayer) -> None:
    postpone_fair(session, organiser.actor, fair, reason="Chờ mặt bằng")
    session.commit()
    (event,) = Calendar.from_ical(everything_feed(session, "vi", BEFORE_THE_FAIR).body).walk("VEVENT")
    assert (str(event["STATUS"]), str(event["SUMMARY"])[:6]) == ("TENTATIVE", "HOÃN: ")


def test_withdrawn_fair_is_dropped_and_returns_with_the_same_uid(
    session: Session, fair: Fair, organiser: OrganiserPlayer
) -> None:
    uid = entry_of(session, fair).uid
    withdraw_from_public(session, organiser.actor, fair)
    session.commit()
    assert Calendar.from_ical(everything_feed(session, "vi", BEFORE_THE_FAIR).body).walk("VEVENT") == []
    publish_fair(session, organiser.actor, fair)
    session.commit()
    entry = entry_of(session, fair)
    assert (entry.uid, entry.sequence, entry.is_dropped) == (uid, 1, False)


def test_fair_that_loses_its_days_leaves_the_feed(session: Session, fair: Fair) -> None:
    fair.first_day = fair.last_day = None
    fair.date_state = DateState.UNKNOWN
    fair.year = 2027
    session.commit()
    assert Calendar.from_ical(everything_feed(session, "vi", BEFORE_THE_FAIR).body).walk("VEVENT") == []


def test_fair_of_2022_is_in_the_province_of_its_time(session: Session, organiser: OrganiserPlayer) -> None:
    with clock.as_of(datetime(2022, 6, 1, tzinfo=UTC)):
        fair = a_draft_fair(session, organiser, first_day=date(2022, 8, 26))
        publish_fair(session, organiser.actor, fair)
        session.commit()
    (event,) = Calendar.from_ical(everything_feed(session, "vi", date(2022, 9, 1)).body).walk("VEVENT")
    assert str(event["LOCATION"]) == "Siêu thị GO! Hạ Long, thành phố Hạ Long, tỉnh Quảng Ninh"


def test_two_venues_are_both_in_the_location(session: Session, fair: Fair) -> None:
    ward = session.scalars(select(Locality).where(Locality.name_vi == "Phường Bãi Cháy")).one()
    park = find_or_add_venue(session, name_vi="Hạ Long Park", locality=ward)
    fair.venues.append(type(fair.venues[0])(venue=park, position=1))
    session.commit()
    (event,) = Calendar.from_ical(everything_feed(session, "vi", BEFORE_THE_FAIR).body).walk("VEVENT")
    assert [part.split(",")[0] for part in str(event["LOCATION"]).split("; ")] == [
        "Siêu thị GO! Hạ Long",
        "Hạ Long Park",
    ]


def test_past_fair_stays_in_the_feed_for_a_year(session: Session, fair: Fair) -> None:
    end = FIRST_DAY + timedelta(days=5)
    bodies = [everything_feed(session, "vi", end + timedelta(days=days)).body for days in (365, 366)]
    assert [body.count(b"BEGIN:VEVENT") for body in bodies] == [1, 0]


def test_same_data_gives_the_same_octets(session: Session, fair: Fair) -> None:
    first = everything_feed(session, "vi", clock.today())
    session.expire_all()
    assert everything_feed(session, "vi", clock.today()) == first


def test_revising_everything_again_changes_nothing(session: Session, fair: Fair) -> None:
    assert revise_all(session) == 0
