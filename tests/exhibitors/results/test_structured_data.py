"""What search engines and maps are told of a fair: its programme, its point on the map, the hours of today."""

from __future__ import annotations

import json
import re
from datetime import time
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events.fairs.fair import ClosedDay, Fair
from events.places.directions import directions_url
from events.programme.plan_programme import add_item
from foundation import clock
from tests.cast import a_draft_fair, an_open_fair
from tests.exhibitors.results.conftest import Public


def told(client: FlaskClient, fair: Fair, prefix: str = "") -> dict[str, Any]:
    """The JSON-LD of the fair's page."""
    page = client.get(f"{prefix}/fairs/{fair.slug}").get_data(as_text=True)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    said: dict[str, Any] = json.loads(data[1])
    return said


def test_programme_is_told_as_events_within_the_fair(client: FlaskClient, session: Session, public: Public) -> None:
    fair = public.fair
    assert fair.first_day is not None
    assert "subEvent" not in told(client, fair)
    words = {"title_vi": "Lễ khai mạc", "title_en": "Opening", "place_vi": "Sân khấu", "ends_at": time(10, 30)}
    add_item(session, public.organiser.actor, fair, kind="opening", day=fair.first_day, starts_at=time(9), **words)
    session.commit()
    [opening] = told(client, fair, "/en")["subEvent"]
    assert (opening["name"], opening["location"]["name"]) == ("Opening", "Sân khấu")
    assert opening["startDate"] == f"{fair.first_day.isoformat()}T09:00+07:00"
    assert opening["endDate"] == f"{fair.first_day.isoformat()}T10:30+07:00"
    assert opening["location"]["address"]["@type"] == "PostalAddress"


def test_point_on_the_map_is_told_and_leads_there(client: FlaskClient, session: Session, public: Public) -> None:
    fair = public.fair
    assert "geo" not in told(client, fair)["location"][0]
    fair.venues[0].venue.latitude, fair.venues[0].venue.longitude = 20.951, 107.08
    session.commit()
    assert told(client, fair)["location"][0]["geo"]["latitude"] == 20.951
    assert "destination=20.951000%2C107.080000" in client.get(f"/fairs/{fair.slug}").get_data(as_text=True)


@pytest.mark.parametrize(("words", "found"), [("Cung Quy hoạch", "Cung+Quy+ho%E1%BA%A1ch"), ("a&b=c", "a%26b%3Dc")])
def test_without_a_point_the_words_are_looked_for(words: str, found: str) -> None:
    assert directions_url(words, None).endswith(f"&destination={found}")


def test_hours_of_today_stand_first_while_it_is_on(client: FlaskClient, session: Session, public: Public) -> None:
    closed_today = an_open_fair(session, public.organiser, name="Nghỉ hôm nay")
    assert "Today" not in client.get(f"/en/fairs/{public.fair.slug}").get_data(as_text=True)
    today = clock.today()
    for fair in (public.fair, closed_today):
        fair.first_day, fair.last_day, fair.call_state = today, today, "closed"
        fair.opens_at, fair.closes_at = time(7, 45), time(21, 15)
    closed_today.closed_days.append(ClosedDay(day=today))
    session.commit()
    page = client.get(f"/en/fairs/{public.fair.slug}").get_data(as_text=True)
    assert "</svg>Today</dt><dd>7:45 to 21:15</dd>" in page
    assert "</svg>Today</dt><dd>Closed today</dd>" in client.get(f"/en/fairs/{closed_today.slug}").get_data(
        as_text=True
    )


def test_map_of_the_site_names_the_booths_that_are_taken(client: FlaskClient, public: Public) -> None:
    pages = client.get("/sitemap.xml").get_data(as_text=True)
    assert f"/fairs/{public.fair.slug}/booths/A01<" in pages
    assert f"/fairs/{public.fair.slug}/booths/A02<" not in pages
    assert f"/fairs/{public.fair.slug}/plan<" in pages


def told_at(client: FlaskClient, path: str) -> dict[str, Any]:
    page = client.get(path).get_data(as_text=True)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    said: dict[str, Any] = json.loads(data[1])
    assert 'property="og:image" content="http://127.0.0.1:8000' in page
    return said


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_first_page_tells_how_to_search(client: FlaskClient, public: Public, prefix: str) -> None:
    site = told_at(client, f"{prefix}/")
    assert (site["@type"], site["url"]) == ("WebSite", f"http://127.0.0.1:8000{prefix}/")
    template = site["potentialAction"]["target"]["urlTemplate"]
    address = template.removeprefix("http://127.0.0.1:8000").replace("{search_term_string}", "mien%20dong")
    assert "Miến dong Bình Liêu" in client.get(address).get_data(as_text=True)


def test_plan_and_booth_tell_of_the_fair_and_who_stands_there(client: FlaskClient, public: Public) -> None:
    fair = public.fair
    plan = told_at(client, f"/fairs/{fair.slug}/plan")
    assert (plan["@type"], plan["mapType"]) == ("Map", "https://schema.org/VenueMap")
    assert plan["about"]["name"] == fair.name_vi
    booth = told_at(client, f"/fairs/{fair.slug}/booths/A01")
    assert [one["name"] for one in booth["mainEntity"]] == [public.producer.producer.name_vi]
    assert booth["breadcrumb"]["itemListElement"][1]["name"] == "A01"
    assert "mainEntity" not in told_at(client, f"/fairs/{fair.slug}/booths/A02")


@pytest.mark.parametrize(("month", "begins"), [(None, "2031"), (3, "2031-03")])
def test_fair_without_days_is_told_with_what_is_known(
    client: FlaskClient, session: Session, public: Public, month: int | None, begins: str
) -> None:
    fair = public.fair
    fair.first_day = fair.last_day = None
    fair.date_state, fair.year, fair.month = "unknown", 2031, month
    session.commit()
    event = told(client, fair)
    assert (event["startDate"], "endDate" in event) == (begins, False)
    picture = client.get(f"/fairs/{fair.slug}/preview.png")
    assert (picture.status_code, picture.content_type) == (200, "image/png")
    assert f"/fairs/{fair.slug}/preview.png" in client.get(f"/fairs/{fair.slug}").get_data(as_text=True)


def test_site_has_a_picture_in_each_language(client: FlaskClient) -> None:
    pictures = [client.get(f"{prefix}/preview.png") for prefix in ("", "/en")]
    assert all(one.content_type == "image/png" for one in pictures)
    assert pictures[0].get_data() != pictures[1].get_data()
    assert "max-age=3600" in pictures[0].headers["Cache-Control"]


def test_draft_is_told_to_nobody(client: FlaskClient, session: Session, public: Public) -> None:
    draft = a_draft_fair(session, public.organiser, name="Nháp")
    session.commit()
    assert client.get(f"/fairs/{draft.slug}/preview.png").status_code == 404
