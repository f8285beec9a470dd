"""What keeps ./run from starting, or from showing what is no stranger's business, is one clear sentence."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.prepared_folder import DATABASE, fill_folder
from tests.real_server import ROOT, RealServer, free_port, server_environment
from tests.servers.environment import needs_environment


def run(folder: Path, port: int, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / "run"), *arguments],
        cwd="/",
        env=server_environment(folder, port, **environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@needs_environment
def test_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        done = run(tmp_path / "data", port, "--empty")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"Cổng {port} đang được dùng, hãy chọn cổng khác: PORT={port + 1} ./run"
        f" / Port {port} is in use, choose another one.\n"
    )


@needs_environment
def test_unwritable_folder_is_one_sentence(tmp_path: Path) -> None:
    taken = tmp_path / "a-file"
    taken.write_text("not a folder")
    done = run(taken / "data", free_port(), "--empty", SECRET_KEY="x" * 40)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"Không ghi được vào thư mục dữ liệu {taken / 'data'} (Not a directory) / DATA_DIR cannot be written.\n"
    )


@needs_environment
def test_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    silent = f"127.0.0.1:{free_port()}"
    done = run(tmp_path / "data", free_port(), "--empty", DATABASE_URL=f"postgresql://fair:secret@{silent}/fair")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"Không nối được cơ sở dữ liệu {silent} (OperationalError) / DATABASE_URL: the database does not answer.\n"
    )


@needs_environment
def test_others_than_this_machine_get_no_demonstration_accounts(tmp_path: Path) -> None:
    folder, port = tmp_path / "data", free_port()
    fill_folder(folder)  # still without an account
    everywhere = {"HOST": "0.0.0.0", "BASE_URL": f"http://127.0.0.1:{port}"}  # noqa: S104 - what is tried
    environment = server_environment(folder, port) | everywhere
    server = RealServer(["sh", str(ROOT / "run")], port, environment, tmp_path / "log")
    try:
        server.wait_until("/readyz")
    finally:
        server.stop()
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        assert database.execute('SELECT count(*) FROM "user"').fetchone() == (0,)
    assert not (folder / "demo-accounts.txt").exists()


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({}, "Cần Python 3.11 trở lên, máy này chưa có / Python 3.11 or newer is needed and was not found."),
        (
            {"PYTHON": "python3"},
            "PYTHON=python3: không có, hoặc cũ hơn Python 3.11 / is not there, or is older than Python 3.11.",
        ),
        (
            {"PYTHON": "/nowhere/a python"},
            "PYTHON=/nowhere/a python: không có, hoặc cũ hơn Python 3.11 / is not there, or is older than Python 3.11.",
        ),
    ],
)
def test_old_or_missing_python_is_one_sentence(tmp_path: Path, named: dict[str, str], told: str) -> None:
    """Played on a copy with a PATH whose only Python says it is old."""
    copy = tmp_path / "copy"
    programs = tmp_path / "bin"
    copy.mkdir()
    programs.mkdir()
    (copy / "run").write_bytes((ROOT / "run").read_bytes())
    (programs / "python3").write_text("#!/bin/sh\nexit 1\n")
    (programs / "python3").chmod(0o755)
    for name in ("sh", "dirname"):
        (programs / name).symlink_to(Path("/bin") / name if (Path("/bin") / name).exists() else Path("/usr/bin") / name)
    environment = {"PATH": str(programs), **named}
    done = subprocess.run(
        [programs / "sh", "run"], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{told}\n")


@needs_environment
def test_unknown_argument_is_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path / "data", free_port(), "--fast")
    assert (done.returncode, done.stderr) == (1, "./run không hiểu / does not know: --fast (./run --help)\n")
