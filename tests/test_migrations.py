"""Models and migrations agree, on each database."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskCliRunner

from foundation.database import Base
from foundation.flask_database import db
from foundation.partial_index import CONDITION
from foundation.schema_migrations import bind_migrations, migrate_to_newest

pytestmark = pytest.mark.each_database


def test_models_and_migrations_agree(app: Flask, runner: FlaskCliRunner) -> None:
    bind_migrations(app)
    result = runner.invoke(args=["db", "check"])
    assert (result.exit_code, result.exception) == (0, None)


def test_indexes_over_some_rows_are_so_in_the_database(app: Flask) -> None:
    named = {index.name for table in Base.metadata.sorted_tables for index in table.indexes if CONDITION in index.info}
    with app.app_context():
        inspector, option = sa.inspect(db.engine), f"{db.engine.dialect.name}_where"
        found = {
            index["name"]
            for table in inspector.get_table_names()
            for index in inspector.get_indexes(table)
            if option in index.get("dialect_options", {})
        }
    assert "uq_booth_assignment_holder" in found
    assert named == found


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
