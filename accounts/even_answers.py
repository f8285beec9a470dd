"""Lets answers take the same time whatever was found, so that a clock cannot tell who has an account."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

EVEN_SECONDS = 0.15
"""Longer than the work of any of the answers: hashing takes 20 ms, the writes about 10 ms."""


@contextmanager
def even_answer(seconds: float = EVEN_SECONDS) -> Iterator[None]:
    """Wait at the end until this much time has passed since the beginning; commit inside, so nobody waits for us."""
    began = time.perf_counter()
    try:
        yield
    finally:
        left = seconds - (time.perf_counter() - began)
        if left > 0:
            time.sleep(min(left, seconds))
