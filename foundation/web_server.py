"""The web server as we ship it (decision 0001), and what is looked at before it starts."""

from __future__ import annotations

import errno
import socket
import tempfile
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.common import AbstractServer

from foundation.slow_clients import WAITING_ROOM

STOP_SECONDS = 2
HEADERS_WITHIN_MILLISECONDS = 20_000


class CannotServe(Exception):
    """Why the server does not start, in one sentence for the person at the terminal."""


def web_server(name: str, host: str, port: int, workers: int) -> AbstractServer[Any]:
    """The web server as we ship it (decision 0001); the benchmark serves its plain app the same way."""
    return Granian(
        name,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN_MILLISECONDS),
        websockets=False,
        workers=workers,
        blocking_threads=WAITING_ROOM,
        workers_kill_timeout=STOP_SECONDS,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
    )


def refuse_closed_folder(folder: Path) -> None:
    """Raises CannotServe when the data folder cannot be made or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CannotServe(
            f"Không ghi được vào thư mục dữ liệu {folder} ({error.strerror}) / DATA_DIR cannot be written."
        ) from None


def refuse_taken_port(host: str, port: int) -> None:
    """Raises CannotServe when something listens there already.

    The server itself would not notice: its workers share the port by SO_REUSEPORT, even with another server.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotServe(
                f"Cổng {port} đang được dùng, hãy chọn cổng khác: PORT={port + 1} ./run"
                f" / Port {port} is in use, choose another one."
            ) from None
        raise CannotServe(f"Không mở được {host}:{port} ({error.strerror}) / Cannot listen on {host}:{port}.") from None
