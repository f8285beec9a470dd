"""Figures beside their bars, and which of them miss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Out = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Judged:
    """One figure beside its bar."""

    name: str
    figure: float
    bar: float
    unit: str

    @property
    def is_missed(self) -> bool:
        """Whether the figure lies above the bar."""
        return self.figure > self.bar

    def __str__(self) -> str:
        return f"{self.name}: {self.figure:.2f} {self.unit} (bar {self.bar:g})"


def print_misses(judged: Sequence[Judged], out: Out) -> list[Judged]:
    """Say how many of the bars are missed, then each; answers those."""
    misses = [one for one in judged if one.is_missed]
    out(f"misses: {len(misses)} of {len(judged)} bars")
    for one in misses:
        out(f"  {one}")
    return misses
