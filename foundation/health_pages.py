"""Audience: anyone. Whether the process lives (/healthz) and can serve (/readyz)."""

from __future__ import annotations

from flask import Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from foundation.audience import Audience, Pages, audience_suffices
from foundation.database import SQLITE
from foundation.flask_database import current_session, db

pages = Pages("health", __name__, audience=Audience.ANYONE)
SAFE_SQLITE = (3, 51, 3)
"""Below this a database in WAL mode can be lost (the WAL-reset fault)."""


@pages.page("/healthz", may=audience_suffices)
def alive() -> Response:
    """The process answers."""
    return _answer({"status": "ok"}, 200)


@pages.page("/readyz", may=audience_suffices)
def ready() -> Response:
    """The database answers too."""
    try:
        current_session().execute(text("SELECT 1"))
    except (SQLAlchemyError, TimeoutError):
        return _answer({"status": "database unavailable"}, 503)
    facts: dict[str, object] = {"status": "ok", "database": db.engine.dialect.name}
    if db.engine.dialect.name == "sqlite":
        facts["sqlite"] = SQLITE.sqlite_version
        if SQLITE.sqlite_version_info < SAFE_SQLITE:
            facts["warning"] = "this SQLite has the WAL-reset fault; use 3.51.3 or newer"
    return _answer(facts, 200)


def _answer(facts: dict[str, object], status: int) -> Response:
    response = jsonify(facts)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
