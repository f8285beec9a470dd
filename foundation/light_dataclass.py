"""Dataclasses at a fifth of their price: with them a start took 0.3 s longer, and a process held 3 MB more.

For each frozen class the standard library writes and compiles six functions, and there are 300 of them. Under `-O`, as
`./run` starts Python, only `__init__` is written; comparing, hashing and showing are functions that all share. That
nobody changes a frozen one is then left to mypy and to the tests, which run with asserts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]


def light_dataclass(noun: type | None = None, /, *, frozen: bool = False, eq: bool = True, **options: bool) -> Any:
    """The decorator of the standard library as production has it; what a class defines itself is left alone."""

    def lighten(noun: type) -> type:
        noun.__doc__ = noun.__doc__ or noun.__name__  # else the library writes out the signature
        own = vars(noun).keys() & {"__repr__", "__eq__", "__hash__"}
        made: Any = dataclasses.dataclass(eq=False, repr=False, **options)(noun)
        if "__repr__" not in own:
            made.__repr__ = _shown
        if eq and "__eq__" not in own:
            facts = _facts_of([field.name for field in dataclasses.fields(made) if field.compare])
            made.__eq__ = lambda one, other: (
                facts(one) == facts(other) if other.__class__ is one.__class__ else NotImplemented
            )
            if "__hash__" not in own:
                made.__hash__ = (lambda one: hash(facts(one))) if frozen else None
        return made  # type: ignore[no-any-return]  # what it was given, with more to it

    return lighten if noun is None else lighten(noun)


@recursive_repr()
def _shown(one: Any) -> str:
    facts = [f"{field.name}={getattr(one, field.name)!r}" for field in dataclasses.fields(one) if field.repr]
    return f"{type(one).__qualname__}({', '.join(facts)})"


def _facts_of(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    """What is compared, in order; an attrgetter of one name answers no tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


if TYPE_CHECKING or __debug__:
    from dataclasses import dataclass
else:
    dataclass = light_dataclass
