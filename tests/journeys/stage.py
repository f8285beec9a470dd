"""What journeys stand on outside of fixtures: the browser of this machine, and a server on data of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.forked_server import SERVER
from tests.prepared_folder import DATABASE, fill_folder
from tests.real_server import PATIENCE, ROOT, RealServer, free_port, product_command, server_environment

BROWSERS = ("chromium", "chromium-headless-shell", "google-chrome", "chromium-browser")
LAUNCH = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_browser() -> str | None:
    """The path of this machine's browser; CHROMIUM goes before what is found."""
    names = [os.environ.get("CHROMIUM") or "", *BROWSERS]
    return next((path for name in names if name and (path := shutil.which(name))), None)


@contextmanager
def server_on(folder: Path, *commands: list[str], demonstration: bool = False) -> Iterator[RealServer]:
    """What ./run starts, with everything in the folder; `commands` are flask commands played before it serves.

    A folder that holds a database already is served as it is.
    """
    port = free_port()
    environment = server_environment(folder, port)
    if not (folder / DATABASE).exists():
        fill_folder(folder, demonstration=demonstration)
    flask = [sys.executable, "-m", "flask", "--app", "app"]
    for command in commands:
        subprocess.run([*flask, *command], cwd=ROOT, env=environment, check=True, capture_output=True, timeout=PATIENCE)
    server = SERVER(product_command(), port, environment, folder / "server.log")
    try:
        server.wait_until("/readyz")
        yield server
    finally:
        server.stop()
