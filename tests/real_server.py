"""Starts what ./run starts, on a free port with a data folder of its own, and watches its processes."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.forked_server import ForkedProcess

ROOT = Path(__file__).resolve().parent.parent
CPUCLOCK_SCHED = 2
RUN = (ROOT / "run").read_text(encoding="utf-8")
LEANNESS = dict(re.findall(r"\b(MALLOC_\w+|PYTHONNODEBUGRANGES)=(\d+)", RUN))
"""What `./run` tells the C library and Python about memory: measured and tested is what is shipped."""
PATIENCE = 400
"""Seconds for making the demonstration; a machine eight times slower than usual needs 150."""


def free_port() -> int:
    """A port of loopback that nobody uses at this moment."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def server_environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    """The environment of a server or command that keeps everything in the folder; nothing of ours leaks in."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    ours = {"DATA_DIR": str(folder), "PORT": str(port), "PYTHONWARNINGS": "default"}
    return kept | LEANNESS | ours | more


class RealServer:
    """A server process; `url` is its address."""

    def __init__(self, command: list[str], port: int, environment: Mapping[str, str], output: Path) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.output = output
        self.started = time.monotonic()
        output.touch()
        self.process = self.launch(command, environment)

    def launch(self, command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes] | ForkedProcess:
        """Start the command in a session of its own; what it prints goes to `output`."""
        with self.output.open("wb") as file:
            return subprocess.Popen(
                command, cwd=ROOT, env=dict(environment), stdout=file, stderr=file, start_new_session=True
            )

    def wait_until(self, path: str, seconds: float = 120) -> float:
        """Wait until the path answers 200; answers how many seconds that took since the start."""
        while time.monotonic() - self.started < seconds:
            if self.process.poll() is not None:
                raise RuntimeError(self.output.read_text())
            try:
                if self.get(path) == http.HTTPStatus.OK:
                    return time.monotonic() - self.started
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"no answer from {path} in {seconds} s: {self.output.read_text()}")

    def wait_for_line(self, beginning: str, seconds: float = 30) -> str:
        """Wait until the server prints a line that begins so; answers the line."""
        while time.monotonic() - self.started < seconds:
            lines = self.output.read_text().splitlines()
            if found := [line for line in lines if line.startswith(beginning)]:
                return found[0]
            time.sleep(0.02)
        raise RuntimeError(f"{beginning!r} was not printed in {seconds} s: {self.output.read_text()}")

    def get(self, path: str, timeout: float = 15) -> int:
        """The status that a fresh connection gets for a path."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            return response.status
        finally:
            connection.close()

    def stop(self, number: signal.Signals = signal.SIGINT) -> float:
        """Press Ctrl-C; answers how many seconds it took to end. Kills what does not end in 10 s."""
        began = time.monotonic()
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                for pid in [*self.descendants(), self.process.pid]:
                    os.kill(pid, signal.SIGKILL)
                self.process.wait(timeout=5)
        return time.monotonic() - began

    def descendants(self) -> list[int]:
        """All living processes below the server."""
        parents: dict[int, int] = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                fields = _read(folder / "stat").rpartition(")")[2].split()
                if fields and fields[0] != "Z":
                    parents[int(folder.name)] = int(fields[1])
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return sorted(found - {self.process.pid})

    def cpu_seconds(self) -> float:
        """Processor time that the server and all below it have used, to the microsecond."""
        return sum(time.clock_gettime(~pid << 3 | CPUCLOCK_SCHED) for pid in [self.process.pid, *self.descendants()])

    def largest_process_megabytes(self) -> float:
        """Resident memory of the largest process below the server: the worker."""
        return max((_resident_kilobytes(pid) for pid in self.descendants()), default=0) / 1024


def _resident_kilobytes(pid: int) -> int:
    lines = _read(Path(f"/proc/{pid}/status")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process ended between listing and reading
        return ""


def product_command() -> list[str]:
    """What ./run starts at its end."""
    return [sys.executable, "-OO", "serve.py"]


def prepare_product(environment: Mapping[str, str], *, demonstration: bool) -> None:
    """Migrate, and fill when asked: what ./run does before it serves."""
    command = [sys.executable, "-OO", "serve.py", "--prepare", *([] if demonstration else ["--empty"])]
    subprocess.run(command, cwd=ROOT, env=dict(environment), check=True, capture_output=True, timeout=PATIENCE)
