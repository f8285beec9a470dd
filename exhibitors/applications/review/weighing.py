"""Weighs points into one number from 0 to 100, and many reviews into their middle and their spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Weighed:
    """Whole reviews of one application, 0 to 100: mean and median rounded half up, the lowest and the highest."""

    reviews: int
    mean: int
    median: int
    lowest: int
    highest: int

    @property
    def spread(self) -> int:
        """How far the reviewers are apart."""
        return self.highest - self.lowest


def total_of(points: Mapping[int, int], weights: Mapping[int, int], most: int) -> Fraction | None:
    """One review, from 0 (everywhere the fewest points, 1) to 100 (everywhere `most`); None unless it is whole.

    `points` and `weights` by criterion; points for criteria that are no longer asked do not count.
    """
    if not weights or not weights.keys() <= points.keys():
        return None
    sum_of_weights = sum(weights.values())
    reached = sum((Fraction(points[key] - 1, most - 1) * weight for key, weight in weights.items()), Fraction(0))
    return 100 * reached / sum_of_weights


def weigh(totals: Sequence[Fraction]) -> Weighed | None:
    """What whole reviews come to together; None where there are none."""
    if not totals:
        return None
    from statistics import median  # reason: few requests weigh anything

    mean = sum(totals, Fraction(0)) / len(totals)
    return Weighed(
        len(totals), half_up(mean), half_up(Fraction(median(totals))), half_up(min(totals)), half_up(max(totals))
    )


def half_up(number: Fraction) -> int:
    """The nearest whole number, of two equally near ones the higher."""
    return int(number + Fraction(1, 2))
