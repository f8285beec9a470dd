"""A data folder as `./run` leaves it before it serves: made once for a run of the tests, copied from then on.

Preparing compiles every template and plays every migration, which takes five seconds; a copy takes a few milliseconds.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from tests.real_server import free_port, prepare_product, server_environment

PREPARED_FOLDERS = "TEST_PREPARED_FOLDERS"
"""Names the folder that all workers of a run share."""
DATABASE = "gian-hang.db"


def fill_folder(folder: Path, *, demonstration: bool = False) -> None:
    """Put a migrated database and compiled templates into an empty folder; the demonstration data when asked."""
    shared = Path(os.environ[PREPARED_FOLDERS])
    prepared = shared / ("demonstration" if demonstration else "empty")
    done = prepared.with_suffix(".done")
    with prepared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            prepared.mkdir()
            prepare_product(server_environment(prepared, free_port()), demonstration=demonstration)
            done.touch()
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
