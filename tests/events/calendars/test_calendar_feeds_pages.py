"""The HTTP side of the feeds, checked as calendar programs use it."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import publish_fair, withdraw_from_public
from foundation.settings import Settings
from tests.cast import OrganiserPlayer, a_draft_fair, an_organiser
from tests.ground import app_for
from tests.scenes import Play

FEED = "/calendar/quang-ninh.ics"


@pytest.fixture
def organiser(play: Play) -> OrganiserPlayer:
    """Somebody who runs fairs."""
    return play(an_organiser)


@pytest.fixture
def fair(session: Session, organiser: OrganiserPlayer) -> Fair:
    """A published fair."""
    made = a_draft_fair(session, organiser)
    publish_fair(session, organiser.actor, made)
    session.commit()
    return made


def test_feed_carries_the_headers_that_readers_need(client: FlaskClient, fair: Fair) -> None:
    answer = client.get(FEED)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Vary"] == client.get(FEED).headers["Vary"] == "Accept-Encoding"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Disposition"] == (
        'inline; filename="quang-ninh.ics"; '
        "filename*=UTF-8''H%E1%BB%99i%20ch%E1%BB%A3%20OCOP%20Qu%E1%BA%A3ng%20Ninh.ics"
    )
    assert "Last-Modified" in answer.headers
    assert "Set-Cookie" not in answer.headers


def test_empty_feed_is_a_whole_calendar(client: FlaskClient) -> None:
    answer = client.get(FEED)
    assert (answer.status_code, b"BEGIN:VTIMEZONE" in answer.data, b"VEVENT" in answer.data) == (200, True, False)


@pytest.mark.parametrize("shape", ["W/{}", "{}", '"other", W/{}', "*"])
def test_known_octets_are_answered_with_304(client: FlaskClient, fair: Fair, shape: str) -> None:
    tag = client.get(FEED).headers["ETag"].removeprefix("W/")
    answer = client.get(FEED, headers={"If-None-Match": shape.format(tag), "Cache-Control": "no-cache"})
    assert (answer.status_code, answer.data) == (304, b"")
    assert {"ETag", "Cache-Control", "Vary"} <= set(answer.headers.keys())


def test_date_counts_only_without_a_tag(client: FlaskClient, fair: Fair) -> None:
    newest = client.get(FEED).headers["Last-Modified"]
    assert client.get(FEED, headers={"If-Modified-Since": newest}).status_code == 304
    both = {"If-Modified-Since": newest, "If-None-Match": '"other"'}
    assert client.get(FEED, headers=both).status_code == 200


def test_gzip_holds_the_same_octets(client: FlaskClient, fair: Fair) -> None:
    plain, packed = client.get(FEED), client.get(FEED, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert (gzip.decompress(packed.data), packed.headers["ETag"]) == (plain.data, plain.headers["ETag"])


def test_head_has_headers_and_no_body(client: FlaskClient, fair: Fair) -> None:
    answer = client.head(FEED)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"


@pytest.mark.parametrize("method", ["PUT", "PROPFIND", "DELETE"])
def test_writing_is_refused(client: FlaskClient, method: str) -> None:
    assert client.open(FEED, method=method).status_code == 405


def test_other_names_are_not_found(client: FlaskClient) -> None:
    assert client.get("/calendar/other.ics").status_code == 404


def test_tag_survives_a_restart(client: FlaskClient, fair: Fair, settings: Settings) -> None:
    tag = client.get(FEED).headers["ETag"]
    again = app_for(settings)
    assert again.test_client().get(FEED).headers["ETag"] == tag
    _close(again)


def test_change_gives_other_octets_at_once(client: FlaskClient, session: Session, fair: Fair) -> None:
    tag = client.get(FEED).headers["ETag"]
    fair.name_vi = "Hội chợ đổi tên"
    session.commit()
    client.application.extensions["page_cache"].forget_revision()
    answer = client.get(FEED, headers={"If-None-Match": tag})
    assert (answer.status_code, "SUMMARY:Hội chợ đổi tên".encode() in answer.data) == (200, True)


def test_english_feed_speaks_english(client: FlaskClient, fair: Fair) -> None:
    body = client.get("/en/calendar/quang-ninh.ics").data
    assert b"X-WR-CALNAME:OCOP fairs in Qu" in body
    assert f"URL:http://127.0.0.1:8000/en/fairs/{fair.slug}".encode() in body.replace(b"\r\n ", b"")


def test_download_is_a_file_without_a_calendar_name(client: FlaskClient, fair: Fair) -> None:
    feed, file = (client.get(f"/calendar/fairs/{fair.slug}.ics{query}") for query in ("", "?download=1"))
    assert (b"X-WR-CALNAME" in feed.data, b"X-WR-CALNAME" in file.data) == (True, False)
    assert file.headers["Content-Disposition"].split(";")[0] == "attachment"


def test_feed_of_a_draft_is_not_found_and_of_a_withdrawn_fair_gone(
    client: FlaskClient, session: Session, organiser: OrganiserPlayer, fair: Fair
) -> None:
    draft = a_draft_fair(session, organiser, name="Bí mật")
    withdraw_from_public(session, organiser.actor, fair)
    session.commit()
    codes = [client.get(f"/calendar/fairs/{slug}.ics").status_code for slug in (draft.slug, fair.slug, "no-such")]
    assert codes == [404, 410, 404]


@hypothesis_settings(max_examples=25)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=150))
def test_no_name_breaks_the_feed(client: FlaskClient, session: Session, fair: Fair, name: str) -> None:
    fair.name_vi = name.replace("\0", "") or "x"
    fair.name_en = ""
    session.commit()
    client.application.extensions["page_cache"].forget_revision()
    body = client.get(FEED).data
    calendar = Calendar.from_ical(body)
    (event,) = calendar.walk("VEVENT")
    assert (calendar.errors, event.errors) == ([], [])
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert [line[:8] for line in body.split(b"\r\n")].count(b"SUMMARY:") <= 1


def _close(app: Flask) -> None:
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()
