"""Lets openpyxl be loaded without numpy, which it would only ask what a number is: 12 MB less in each web worker."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

LIBRARY = "numpy"


@contextmanager
def spared_numpy() -> Iterator[None]:
    """Within this block an import of numpy fails as if it were not installed, unless it is loaded already."""
    if LIBRARY in sys.modules:
        yield
        return
    sys.modules[LIBRARY] = None  # type: ignore[assignment]  # as the import system documents it
    try:
        yield
    finally:
        del sys.modules[LIBRARY]
