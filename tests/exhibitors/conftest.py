"""Browsers and players for the tests of exhibitors' pages; `store` prepares what the app should see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from events.fairs.fair import Fair
from tests.cast import OrganiserPlayer, ProducerPlayer, a_producer, an_open_fair, an_organiser
from tests.signed_in import sign_in

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from tests.scenes import Play

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """A person's browser without JavaScript: it sends the token that it was shown."""

    def __init__(self, app: Flask, email: str = "") -> None:
        self.client = app.test_client()
        self.token = ""
        if email:
            self.token = sign_in(app, self.client, email)

    def get(self, path: str) -> TestResponse:
        """Open a page and remember its token."""
        answer = self.client.get(path)
        found = TOKEN.search(answer.text)
        self.token = found.group(1) if found else self.token
        return answer

    def post(self, path: str, **typed: Any) -> TestResponse:
        """Send a form."""
        return self.client.post(path, data={**typed, "csrf_token": self.token})


@pytest.fixture
def visit(app: Flask, store: Session) -> Callable[..., Visitor]:
    """`visit()` is nobody in particular, `visit(email)` is signed in; what `store` holds is committed first."""

    def make(email: str = "") -> Visitor:
        store.commit()
        return Visitor(app, email)

    return make


@pytest.fixture
def store(session: Session) -> Session:
    """A session beside the app's, for preparing and for looking; commit what the app should see."""
    return session


@pytest.fixture
def organiser(play: Play) -> OrganiserPlayer:
    """Who runs the fair."""
    return play(an_organiser)


@pytest.fixture
def fair(play: Play, organiser: OrganiserPlayer) -> Fair:
    """A fair that takes applications."""
    return play(an_open_fair, organiser)


@pytest.fixture
def player(play: Play) -> ProducerPlayer:
    """Who applies."""
    return play(a_producer)


@pytest.fixture
def count_queries(app: Flask) -> Callable[..., Any]:
    """`with count_queries() as seen: …` fills the list `seen` with the statements of the app."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            seen.append(statement)

        with app.app_context():
            engine = app.extensions["sqlalchemy"].engine
        sa.event.listen(engine, "before_cursor_execute", note)
        yield seen
        sa.event.remove(engine, "before_cursor_execute", note)

    return count
