"""A rule of the trade says no: a reason code with facts, turned into words by the page."""

from __future__ import annotations


class Refused(Exception):
    """Raised by nouns and verbs; `reason` is a stable code that tests compare, `facts` fill the sentence."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts

    def __repr__(self) -> str:
        return f"Refused({self.reason!r}, {self.facts!r})"
