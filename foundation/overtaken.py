"""Of two who change one thing the second is told what the first saved; nothing is overwritten in silence."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from foundation.refusal import Refused

OVERTAKEN = "set_up_changed_meanwhile"
FIRST_BELOW = 900_000_000


def version_of_facts(*facts: object) -> int:
    """A number below 10⁹ for what one form of several about a thing can change: another number, other facts.

    Two who change different parts of one thing do not meet; the row's own version would say they did. Facts are what
    JSON writes, days, hours and moments (all in one zone).
    """
    return crc32(json.dumps(facts, default=str).encode()) % 10**9


def drawn_version(version: int | None) -> int:
    """The version after this one; the first of a thing is drawn by lot, below 10⁹.

    A thing that is made anew, perhaps with the number of one that was removed, is then no old acquaintance of a page
    that was opened on the first. For `version_id_generator` of whatever can be removed.
    """
    return secrets.randbelow(FIRST_BELOW) + 1 if version is None else version + 1


def refuse_overtaken(present: int, seen: int | None) -> None:
    """Refuse `set_up_changed_meanwhile` when the version that somebody saw is not the present one; None saw none."""
    if seen is not None and seen != present:
        raise Refused(OVERTAKEN, version=present)


def say_anew(
    session: Session, thing: Any, columns: Mapping[str, Any], seen: int | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the columns that differ; answer what they held before and hold now, both empty when nothing differs.

    `thing` has a `version`; one that is not kept yet has version 0. Its row is locked, so that two at once take turns.
    Refuses `set_up_changed_meanwhile` when another version than the one `seen` stands there, unless the second says
    the very same as the first.
    """
    is_kept = inspect(thing).persistent
    if is_kept:
        session.refresh(thing, with_for_update={"of": type(thing)})
    old = {name: getattr(thing, name) for name in columns}
    changed = [name for name, value in columns.items() if value != old[name]]
    if changed:
        refuse_overtaken(thing.version if is_kept else 0, seen)
    for name in changed:
        setattr(thing, name, columns[name])
    return {name: old[name] for name in changed}, {name: columns[name] for name in changed}
