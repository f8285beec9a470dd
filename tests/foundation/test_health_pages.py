"""What the operator's watch is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from foundation.settings import Settings
from tests.ground import app_for


def test_living_process_says_so(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_ready_process_names_its_database(client: FlaskClient, database_kind: str) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["database"] == database_kind
    assert "warning" not in answer.json


def test_process_without_its_database_is_not_ready_and_lives(settings: Settings, tmp_path: Path) -> None:
    away = replace(settings, database_url=f"sqlite:///{tmp_path / 'gone' / 'away.db'}")
    client = app_for(away).test_client()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "database unavailable"})
    assert client.get("/healthz").status_code == 200
