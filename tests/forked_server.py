"""Servers that are forked from one process in which everything is imported: the same server, without two seconds of
imports for each. Journeys begin dozens; that a start as people have it works is proved in `servers/`.
"""

from __future__ import annotations

import functools
import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, cast

from tests.real_server import ROOT, RealServer, server_environment


class ForkedProcess:
    """What of `subprocess.Popen` a server's owner needs, for a process that is not our child."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._descriptor: int | None = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """None while the process lives; 0 afterwards, whatever it ended with."""
        try:
            self.wait(0)
        except subprocess.TimeoutExpired:
            return None
        return 0

    def wait(self, timeout: float) -> None:
        """Wait for the end; raises TimeoutExpired when it has not come after so many seconds."""
        if self._descriptor is None:
            return
        with selectors.DefaultSelector() as selector:
            selector.register(self._descriptor, selectors.EVENT_READ)
            if not selector.select(timeout):
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
        os.close(self._descriptor)
        self._descriptor = None


class ForkedServer(RealServer):
    """A server as ./run starts it, forked instead of started; the command names the interpreter and `serve.py`."""

    def launch(self, command: list[str], environment: Mapping[str, str]) -> ForkedProcess:
        """Ask the mother of all servers of this interpreter for one."""
        mother = _mother_of(*command[:-1])
        asked, answered = cast("IO[str]", mother.stdin), cast("IO[str]", mother.stdout)
        asked.write(json.dumps({"environment": dict(environment), "output": str(self.output)}) + "\n")
        asked.flush()
        return ForkedProcess(int(answered.readline()))


SERVER = ForkedServer if hasattr(os, "pidfd_open") else RealServer
"""Elsewhere than on Linux each is started by itself."""


@functools.cache
def _mother_of(*interpreter: str) -> subprocess.Popen[str]:
    """The process that forks servers, started once for each worker, whose end it hears and follows."""
    return subprocess.Popen(
        [*interpreter, "-m", "tests.forked_server"],
        cwd=ROOT,
        env=server_environment(Path(os.devnull), 0),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )


def fork_when_asked() -> None:
    """Import what a server needs, then fork one for each line that comes in; its process number is the answer."""
    import serve  # reason: needed here alone, the process of the tests stays without
    from foundation.garbage import gather_from_now_on  # reason: the same, and none is looked for meanwhile
    from pages import page_modules  # reason: the same

    page_modules()
    gather_from_now_on()  # once for all of them
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever ends leaves nothing behind
    for line in sys.stdin:
        request = json.loads(line)
        if not (pid := os.fork()):
            _become_server(request["environment"], request["output"])
            sys.exit(serve.main([]))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _become_server(environment: dict[str, str], output: str) -> None:
    """Be as a process that was started: a session, streams and an environment of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    written = os.open(output, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for stream, descriptor in (
        (sys.stdin, os.open(os.devnull, os.O_RDONLY)),
        (sys.stdout, written),
        (sys.stderr, written),
    ):
        os.dup2(descriptor, stream.fileno())
    os.environ.clear()
    os.environ.update(environment)


if __name__ == "__main__":
    fork_when_asked()
