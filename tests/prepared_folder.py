"""A data folder as `./run` leaves it before it serves: made once for a run of the tests, copied from then on.

Preparing compiles every template and plays every migration, which takes five seconds; a copy takes a few milliseconds.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.real_server import free_port, prepare_product, server_environment

PREPARED_FOLDERS = "TEST_PREPARED_FOLDERS"
"""Names the folder that all workers of a run share."""
DATABASE = "gian-hang.db"


def fill_folder(folder: Path, *, demonstration: bool = False) -> None:
    """Put a migrated database and compiled templates into an empty folder; the demonstration data when asked."""
    with _prepared(demonstration=demonstration) as prepared:
        if not prepared.exists():
            prepare_product(server_environment(prepared, free_port()), demonstration=demonstration)
    shutil.copytree(prepared, folder, dirs_exist_ok=True)


def keep_folder(folder: Path, *, demonstration: bool = False) -> None:
    """What ./run has left in the folder is what is copied from now on; nobody may write there any more."""
    with _prepared(demonstration=demonstration) as prepared:
        if not prepared.exists():
            shutil.copytree(folder, prepared)


@contextmanager
def _prepared(*, demonstration: bool) -> Iterator[Path]:
    """Where it lies, for one process after the other; what fails within leaves nothing there."""
    with one_at_a_time("demonstration" if demonstration else "empty") as prepared:
        try:
            yield prepared
        except BaseException:
            shutil.rmtree(prepared, ignore_errors=True)
            raise


@contextmanager
def one_at_a_time(name: str) -> Iterator[Path]:
    """Where something of this name lies, or will lie: no other process of the run looks or writes meanwhile."""
    place = Path(os.environ[PREPARED_FOLDERS]) / name
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place
