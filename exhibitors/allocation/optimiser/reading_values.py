"""Single values of a JSON file, each read with one sentence for what it is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from exhibitors.allocation.optimiser.instance import BadInstance

Record = Mapping[str, Any]
LARGEST = 10**9  # watts, booths, đồng in thousands: anything above is a slip, and the solver counts in doubles


def record(value: object, where: str) -> dict[str, Any]:
    """An object with names."""
    if type(value) is not dict:
        raise BadInstance("not_an_object", f"{_shown(where)} is not an object with names.", where=where)
    return value


def entries(whole: Record, name: str, where: str = "the file") -> list[dict[str, Any]]:
    """A list of objects."""
    found = whole.get(name)
    if type(found) is not list:
        raise BadInstance("missing_list", f'{_shown(where)} has no list of "{name}".', where=where, name=name)
    for item in found:
        record(item, f"An entry of {name}")
    return found


def word(item: Record, name: str, where: str) -> str:
    """A text that is not empty."""
    value = item.get(name)
    if type(value) is not str or not value:
        raise _odd(item, name, where, "a text")
    return value


def boolean(item: Record, name: str, where: str) -> bool:
    """True or false."""
    value = item.get(name)
    if type(value) is not bool:
        raise _odd(item, name, where, "true or false")
    return value


def number(item: Record, name: str, where: str, *, lowest: int | None = 0, highest: int = LARGEST) -> int:
    """A whole number within its bounds."""
    value = item.get(name)
    if type(value) is not int:
        raise _odd(item, name, where, "a whole number")
    least = -LARGEST if lowest is None else lowest
    if not least <= value <= highest:
        bounds = f"from {least} to {highest}"
        raise BadInstance(
            "out_of_bounds", f'{_shown(where)}: "{name}" is not a number {bounds}.', where=where, name=name
        )
    return value


def optional_number(item: Record, name: str, where: str) -> int | None:
    """A whole number, or nothing."""
    return None if item.get(name) is None else number(item, name, where)


def texts(item: Record, name: str, where: str) -> list[str]:
    """A list of texts."""
    value = item.get(name)
    if type(value) is not list or any(type(part) is not str for part in value):
        raise _odd(item, name, where, "a list of texts")
    return value


def distinct(ids: list[str], kind: str) -> None:
    """Refuse an id that stands twice."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise BadInstance("twice", f"The {kind} {id_[:40]} stands twice in the file.", kind=kind, id=id_)
        seen.add(id_)


def known(named: Iterable[str | None], there: Collection[str], where: str, kind: str) -> None:
    """Refuse an id that nothing in the file has."""
    for id_ in named:
        if id_ not in there:
            sentence = f'{_shown(where)}: the file has no {kind} "{str(id_)[:40]}".'
            raise BadInstance("dangling", sentence, where=where, kind=kind, id=id_)


def _odd(item: Record, name: str, where: str, wanted: str) -> BadInstance:
    what = "is missing" if name not in item else f"is not {wanted}"
    return BadInstance("odd_value", f'{_shown(where)}: "{name[:40]}" {what}.', where=where, name=name)


def _shown(where: str) -> str:
    short = where[:80]
    return short[:1].upper() + short[1:]
