"""QR codes as runs of dark modules, for pictures on the screen and for paper."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import NamedTuple


class DarkRun(NamedTuple):
    """Dark modules beside each other in one row, counted from the left and from the top."""

    left: int
    top: int
    length: int


@lru_cache(maxsize=256)  # choosing among eight masks takes ten milliseconds, and every reader asks for the same codes
def qr_runs(address: str) -> tuple[int, tuple[DarkRun, ...]]:
    """How many modules a side has, without a quiet zone, and all dark runs; 15 % of the code may be spoilt."""
    import segno  # reason: 1 MB that only the first code of a process wants

    rows = [[bool(module & 1) for module in row] for row in segno.make_qr(address, error="m").matrix]
    runs: list[DarkRun] = []
    for top, row in enumerate(rows):
        left = 0
        for dark, modules in groupby(row):
            length = len(list(modules))
            if dark:
                runs.append(DarkRun(left, top, length))
            left += length
    return len(rows), tuple(runs)
