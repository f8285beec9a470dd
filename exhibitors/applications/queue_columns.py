"""The columns of the queue, in their order: which there are and which stand there unless somebody chooses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

COLUMNS = (
    "place",
    "kind",
    "stars",
    "wishes",
    "booths",
    "neighbours",
    "coming",
    "papers",
    "checks",
    "score",
    "reviewers",
    "booth",
    "handed_in",
    "state",
)
"""Code, unit and products stand in every table."""
USUAL = ("place", "papers", "checks", "score", "booth", "state")
BESIDE = ("place", "papers", "score", "state")
"""The usual ones while an application is open beside the list."""


def chosen_columns(names: Iterable[str], usual: Sequence[str] = USUAL) -> list[str]:
    """The named columns in their own order; the usual ones where no known one is named."""
    wanted = set(names)
    chosen = [name for name in COLUMNS if name in wanted]
    return chosen or list(usual)
