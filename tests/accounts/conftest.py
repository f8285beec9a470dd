"""Browsers for the tests of accounts: they carry cookies and tokens as a person's browser does."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from accounts.sign_up import register_person
from accounts.user import User
from foundation.database import make_session
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import PASSWORD

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """A visitor at one network address."""

    def __init__(self, app: Flask, address: str = "203.0.113.7", base_url: str = "http://127.0.0.1:8000") -> None:
        self.client = app.test_client()
        self.where = {"REMOTE_ADDR": address}
        self.base_url = base_url
        self.host = urlsplit(base_url).hostname or ""
        self.cookie_name = app.config["SESSION_COOKIE_NAME"]

    def get(self, path: str, **options: object) -> TestResponse:
        """Open a page."""
        return self.client.get(path, environ_overrides=self.where, base_url=self.base_url, **options)

    def send(self, path: str, form_on: str = "/forgot-password", **typed: str) -> TestResponse:
        """Send a form with the token that the page `form_on` shows."""
        token = TOKEN.search(self.get(form_on).text)
        data = {**typed, "csrf_token": token.group(1) if token else ""}
        return self.client.post(path, data=data, environ_overrides=self.where, base_url=self.base_url)

    def sign_in(self, email: str, password: str = PASSWORD, **typed: str) -> TestResponse:
        """Fill in the sign-in form."""
        return self.send("/sign-in", email=email, password=password, **typed)

    def cookie(self) -> str:
        """What the cookie of the session holds."""
        found = self.client.get_cookie(self.cookie_name, self.host)
        assert found is not None
        return found.value

    def use_cookie(self, value: str) -> None:
        """Put a copied cookie in."""
        self.client.set_cookie(self.cookie_name, value, domain=self.host)

    def is_signed_in(self) -> bool:
        """Whether the account page opens."""
        return self.get("/account").status_code == 200


def reason_of(act: Callable[[], object]) -> str:
    try:
        act()
    except Refused as refusal:
        return refusal.reason
    return "done"


def at_once(engine: sa.Engine, *acts: Callable[[Session], object]) -> list[str]:
    """Each act in a transaction of its own, all begun together; what came of each."""
    ready = Barrier(len(acts))

    def play(act: Callable[[Session], object]) -> str:
        with make_session(engine) as session:
            ready.wait(timeout=20)
            reason = reason_of(lambda: act(session))
            if reason == "done":
                session.commit()
            else:
                session.rollback()
            return reason

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(play, acts))


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """One visitor."""
    return Visitor(app)


@pytest.fixture
def another_visitor(app: Flask) -> Callable[..., Visitor]:
    """Further visitors: `another_visitor(address="198.51.100.2")`."""

    def make(**options: str) -> Visitor:
        return Visitor(app, **options)

    return make


@pytest.fixture
def store(session: Session) -> Session:
    """A session beside the app's, for preparing and for looking; commit what the app should see."""
    return session


@pytest.fixture
def look(store: Session) -> Callable[..., object]:
    """What a question finds, detached: no transaction stays open that the app would have to wait for."""

    def ask(question: Callable[[Session], object]) -> object:
        found = question(store)
        store.expunge_all()
        store.rollback()
        return found

    return ask


@pytest.fixture
def person(store: Session) -> User:
    """Somebody confirmed who can sign in with the cast's password."""
    made = register_person(store, email="ha@halong.example", name="Nguyễn Thị Hà", password=PASSWORD, confirmed=True)
    store.commit()
    store.expunge_all()
    return made


@pytest.fixture
def letters(look: Callable[..., list[OutboxLetter]]) -> Callable[[], list[OutboxLetter]]:
    """All letters written so far, oldest first."""

    return lambda: look(lambda session: list(session.query(OutboxLetter).order_by(OutboxLetter.id)))
