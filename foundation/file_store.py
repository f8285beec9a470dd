"""Where the bytes of kept files lie: a folder of random names below DATA_DIR, readable by the program alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder; `key` is always our own random hexadecimal word, so no name of a stranger becomes a path."""

    root: Path

    def path(self, key: str, ending: str) -> Path:
        """Where a copy lies, as "ab/ab12…-large.jpg"."""
        return self.root / key[:2] / f"{key}-{ending}"

    def write(self, key: str, ending: str, content: bytes) -> Path:
        """Write a copy; it is there whole or not at all."""
        path = self.path(key, ending)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = path.with_suffix(".part")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        return path

    def all_files(self) -> Iterator[tuple[str, Path]]:
        """Key and path of everything that lies there."""
        for path in self.root.glob("??/*"):
            yield path.name.partition("-")[0], path
