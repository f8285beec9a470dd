"""Models and migrations agree, on each database."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskCliRunner

from foundation.schema_migrations import bind_migrations


def test_models_and_migrations_agree(app: Flask, runner: FlaskCliRunner) -> None:
    bind_migrations(app)
    result = runner.invoke(args=["db", "check"])
    assert (result.exit_code, result.exception) == (0, None)
