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
from tests.cast import an_open_fair
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
