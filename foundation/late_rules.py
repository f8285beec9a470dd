"""Routing rules that learn to build addresses when one is first wanted: half of the app's start was spent on that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class LateRule(Rule):
    """A rule as werkzeug makes it, but its builders of addresses, Python compiled from an own syntax tree, come late.

    An app has two builders for each of some 350 rules (each address in two languages); a worker uses few of them.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        """A stand-in that has the builder made by the first call."""
        builder: Callable[..., tuple[str, str]] | None = None
        make = super()._compile_builder

        def build(rule: LateRule, **values: Any) -> tuple[str, str]:
            nonlocal builder
            builder = builder or make(append_unknown)
            return builder(rule, **values)

        return build
