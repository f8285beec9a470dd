"""Signs people in without the form, for tests of what they do afterwards; `tests/accounts` tests the form."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from accounts.sign_in import open_session
from accounts.user import User
from foundation.database import make_session
from foundation.flask_database import database_engine

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

CSRF_RAW = hashlib.sha1(b"the token of the tests", usedforsecurity=False).hexdigest()


def csrf_token(app: Flask) -> str:
    """The token that belongs to every cookie made here, as forms send it."""
    return str(URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(CSRF_RAW))


def cookie_of(app: Flask, token: str = "") -> str:
    """What the cookie of a browser holds: that of the session with this token, or nobody's."""
    facts: dict[str, object] = {"csrf_token": CSRF_RAW}
    if token:
        facts |= {"_user_id": token, "_fresh": True, "_permanent": True}
    return str(SecureCookieSessionInterface().get_signing_serializer(app).dumps(facts))


def sign_in(app: Flask, client: FlaskClient, email: str) -> str:
    """Sign this person in in a browser, with a session of their own as the form would open; the token for its forms.

    What the app should know of the person is committed before.
    """
    with make_session(database_engine(app)) as session:
        user = session.scalars(select(User).where(User.email == email)).one()
        token = open_session(session, user, device="Firefox, Windows")[1]
        session.commit()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie_of(app, token))
    return csrf_token(app)
