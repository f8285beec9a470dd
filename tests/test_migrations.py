"""Models and migrations agree, on each database."""

from __future__ import annotations

from flask.testing import FlaskCliRunner


def test_models_and_migrations_agree(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["db", "check"])
    assert (result.exit_code, result.exception) == (0, None)
