"""The sign over a booth: what is printed there unless the unit types something else."""

from __future__ import annotations

from textwrap import shorten

LONGEST_FASCIA = 80


def usual_fascia(name: str) -> str:
    """The name of the unit; one too long for the sign ends after its last whole word that fits."""
    return shorten(name, LONGEST_FASCIA, placeholder="") or name[:LONGEST_FASCIA]
