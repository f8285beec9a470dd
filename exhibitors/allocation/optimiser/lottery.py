"""The draw that anyone can replay: a seed committed by its SHA-256 before the call closes, revealed with the results.

Everybody has one ticket for the whole fair, made from the seed and the application's id alone; the lower number wins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def commitment_of(seed: str) -> str:
    """What is published before the call closes: 64 hexadecimal digits that fix the seed and reveal nothing of it."""
    return hashlib.sha256(seed.encode()).hexdigest()


def opens(seed: str, commitment: str) -> bool:
    """Whether a revealed seed is the one that was committed to."""
    return commitment_of(seed) == commitment.lower()


def ticket(seed: str, application_id: str) -> int:
    """The ticket of an application: 64 bits, the first 16 hexadecimal digits of SHA-256(seed ":" id)."""
    return int(hashlib.sha256(f"{seed}:{application_id}".encode()).hexdigest()[:16], 16)


def drawn(seed: str, application_ids: Iterable[str]) -> list[str]:
    """Applications in the order of their tickets."""
    return sorted(application_ids, key=lambda id_: (ticket(seed, id_), id_))
