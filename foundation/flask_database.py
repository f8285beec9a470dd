"""The only binding between Flask and the database."""

from __future__ import annotations

from flask import Flask, g, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from foundation.database import Base, database_address, engine_options, prepare_engine, read_only
from foundation.settings import Settings

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def current_session() -> Session:
    """The session of this request (or command), as verbs take it."""
    return db.session()


def database_engine(app: Flask) -> Engine:
    """The engine the app is bound to."""
    with app.app_context():
        return db.engine


def connect_database(app: Flask, settings: Settings) -> None:
    """Bind engine and session to the app; safe requests read only."""
    app.config["SQLALCHEMY_DATABASE_URI"] = database_address(settings.database_url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    app.before_request(_read_only_when_safe)
    app.teardown_request(_write_again)


def _read_only_when_safe() -> None:
    g.read_only_token = read_only.set(request.method in SAFE_METHODS)


def _write_again(error: BaseException | None) -> None:
    token = g.pop("read_only_token", None)
    if token is not None:
        read_only.set(False)
