"""The matrix of papers: who must bring which, and whether what was brought still holds. Pure rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exhibitors.producers.certificate_life import certificate_end
from foundation.refusal import Refused


class Need(StrEnum):
    """How much a paper is wanted, weakest first."""

    NOT_NEEDED = "not_needed"
    IF_AVAILABLE = "if_available"
    REQUIRED = "required"


STRENGTH = {need: place for place, need in enumerate(Need)}


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a paper must hold: on the fair's last day, and issued at most so many months before it."""

    on_last_day: bool = False
    most_months: int | None = None

    def objection(self, name: str, issued_on: date | None, expires_on: date | None, last_day: date) -> Refused | None:
        """Why a paper with these days does not do, or None: paper_needs_end, paper_ends_before, paper_needs_issue,
        paper_too_old.
        """
        if self.on_last_day and expires_on is None:
            return Refused("paper_needs_end", paper=name)
        if expires_on is not None and self.on_last_day and expires_on < last_day:
            return Refused("paper_ends_before", paper=name)
        if self.most_months is not None and issued_on is None:
            return Refused("paper_needs_issue", paper=name, months=self.most_months)
        too_old = self.most_months and issued_on and certificate_end(issued_on, self.most_months) < last_day
        return Refused("paper_too_old", paper=name, months=self.most_months) if too_old else None


def cell(group: str, kind: str) -> str:
    """The key of a cell of the matrix: a product group and a kind of unit."""
    return f"{group}:{kind}"


def need_of(default: str, cells: Mapping[str, str], kind: str, groups: Collection[str]) -> Need:
    """How much a unit of this kind that brings these groups must bring the paper: the strongest of its cells.

    A cell that says nothing is the default; a unit that brings nothing yet is asked by the default.
    """
    needs = [Need(cells.get(cell(group, kind), default)) for group in groups] or [Need(default)]
    return max(needs, key=STRENGTH.__getitem__)
