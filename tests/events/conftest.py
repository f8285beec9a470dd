"""An organiser at a browser without scripts, for the pages of fairs and plans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.cast import OrganiserPlayer, an_organiser
from tests.signed_in import sign_in

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from tests.scenes import Play

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class OrganiserBrowser:
    """Signed in as one person; sends forms with the token that the page itself shows."""

    def __init__(self, app: Flask, email: str) -> None:
        self.client = app.test_client()
        sign_in(app, self.client, email)

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def send(self, path: str, typed: dict[str, object], *, form_on: str | None = None) -> TestResponse:
        """Send a form; a list sends a field several times."""
        token = TOKEN.search(self.get(form_on or path).text)
        return self.client.post(path, data={**typed, "csrf_token": token.group(1) if token else ""})


@pytest.fixture
def player(play: Play) -> OrganiserPlayer:
    """The organiser of the cast."""
    return play(an_organiser)


@pytest.fixture
def desk(app: Flask, player: OrganiserPlayer) -> OrganiserBrowser:
    """The organiser's browser."""
    return OrganiserBrowser(app, player.user.email)


@pytest.fixture
def stranger(app: Flask, session: Session) -> OrganiserBrowser:
    """The browser of somebody who organises fairs elsewhere."""
    other = an_organiser(session, name="Trung tâm khác", email="btc@mongcai.example")
    session.commit()
    return OrganiserBrowser(app, other.user.email)
