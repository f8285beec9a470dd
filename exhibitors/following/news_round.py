"""One round of telling followers what is new: when, how patiently, and what its links are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SETTLES_WITHIN = timedelta(minutes=10)
"""A change is told when nothing was corrected for so long: three corrections in a row make one letter."""
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Round:
    """When it is told, and what links in letters are made of."""

    moment: datetime
    secret: str
    base_url: str

    @property
    def links(self) -> dict[str, str]:
        """As the letters take it."""
        return {"secret": self.secret, "base_url": self.base_url}
