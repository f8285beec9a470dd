"""Models and migrations agree, on each database."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskCliRunner

from foundation.flask_database import db
from foundation.schema_migrations import bind_migrations, migrate_to_newest


def test_models_and_migrations_agree(app: Flask, runner: FlaskCliRunner) -> None:
    bind_migrations(app)
    result = runner.invoke(args=["db", "check"])
    assert (result.exit_code, result.exception) == (0, None)


def test_database_of_a_newer_program_is_one_sentence(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        present = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'of_tomorrow'"))
    try:
        with pytest.raises(SystemExit, match="newer version of the program"):
            migrate_to_newest(app)
    finally:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = :present"), {"present": present})
