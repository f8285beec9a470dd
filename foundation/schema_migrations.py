"""Binds the migration tool to the app, only where migrations run: a web worker saves its 11 MB."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate, upgrade

from foundation.flask_database import db

DIRECTORY = Path(__file__).resolve().parent.parent / "migrations"


def bind_migrations(app: Flask) -> None:
    """Make `flask db …` work on this app."""
    if "migrate" not in app.extensions:
        Migrate(render_as_batch=True).init_app(app, db, directory=str(DIRECTORY))


def migrate_to_newest(app: Flask) -> None:
    """Bring the database's tables up to the newest revision."""
    bind_migrations(app)
    with app.app_context():
        upgrade()
