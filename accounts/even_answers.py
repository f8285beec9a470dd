"""Lets answers take the same time whatever was found, so that a clock cannot tell who has an account."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

EVEN_SECONDS = 0.15
"""Longer than the work of any of the answers: hashing takes 20 ms, the writes about 10 ms."""

_seconds = EVEN_SECONDS


def set_even_seconds(seconds: float) -> None:
    """Answer after this time from now on: tests send a thousand of these forms."""
    global _seconds  # noqa: PLW0603 - one time for the whole process is the point
    _seconds = seconds


@contextmanager
def even_answer() -> Iterator[None]:
    """Wait at the end until the time has passed since the beginning; commit inside, so nobody waits for us."""
    began, seconds = time.perf_counter(), _seconds
    try:
        yield
    finally:
        left = seconds - (time.perf_counter() - began)
        if left > 0:
            time.sleep(min(left, seconds))
