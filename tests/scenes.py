"""Scenes: what many tests begin with is played by the verbs once in a process, and brought back for each later test.

A fair with three applications takes a quarter of a second of verbs, and hundreds of tests begin with one. The first
time it is really played; then its rows and what the session held are kept, and come back in some milliseconds. A scene
stands on those before it: it is brought back only where the database is just as it was the first time. Whatever wrote
in between, or a moment that is pretended, has it played anew. Scenes mostly come one after the other: their rows are
brought together, when somebody first asks the database.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Container, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from threading import RLock
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from foundation import clock
from foundation.database import Base

Made = TypeVar("Made")
Facts = ParamSpec("Facts")
Key = tuple[object, ...]
Name = tuple[type[Base], tuple[Any, ...]]
"""The class of an object and its key."""
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "WITH", "PRAGMA I")
LONGEST = max(map(len, WRITES))
PLAIN = (str, int, float, date, tuple, type(None))
NOW = timedelta(seconds=2)

_written = 0
"""Statements of all engines of this process that may have changed a row."""


class KeepsRows(Protocol):
    """A database whose rows can be kept and brought back while connections to it stay open."""

    def keeping(self) -> AbstractContextManager[list[Any]]:
        """Keeps what is written within the block: the list then holds it."""

    def bring(self, *rows: list[Any]) -> None:
        """What the lists hold, kept one after the other, is there again; what was there before it was kept must be
        there now.
        """


@dataclass
class Owed:
    """Rows of scenes that nobody has asked for yet."""

    database: KeepsRows | None = None
    rows: list[list[Any]] = field(default_factory=list)
    lock: RLock = field(default_factory=RLock)

    def add(self, database: KeepsRows, rows: list[Any]) -> None:
        """They are owed after those before them."""
        if database is not self.database:
            self.bring()
        self.database = database
        self.rows.append(rows)

    def bring(self) -> None:
        """All are there; who asks meanwhile waits."""
        with self.lock:
            if self.rows and self.database is not None:
                self.database.bring(*self.rows)
                self.rows = []

    def forget(self, database: KeepsRows | None) -> None:
        """What is owed to this database need not come any more."""
        if database is self.database:
            self.database, self.rows = None, []


OWED = Owed()
"""Of all databases of this process."""


@sa.event.listens_for(sa.Engine, "before_cursor_execute")
def _count_writes(connection: object, cursor: object, statement: str, *rest: object) -> None:
    global _written  # noqa: PLW0603 - one process, one count
    if OWED.rows:
        OWED.bring()
    if statement.lstrip()[:LONGEST].upper().startswith(WRITES):
        _written += 1


@sa.event.listens_for(sa.Pool, "checkout")
def _bring_to_whoever_connects(*about: object) -> None:
    if OWED.rows:
        OWED.bring()


class Play(Protocol):
    """`play(verb of the cast, …)`: what it makes for the test's session, committed."""

    def __call__(
        self, make: Callable[Concatenate[Session, Facts], Made], *of: Facts.args, **facts: Facts.kwargs
    ) -> Made: ...


class _Writer(pickle.Pickler):
    """Keeps objects of a session by their names where it is told that they will be there already."""

    def __init__(self, kept: io.BytesIO, there: Container[Name]) -> None:
        super().__init__(kept)
        self.there = there

    def persistent_id(self, thing: object) -> object:
        name = _name(thing) if isinstance(thing, Base) else None
        return name if name in self.there else None


class _Reader(pickle.Unpickler):
    """Finds in a session what `_Writer` named."""

    def __init__(self, kept: bytes, session: Session) -> None:
        super().__init__(io.BytesIO(kept))
        self.session = session

    def persistent_load(self, name: Any) -> object:
        return self.session.get_one(*name)


@dataclass(frozen=True, slots=True)
class Scene:
    """What playing it left: rows of the database, and objects: those it made, those it changed and its answer."""

    rows: list[Any]
    objects: bytes
    new: frozenset[Name]
    """The objects that it made or was the first to look at."""

    def fits(self, session: Session) -> bool:
        """Whether the session holds none of its new objects already, having looked at one in between."""
        return self.new.isdisjoint(map(_name, session.identity_map.values()))


