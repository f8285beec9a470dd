"""The whole app with a browser for each role: requests as that role, and everything brought back afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from accounts.sign_in import open_session
from accounts.user import SignedInSession, User
from foundation.database import Base, make_session
from foundation.flask_database import database_engine
from tests.ground import Ground, forget_requests
from tests.signed_in import cookie_of, csrf_token
from tests.watched_requests import Names, watched

if TYPE_CHECKING:
    from flask import Flask

COMMON = {
    "token": "not-a-token",
    "topic": "guide",
    "name": "quang-ninh",
    "act": "close_call",
    "family": "kinds",
    "key": "fair",
    "whose": "producers",
    "file_key": "no-file",
    "copy": "large",
    "kind": "accepted",
    "language": "vi",
}
PARTS = {
    "producer_directory": {"slug": "producer"},
    "show_picture.of_unit": {"slug": "producer", "picture_id": "unit_picture_id"},
    "place_on_booth": {"code": "booth"},
    "stand_feeds": {"key": "producer"},
}
"""Where a part of an address is called like another thing's."""

READING = ("SELECT", "PRAGMA", "BEGIN", "SET", "SHOW")
"""How statements begin that leave every table as it is."""


@cache
def every_row(dialect: sa.Dialect) -> dict[str, str]:
    """For each table the question for all its rows."""
    tables = Base.metadata.sorted_tables
    asked = {table.name: sa.select(table).order_by(*table.primary_key) for table in tables}
    return {name: str(question.compile(dialect=dialect)) for name, question in asked.items()}


@dataclass(slots=True)
class Player:
    """One role: the cookie of its browser, and the parts of addresses that lead to its own things."""

    cookie: str = ""
    values: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class World:
    """The app on a filled database; `request` plays a role, `restore` undoes everything since `settle`."""

    ground: Ground
    players: dict[str, Player] = field(default_factory=dict)
    settled: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    settled_raw: dict[str, list[Any]] = field(default_factory=dict)
    settled_players: dict[str, Player] = field(default_factory=dict)
    is_touched: bool = True
    read_before: dict[tuple[str, str], TestResponse] = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    """What views asked their requests for while they were read."""

    @property
    def app(self) -> Flask:
        """The whole application."""
        return self.ground.app

    @property
    def engine(self) -> sa.Engine:
        """A way to the same database beside the app's."""
        return self.ground.engine

    def request(self, role: str, method: str, path: str, **more: Any) -> TestResponse:
        """What this role gets; every request has a browser of its own, so that no answer changes the next one."""
        headers = dict(more.pop("headers", {}))
        if cookie := self.players[role].cookie:
            headers["Cookie"] = f"{self.app.config['SESSION_COOKIE_NAME']}={cookie}"
        return self.app.test_client(use_cookies=False).open(path, method=method, headers=headers, buffered=True, **more)

    def read(self, role: str, path: str) -> TestResponse:
        """What this role gets to see there. As long as nothing has been written it is the same for every walk, and so
        asked for once, by whichever walk comes first; afterwards, or if looking itself writes, each time. No look may
        be more than the program can bear.
        """
        if not self.is_touched and (role, path) in self.read_before:
            return self.read_before[role, path]
        with watched(self.app, self.names):
            answer = self.request(role, "GET", path)
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (role, path)
        if not self.is_touched and answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
            self.read_before[role, path] = answer
        return answer

    def post(self, role: str, path: str, **data: Any) -> TestResponse:
        """A form with the right token."""
        return self.request(role, "POST", path, data={"csrf_token": self.csrf_token(), **data})

    def csrf_token(self) -> str:
        """The token that belongs to every cookie of this world."""
        return csrf_token(self.app)

    def sign_in(self, role: str, session: Session, user: User | None) -> Player:
        """Give the role a browser."""
        player, token = self.players.setdefault(role, Player()), ""
        if user is not None:
            signed_in, token = open_session(session, user, device="Firefox, Windows")
            player.values["session_id"] = signed_in.id
        player.cookie = cookie_of(self.app, token)
        return player

    def stay_signed_in(self, role: str) -> None:
        """Sign the role in again when what it has just sent ended its session."""
        player = self.players[role]
        if "session_id" not in player.values:
            return
        with make_session(self.engine) as session:
            signed_in = session.get_one(SignedInSession, player.values["session_id"])
            if signed_in.ended_at is not None:
                self.sign_in(role, session, signed_in.user)
                session.commit()

    def address(self, endpoint: str, role: str, **other: object) -> str:
        """The address of a route, its parts filled with what belongs to the role (or given)."""
        own = self.players[role].values | other
        called = PARTS.get(endpoint, PARTS.get(endpoint.partition(".")[0], {}))
        renamed = {part: own[name] for part, name in called.items() if name in own}
        rule = next(self.app.url_map.iter_rules(endpoint))
        with self.app.test_request_context():
            return url_for(endpoint, **{part: (COMMON | own | renamed)[part] for part in rule.arguments})

    def endpoints(self, method: str) -> list[str]:
        """All endpoints that take this method."""
        return sorted({rule.endpoint for rule in self.app.url_map.iter_rules() if method in (rule.methods or ())})

    def forget_limits(self) -> None:
        """Count from nothing again, and build every page anew."""
        forget_requests(self.app)

    def settle(self) -> None:
        """What is there now is what `restore` brings back."""
        self.ground.settle()
        self.settled, self.settled_players = self.dump(), deepcopy(self.players)
        self.settled_raw = self._dump_raw()
        for engine in (self.engine, database_engine(self.app)):
            sa.event.listen(engine, "before_cursor_execute", self._note_writing)
        self.is_touched = False

    def _note_writing(self, connection: sa.Connection, cursor: object, statement: str, *rest: object) -> None:
        self.is_touched = self.is_touched or not statement.startswith(READING)

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        return self._rows_of(Base.metadata.sorted_tables)

    def changed(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the tables that differ from the settled state.

        All are compared as the driver reads them; what they say is worked out for those alone, which takes longer.
        """
        if not self.is_touched:
            return {}
        raw = self._dump_raw()
        differing = [table for table in Base.metadata.sorted_tables if raw[table.name] != self.settled_raw[table.name]]
        return {name: rows for name, rows in self._rows_of(differing).items() if rows != self.settled[name]}

    def _rows_of(self, tables: Iterable[sa.Table]) -> dict[str, list[tuple[Any, ...]]]:
        with self.engine.connect() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
                for table in tables
            }

    def _dump_raw(self) -> dict[str, list[Any]]:
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            raw = {}
            for name, question in every_row(self.engine.dialect).items():
                cursor.execute(question)
                raw[name] = list(cursor.fetchall())
        finally:
            connection.close()
        return raw

    def restore(self) -> None:
        """Bring the settled state back; where nothing has been written there is nothing to bring."""
        forget_requests(self.app)
        if self.is_touched:
            self.ground.renew()
            self.players = deepcopy(self.settled_players)
            self.is_touched = False
