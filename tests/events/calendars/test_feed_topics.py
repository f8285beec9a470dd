"""Calendars narrowed to a kind, a locality, a former district, a venue: exactly the fairs that belong there."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy.orm import Session

from events.calendars.feed_topics import Family, find_topic, topics_in_use
from events.calendars.read_feeds import fair_feed, topic_feed
from events.fairs.fair import Fair, FairKind, FairVenue
from events.fairs.organise_fair import publish_fair
from events.places.locality import District, Locality
from events.places.venue import find_or_add_venue
from tests.cast import OrganiserPlayer, a_draft_fair, an_organiser
from tests.scenes import Play

DAY = date(2027, 1, 1)


@pytest.fixture
def organiser(play: Play) -> OrganiserPlayer:
    """Somebody who runs fairs."""
    return play(an_organiser)


def a_fair_and_a_week(session: Session, organiser: OrganiserPlayer) -> tuple[Fair, Fair]:
    """A fair in Hạ Long, and a country week at two venues: in Hạ Long and in Bình Liêu."""
    plain = a_draft_fair(session, organiser, name="Hội chợ Xuân", first_day=date(2027, 2, 3))
    week = a_draft_fair(session, organiser, name="Tuần lễ", first_day=date(2027, 5, 3))
    week.kind = FairKind.COUNTRY_WEEK.value
    there = session.query(Locality).filter_by(name_vi="Xã Bình Liêu").one()
    venue = find_or_add_venue(session, name_vi="Chợ phiên", locality=there)
    week.venues.append(FairVenue(venue=venue, position=2))
    for fair in (plain, week):
        publish_fair(session, organiser.actor, fair)
    return plain, week


@pytest.fixture
def two_fairs(play: Play, organiser: OrganiserPlayer) -> tuple[Fair, Fair]:
    """A fair in Hạ Long, and a country week in Hạ Long and in Bình Liêu."""
    return play(a_fair_and_a_week, organiser)


def summaries(session: Session, family: Family, key: str) -> list[str]:
    """What the feed of a topic holds."""
    topic = find_topic(session, family, key)
    assert topic is not None
    return [
        str(one["SUMMARY"]) for one in Calendar.from_ical(topic_feed(session, topic, "vi", DAY).body).walk("VEVENT")
    ]


def test_each_family_holds_exactly_its_fairs(session: Session, two_fairs: tuple[Fair, Fair]) -> None:
    plain, week = two_fairs
    both = [plain.name_vi, week.name_vi]
    hills, bay = week.venues[1].venue, plain.venues[0].venue
    assert summaries(session, Family.KINDS, "fair") == [plain.name_vi]
    assert summaries(session, Family.KINDS, "country-week") == [week.name_vi]
    assert summaries(session, Family.KINDS, "conference") == []
    assert summaries(session, Family.LOCALITIES, bay.locality.code) == both
    assert summaries(session, Family.LOCALITIES, hills.locality.code) == [week.name_vi]
    assert summaries(session, Family.DISTRICTS, hills.locality.district.slug) == [week.name_vi]
    assert summaries(session, Family.VENUES, str(bay.id)) == both
    assert summaries(session, Family.VENUES, str(hills.id)) == [week.name_vi]


def test_only_places_with_a_public_fair_are_offered(
    session: Session, organiser: OrganiserPlayer, two_fairs: tuple[Fair, Fair]
) -> None:
    secret = a_draft_fair(session, organiser, name="Bí mật")
    uong_bi = session.query(Locality).join(District).filter(District.name == "Uông Bí").first()
    assert uong_bi is not None
    secret.venues[0].venue = find_or_add_venue(session, name_vi="Nhà văn hóa", locality=uong_bi)
    session.commit()
    offered = {family: [one.label.vi for one in topics] for family, topics in topics_in_use(session).items()}
    assert offered[Family.DISTRICTS] == ["Bình Liêu", "Hạ Long"]
    assert offered[Family.LOCALITIES] == ["Xã Bình Liêu", "Phường Hạ Long"]
    assert offered[Family.VENUES] == ["Chợ phiên", "Siêu thị GO! Hạ Long"]
    assert len(offered[Family.KINDS]) == len(FairKind)


def test_feed_is_named_after_its_topic(client: FlaskClient, two_fairs: tuple[Fair, Fair]) -> None:
    code = two_fairs[1].venues[1].venue.locality.code
    body = client.get(f"/calendar/localities/{code}.ics").data.replace(b"\r\n ", b"")
    assert "X-WR-CALNAME:Hội chợ OCOP ở Xã Bình Liêu".encode() in body
    assert f"SOURCE;VALUE=URI:http://127.0.0.1:8000/calendar/localities/{code}.ics".encode() in body
    assert b"X-WR-CALNAME:OCOP fairs in" in client.get(f"/en/calendar/localities/{code}.ics").data


@pytest.mark.parametrize(
    "path",
    [
        "kinds/country_week", "kinds/no-such", "localities/0", "localities/07093'--", "districts/nowhere",
        "venues/0", "venues/x", "venues/-1", "venues/99999999999999999999", "venues/%EF%BC%91", "others/fair",
    ],
)  # fmt: skip
def test_unknown_topics_are_not_found(client: FlaskClient, two_fairs: tuple[Fair, Fair], path: str) -> None:
    assert client.get(f"/calendar/{path}.ics").status_code == 404
    assert client.get(f"/calendar/subscribe/{path}").status_code == 404


def test_subscribe_page_of_a_topic_carries_its_feed(client: FlaskClient, two_fairs: tuple[Fair, Fair]) -> None:
    page = client.get("/calendar/subscribe/kinds/country-week").text
    assert "webcal://127.0.0.1:8000/calendar/kinds/country-week.ics" in page
    assert "/calendar/subscribe/kinds/country-week" in client.get("/calendar/subscribe").text


def test_short_calendar_of_a_fair_has_one_entry(
    client: FlaskClient, session: Session, two_fairs: tuple[Fair, Fair]
) -> None:
    fair = two_fairs[0]
    short = Calendar.from_ical(client.get(f"/calendar/fairs/summary/{fair.slug}.ics").data).walk("VEVENT")
    whole = Calendar.from_ical(fair_feed(session, fair, "vi", DAY).body).walk("VEVENT")
    assert (len(short), len(whole)) == (1, 7)
    assert short[0].to_ical() == whole[0].to_ical()