@dataclass
class Scenes:
    """The scenes of one process, and which of them were played since its database was as good as new."""

    kept: dict[Key, Scene] = field(default_factory=dict)
    played: Key | None = None
    """None when something else has written since."""
    answers: list[object] = field(default_factory=list)
    held: list[Base] = field(default_factory=list)
    """What the session knew after the last scene: a look for garbage must not decide what is new to the next one."""
    written: int = 0

    def begin(self) -> None:
        """The database is as good as new."""
        self.played, self.answers, self.held, self.written = (), [], [], _written

    def play(
        self,
        database: KeepsRows,
        session: Session,
        make: Callable[Concatenate[Session, Facts], Made],
        *of: Facts.args,
        **facts: Facts.kwargs,
    ) -> Made:
        """The answer of `make(session, …)`, committed: played, or brought back with all it wrote."""
        key = self._key(session, make, of, facts)
        if key is None or (key in self.kept and not self.kept[key].fits(session)):
            self.played = None
            made = make(session, *of, **facts)
            session.commit()
            return made
        session.commit()  # nothing to say, but a transaction that reads may be open
        if key in self.kept:
            OWED.add(database, self.kept[key].rows)
            made = _bring_objects(session, self.kept[key].objects)
        else:
            OWED.bring()
            there = {_name(thing): thing for thing in session.identity_map.values()}
            with database.keeping() as rows:
                made = make(session, *of, **facts)
                session.commit()
            new = frozenset(map(_name, session.identity_map.values())) - there.keys()
            self.kept[key] = Scene(rows, _kept_objects(session, there, made), new)
        self.held = list(session.identity_map.values())
        self.played, self.written = key, _written
        self.answers.append(made)
        return made

    def _key(
        self, session: Session, make: Callable[..., object], of: tuple[Any, ...], facts: dict[str, Any]
    ) -> Key | None:
        """Names the scene, those before it and the day; None where it cannot be one."""
        pretended = time_machine.escape_hatch.is_travelling() or abs(datetime.now(UTC) - clock.now()) > NOW
        pending = session.new or session.dirty or session.deleted
        if self.played is None or self.written != _written or pretended or pending:
            return None
        words = [self._word(each) for each in (*of, *facts.items())]
        return None if None in words else (*self.played, (clock.today(), make.__module__, make.__qualname__, *words))

    def _word(self, thing: Any) -> object:
        """Plain values stand for themselves, answers of earlier scenes for their place, the last one where several
        are one and the same (brought back they are not); None for anything else.
        """
        for place in reversed(range(len(self.answers))):
            if self.answers[place] is thing:
                return f"answer {place}"
        return repr(thing) if isinstance(thing, PLAIN) else None


def _name(thing: Base) -> Name:
    kind, number, _ = sa.inspect(thing).identity_key
    return kind, number


def _kept_objects(session: Session, there: Mapping[Name, Base], answer: object) -> bytes:
    """Whole objects that are new to the session, what others hold now, and the answer."""
    new = [thing for thing in session.identity_map.values() if _name(thing) not in there]
    others = [(thing, _loaded(thing)) for thing in there.values() if thing in session]
    kept = io.BytesIO()
    _Writer(kept, there).dump((new, others, answer))
    return kept.getvalue()


def _loaded(thing: Base) -> dict[str, object]:
    """What was loaded of an object; its rows of others as a plain list."""
    known = sa.inspect(thing).dict.items()
    return {key: list(held) if isinstance(held, list) else held for key, held in known if not key.startswith("_sa_")}


def _bring_objects(session: Session, kept: bytes) -> Any:
    new, others, answer = _Reader(kept, session).load()
    session.add_all(new)
    for thing, loaded in others:
        for key, held in loaded.items():
            set_committed_value(thing, key, held)
    session.commit()
    return answer
