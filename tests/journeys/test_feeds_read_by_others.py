"""The feeds read by two programs that know nothing of each other, icalendar and ical.js: they must see the same."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy.orm import Session

from events.calendars.read_feeds import everything_feed, fair_feed
from events.fairs.fair import ClosedDay, Fair, FairVenue
from events.fairs.organise_fair import cancel_fair, postpone_fair, publish_fair
from events.places.venue import find_or_add_venue
from events.programme.plan_programme import add_item
from events.programme.programme_item import items_of
from exhibitors.calendars.private_calendar import make_private_calendar
from exhibitors.calendars.stand_feeds import producer_feed
from exhibitors.producers.producer import Producer
from tests.cast import a_confirmed_application, a_draft_fair, a_producer, an_open_fair, an_organiser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ICAL_JS = Path(__file__).parents[1] / "vendor" / "ical.js" / "ical.es5.min.cjs"
READ = """text => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map(one => {
  const event = new ICAL.Event(one);
  const value = name => one.getFirstPropertyValue(name);
  const moment = time => time.isDate ? time.toString() : time.toJSDate().toISOString();
  return {
    uid: event.uid, summary: event.summary || "", description: event.description || "", location: event.location || "",
    starts: moment(event.startDate), ends: moment(event.endDate), sequence: event.sequence,
    status: value('status'), changed: value('last-modified').toJSDate().toISOString(),
  };
})"""


@pytest.fixture
def reader(browser: Browser) -> Page:
    """A blank page that knows ical.js and nothing of the product."""
    page = browser.new_page()
    page.add_script_tag(content=ICAL_JS.read_text(encoding="utf-8"))
    return page


def by_icalendar(feed: bytes) -> list[dict[str, Any]]:
    """The same facts as the other program is asked for."""
    return [
        {
            "uid": str(one["UID"]),
            "summary": str(one.get("SUMMARY", "")),
            "description": str(one.get("DESCRIPTION", "")),
            "location": str(one.get("LOCATION", "")),
            "starts": _moment(one["DTSTART"].dt),
            "ends": _moment(one.get("DTEND", one["DTSTART"]).dt),  # without an end it ends as it begins
            "sequence": int(one["SEQUENCE"]),
            "status": str(one["STATUS"]),
            "changed": _moment(one["LAST-MODIFIED"].dt),
        }
        for one in Calendar.from_ical(feed).walk("VEVENT")
    ]


def _moment(when: date | datetime) -> str:
    if not isinstance(when, datetime):
        return when.isoformat()
    utc = when - (when.utcoffset() or timedelta())
    return utc.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def fairs_of_every_sort(session: Session) -> list[Fair]:
    """Plain, with closed days, at two venues, of one day, cancelled, postponed, moved."""
    organiser = an_organiser(session)
    first = date(2027, 2, 1)
    names = ("Chợ “Tết”; gà, nếp & cốm\\mứt", "Đóng cửa mùng 1–3", "Hai nơi", "Một ngày", "Đã hủy", "Hoãn", "Dời")
    fairs = [
        a_draft_fair(
            session, organiser, name=name, first_day=first + timedelta(days=20 * place), days=1 if place == 3 else 9
        )
        for place, name in enumerate(names)
    ]
    fairs[1].closed_days += [ClosedDay(day=fairs[1].first_day + timedelta(days=gap)) for gap in (2, 3, 5)]
    there = find_or_add_venue(session, name_vi="Hạ Long Park", locality=fairs[2].venues[0].venue.locality)
    fairs[2].venues.append(FairVenue(venue=there, position=2))
    for fair in fairs:
        publish_fair(session, organiser.actor, fair)
    session.commit()
    cancel_fair(session, organiser.actor, fairs[4], reason="Bão, mưa; gió")
    postpone_fair(session, organiser.actor, fairs[5], reason="Dịch")
    fairs[6].first_day, fairs[6].last_day = date(2027, 9, 1), date(2027, 9, 4)
    player = a_producer(session)
    a_confirmed_application(session, organiser, player, an_open_fair(session, organiser, name="Hội chợ có gian"))
    session.commit()
    return fairs


def with_programme(session: Session, fair: Fair) -> Fair:
    """The fair with an opening, a contest whose name is hard to write, and one that does not take place."""
    actor = an_organiser(session, "Ban chương trình", "bct@organisers.example").actor
    day = fair.first_day or date(2027, 2, 1)
    for hour, title in ((9, "Lễ khai mạc"), (10, "Thi gói bánh; nấu, nếm\\ 🎪"), (14, "Ca nhạc")):
        at = {"day": day, "starts_at": time(hour), "ends_at": time(hour, 45), "is_cancelled": hour == 14}
        add_item(session, actor, fair, kind="other", title_vi=title, place_vi="Sân khấu, khu A", **at)
    session.commit()
    return fair


def test_both_programs_see_the_same_fairs(session: Session, reader: Page) -> None:
    day = date(2027, 1, 1)
    fairs = fairs_of_every_sort(session)
    for language in ("vi", "en"):
        feeds = [everything_feed(session, language, day).body]
        feeds += [fair_feed(session, fair, language, day).body for fair in fairs]
        for feed in feeds:
            seen = reader.evaluate(READ, feed.decode())
            assert seen == by_icalendar(feed)
            assert seen


def test_both_programs_see_the_same_programme(session: Session, reader: Page) -> None:
    organiser = an_organiser(session)
    fair = a_draft_fair(session, organiser, first_day=date(2027, 2, 1))
    publish_fair(session, organiser.actor, fair)
    with_programme(session, fair)
    feed = fair_feed(session, fair, "vi", date(2027, 1, 1)).body
    seen = reader.evaluate(READ, feed.decode())
    assert seen == by_icalendar(feed)
    happenings = [(one["summary"], one["status"]) for one in seen if one["uid"].startswith("chuong-trinh-")]
    assert happenings == [
        ("Lễ khai mạc", "CONFIRMED"),
        ("Thi gói bánh; nấu, nếm/ 🎪", "CONFIRMED"),
        ("ĐÃ HỦY: Ca nhạc", "CANCELLED"),
    ]


def test_both_programs_see_the_same_stand(session: Session, reader: Page) -> None:
    fairs_of_every_sort(session)
    producer = session.query(Producer).one()
    feed = producer_feed(session, producer, "vi", date(2027, 1, 1)).body
    seen = reader.evaluate(READ, feed.decode())
    assert seen == by_icalendar(feed)
    assert [event["summary"] for event in seen] == ["HTX Miến dong Bình Liêu: gian A01, Hội chợ có gian"]


HARD = 'ạ\u0323\u0301\u0306a\x01\x07\x0b\x1b\x7f\x85\u200b\u2028\ufeff\r\n\t,;:\\"^=🎪'
WORDS = (
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=190)
    | st.text(HARD, min_size=1, max_size=190)  # accents apart from their letters, controls, every mark of the format
    | st.sampled_from(["Hội chợ Quảng Ninh", "Chả mực Hạ Long", "Đặc sản Bình Liêu"]).map(
        lambda name: normalize("NFD", name)
    )
)


@settings(max_examples=40, database=None)
@given(
    name=WORDS,
    summary=st.text(max_size=2000) | st.text(alphabet="ạ,;\\\n🎪", min_size=9_000, max_size=10_000) | WORDS,
)
def test_any_words_are_read_alike(session: Session, reader: Page, name: str, summary: str) -> None:
    fair = session.query(Fair).first()
    if fair is None:
        organiser = an_organiser(session)
        fair = a_draft_fair(session, organiser, first_day=date(2027, 2, 1))
        publish_fair(session, organiser.actor, fair)
    fair.name_vi, fair.summary_vi = name, summary.replace("\x00", "")
    session.commit()
    feed = fair_feed(session, fair, "vi", date(2027, 1, 1)).body
    text, read = feed.decode(), by_icalendar(feed)
    assert reader.evaluate(READ, text) == read
    said = [one[field] for one in read for field in ("summary", "description", "location")]
    assert [normalize("NFC", words) for words in said] == said
    assert [sign for sign in text.replace("\r\n", "") if ord(sign) < 32 or 127 <= ord(sign) < 160] == []


LONG = st.text('ạ,;:\\\n"🎪đ\u0301', min_size=3_300, max_size=3_400) | st.text(
    "Hội chợ, ", min_size=9_000, max_size=9_900
)
"""Ten kilobytes each; more than the columns hold on PostgreSQL, which refuses them, but not SQLite."""


class EveryFeed:
    """A fair with a programme and a confirmed stand, and the addresses of all feeds that tell of them."""

    def __init__(self, session: Session, client: FlaskClient) -> None:
        organiser, self.player = an_organiser(session), a_producer(session)
        self.fair = an_open_fair(session, organiser)
        a_confirmed_application(session, organiser, self.player, self.fair)
        with_programme(session, self.fair)
        tokens = [make_private_calendar(session, who) for who in (organiser.actor, self.player.actor)]
        session.commit()
        self.client, self.session = client, session
        unit = self.player.producer
        self.addresses = [
            f"/calendar/fairs/{self.fair.slug}.ics",
            f"/calendar/producers/{unit.slug}.ics",
            f"/calendar/products/{unit.products[0].id}.ics",
            *(f"/calendar/private/{token}.ics" for token in tokens),
        ]

    def say(self, words: str) -> None:
        """Give everything that has a name or a text these words, as long as the database takes them."""
        fair, unit = self.fair, self.player.producer
        items = items_of(self.session, fair)
        short = words if self.session.get_bind().dialect.name == "sqlite" else words[:60]
        fair.name_vi = fair.name_en = unit.name_vi = unit.products[0].name_vi = short
        fair.venues[0].venue.name_vi = items[0].title_vi = items[1].place_vi = short
        fair.organisation.contact = short
        fair.summary_vi = words
        self.session.commit()


@settings(max_examples=10, database=None)  # ten feeds each
@given(words=LONG | WORDS)
def test_any_words_are_read_alike_in_every_feed(
    session: Session, client: FlaskClient, reader: Page, words: str
) -> None:
    made = session.info.setdefault("every_feed", None) or EveryFeed(session, client)
    session.info["every_feed"] = made
    made.say(words)
    for address in made.addresses:
        for prefix in ("", "/en"):
            answer = client.get(prefix + address)
            assert answer.status_code == 200
            text, read = answer.get_data(as_text=True), by_icalendar(answer.get_data())
            assert read, address
            assert reader.evaluate(READ, text) == read
            assert [line for line in answer.get_data().split(b"\r\n") if len(line) > 75] == []
            assert [sign for sign in text.replace("\r\n", "") if ord(sign) < 32 or 127 <= ord(sign) < 160] == []
