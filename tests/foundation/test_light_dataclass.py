"""Dataclasses as production has them behave like those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from foundation.light_dataclass import light_dataclass


def made_with(decorator: Callable[..., Any]) -> dict[str, Any]:
    """The same classes under either decorator."""

    @decorator(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 2
        label: str = dataclasses.field(default="", compare=False, repr=False)

    @decorator(frozen=True, slots=True)
    class Alone:
        names: tuple[str, ...] = ()

    @decorator(slots=True)
    class Basket:
        things: list[object] = dataclasses.field(default_factory=list)

    @decorator(frozen=True, slots=True, kw_only=True)
    class Named:
        name: str

        def __repr__(self) -> str:
            return "named"

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

    @decorator(slots=True, eq=False)
    class Single:
        number: int

    return {kind.__name__: kind for kind in (Point, Alone, Basket, Named, Single)}


LIGHT, USUAL = made_with(light_dataclass), made_with(dataclasses.dataclass)
MADE: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
    ("defaults", lambda kinds: kinds["Point"](1)),
    ("all facts", lambda kinds: kinds["Point"](1, 3, "a")),
    ("one fact", lambda kinds: kinds["Alone"](("a",))),
    ("not frozen", lambda kinds: kinds["Basket"]([1])),
    ("own manners", lambda kinds: kinds["Named"](name="a")),
    ("changed copy", lambda kinds: dataclasses.replace(kinds["Point"](1), y=5)),
]


@pytest.mark.parametrize("make", [make for _, make in MADE], ids=[name for name, _ in MADE])
def test_they_are_shown_alike(make: Callable[[dict[str, Any]], Any]) -> None:
    assert repr(make(LIGHT)).replace("made_with.<locals>.", "") == repr(make(USUAL)).replace("made_with.<locals>.", "")
    assert dataclasses.asdict(make(LIGHT)) == dataclasses.asdict(make(USUAL))


@pytest.mark.parametrize("kinds", [LIGHT, USUAL], ids=["light", "usual"])
def test_they_compare_and_hash_by_what_they_hold(kinds: dict[str, Any]) -> None:
    point, alone, basket, named, single = (kinds[name] for name in ("Point", "Alone", "Basket", "Named", "Single"))
    assert point(1) == point(1, 2, "said otherwise")
    assert point(1) != point(2)
    assert point(1) != alone(("a",))
    assert {point(1), point(1, 2, "b"), alone(), alone()} == {point(1), alone()}
    assert hash(point(1)) == hash((1, 2))
    assert hash(alone(("a",))) == hash((("a",),))
    assert basket([1]) == basket([1])
    assert basket().things is not basket().things
    assert basket.__hash__ is None
    assert hash(named(name="a")) == 7
    assert single(1) != single(1)


@pytest.mark.parametrize("kinds", [LIGHT, USUAL], ids=["light", "usual"])
def test_they_have_slots_and_patterns(kinds: dict[str, Any]) -> None:
    point = kinds["Point"](1)
    assert not hasattr(point, "__dict__")
    assert kinds["Point"].__match_args__ == ("x", "y", "label")
    assert copy.deepcopy(point) == point


def test_one_that_holds_itself_is_shown() -> None:
    basket = LIGHT["Basket"]()
    basket.things.append(basket)
    assert repr(basket).endswith("Basket(things=[...])")


@light_dataclass(frozen=True, slots=True)
class Sent:
    """Something that goes to another process."""

    number: int
    words: tuple[str, ...] = ()


def test_they_go_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(Sent(1, ("a",)))) == Sent(1, ("a",))  # noqa: S301 - our own
