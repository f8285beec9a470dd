"""Binds the migration tool to the app, only where migrations run: a web worker saves its 11 MB."""

from __future__ import annotations

import sys
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, upgrade

from foundation.flask_database import db

DIRECTORY = Path(__file__).resolve().parent.parent / "migrations"


def bind_migrations(app: Flask) -> None:
    """Make `flask db …` work on this app."""
    if "migrate" not in app.extensions:
        Migrate(render_as_batch=True).init_app(app, db, directory=str(DIRECTORY))


def migrate_to_newest(app: Flask) -> None:
    """Bring the database's tables up to the newest revision, if they are not.

    Raises SystemExit with one sentence when a newer program has had the database: it names a revision unknown here.
    """
    bind_migrations(app)
    scripts = ScriptDirectory(str(DIRECTORY))
    with app.app_context():
        with db.engine.connect() as connection:
            present = set(MigrationContext.configure(connection).get_current_heads())
        if present == set(scripts.get_heads()):
            return
        if strange := present - {script.revision for script in scripts.walk_revisions()}:
            sys.exit(
                f"Cơ sở dữ liệu đã được một bản chương trình mới hơn nâng cấp ({', '.join(strange)}); hãy chạy bản mới"
                " ấy hoặc khôi phục bản sao lưu / The database was brought up to date by a newer version of the"
                " program: run that version, or restore a backup."
            )
        upgrade()
