"""While the database is away visitors and calendar readers get the last good answer, and nobody an empty one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from foundation.calendar_answers import calendar_answer
from foundation.clock import now
from foundation.database import database_address, make_session
from foundation.flask_database import database_engine
from tests.cast import an_open_fair, an_organiser

pytestmark = pytest.mark.each_database

FEED = "/calendar/quang-ninh.ics"


@contextmanager
def database_away(app: Flask) -> Iterator[None]:
    """The app's database cannot be reached within this block."""
    engine = database_engine(app)
    url = engine.url
    app.extensions["page_cache"].forget_revision()
    engine.dispose()
    if url.get_backend_name() == "sqlite":
        there = Path(str(url.database))
        gone = there.with_suffix(".gone")
        for ending in ("", "-wal", "-shm"):
            if (part := Path(f"{there}{ending}")).exists():
                part.rename(f"{gone}{ending}")
        there.mkdir()
        yield
        there.rmdir()
        for part in gone.parent.glob(f"{gone.name}*"):
            part.rename(f"{there}{part.name.removeprefix(gone.name)}")
    else:
        _let_in(url, False)
        yield
        _let_in(url, True)
    app.extensions["page_cache"].forget_revision()


def _let_in(url: sa.URL, allowed: bool) -> None:
    """Whether anybody may connect to the database; who is connected is thrown out."""
    address = database_address(url.set(database="postgres").render_as_string(hide_password=False))
    elsewhere = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with elsewhere.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS {allowed}")
        end = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
        connection.execute(end, {"name": url.database})


@pytest.fixture
def fair_slug(app: Flask, engine: sa.Engine) -> str:
    """An open fair, made by a session that is closed again."""
    with make_session(engine) as session:
        slug = an_open_fair(session, an_organiser(session)).slug
        session.commit()
    engine.dispose()
    return slug


def test_last_good_answer_is_given_while_the_database_is_away(app: Flask, fair_slug: str) -> None:
    client = app.test_client(use_cookies=False)
    paths = [FEED, f"/calendar/fairs/{fair_slug}.ics", "/", f"/fairs/{fair_slug}", f"/en/fairs/{fair_slug}"]
    before = {path: client.get(path) for path in paths}
    with database_away(app):
        during = {path: client.get(path) for path in paths}
        unchanged = client.get(FEED, headers={"If-None-Match": before[FEED].headers["ETag"]})
        never_asked = client.get("/fairs?q=chua+hoi")
        ready = client.get("/readyz")
    assert {path: answer.status_code for path, answer in during.items()} == dict.fromkeys(paths, 200)
    assert all(during[path].data == before[path].data for path in paths)
    assert (unchanged.status_code, never_asked.status_code, ready.status_code) == (304, 503, 503)
    assert client.get("/fairs?q=chua+hoi").status_code == 200


def test_feed_that_nobody_has_asked_for_is_an_error_and_no_empty_calendar(app: Flask, fair_slug: str) -> None:
    client = app.test_client(use_cookies=False)
    with database_away(app):
        answer = client.get(FEED)
    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"BEGIN:VEVENT" in client.get(FEED).data


@pytest.mark.parametrize("body", [b"", b"BEGIN:VCALENDAR\r\n", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR"])
def test_what_is_no_whole_calendar_is_not_sent(body: bytes) -> None:
    with pytest.raises(ValueError, match="no whole calendar"):
        calendar_answer(body, now(), "lich", "Lịch")
