"""What ./run promises: it starts, answers and stops."""

from __future__ import annotations

import http.client
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.machine_speed import slowness_by_the_wall
from tests.prepared_folder import fill_folder, keep_folder
from tests.real_server import ROOT, RealServer, free_port, server_environment
from tests.servers.environment import needs_environment


@dataclass(frozen=True)
class Started:
    """What one start of ./run on an empty folder showed until it was stopped."""

    url: str
    printed: str
    server_header: str | None
    stopped_in: float
    exit_code: int
    open_to_others: list[str]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Started:
    folder = tmp_path_factory.mktemp("run")
    port = free_port()
    environment = server_environment(folder / "data", port)
    server = RealServer(["sh", str(ROOT / "run"), "--empty"], port, environment, folder / "log")
    server.wait_until("/readyz", seconds=60)
    printed = server.wait_for_line("Gian Hàng:", seconds=60)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.request("GET", "/healthz")
        name = connection.getresponse().headers["Server"]
    stopped_in = server.stop()
    open_to_others = [path.name for path in (folder / "data").rglob("*") if path.stat().st_mode & 0o077]
    keep_folder(folder / "data")
    return Started(server.url, printed, name, stopped_in, server.process.returncode, open_to_others)


@needs_environment
def test_run_starts_answers_prints_its_address_and_stops(started: Started) -> None:
    assert started.printed == f"Gian Hàng: {started.url}"
    assert (started.stopped_in < 3, started.exit_code) == (True, 0)


@needs_environment
def test_run_keeps_its_data_to_its_owner(started: Started) -> None:
    assert started.open_to_others == []


@needs_environment
def test_answer_names_no_version_of_the_server(started: Started) -> None:
    assert started.server_header == "granian"


@needs_environment
def test_second_run_starts_within_five_seconds(tmp_path: Path) -> None:
    def usual_seconds_to_answer() -> float:
        port = free_port()
        environment = server_environment(tmp_path / "data", port)
        server = RealServer(["sh", str(ROOT / "run")], port, environment, tmp_path / "log")
        taken = server.wait_until("/readyz", seconds=90)
        server.stop()
        return taken / slowness_by_the_wall()

    fill_folder(tmp_path / "data")  # templates and tables are there, of data there is none
    usual_seconds_to_answer()
    keep_folder(tmp_path / "data", demonstration=True)
    assert any(usual_seconds_to_answer() < 5 for _ in range(3))  # what others do on this machine only ever adds
