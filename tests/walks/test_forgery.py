"""Nothing changes but by a form of ours that its own session sent: no forged form, no link, no field too many."""

from __future__ import annotations

import json
import re
import zlib
from itertools import cycle
from typing import Any

import pytest
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Table

from foundation.database import Base
from foundation.overtaken import drawn_version
from tests.small_world import World
from tests.walks.forms import Form, forms_in, pages_of

pytestmark = pytest.mark.any_database

ROLES = ("producer A", "organiser A")
PASSING = frozenset(
    {
        "audit_entry",
        "calendar_entry",
        "invitation",
        "outbox_letter",
        "signed_in_session",
        "single_use_link",
    }
)
"""Tables that hold moments and tokens, and so differ each time."""


OPENED_BY_ADDRESS = frozenset({"follow.stop", "stop_letters.stop"})
"""What mail programs press for somebody, without a session (RFC 8058): the address itself holds the secret."""
BY_CHANCE = re.compile(r"\$argon2|[0-9a-f]{12}$|[0-9a-f]{64}$|[0-9A-Z]{8}$")
"""Hashes with a salt, digests of secrets, the keys of drawn things, codes of invitation."""
DRAWN_KEY = re.compile(r"\b[0-9a-f]{12}\b")


def token_of_another_session(world: World) -> str:
    return str(URLSafeTimedSerializer(world.app.secret_key or "", salt="wtf-csrf-token").dumps("f" * 40))


@pytest.fixture(scope="module")
def forms(world: World) -> list[Form]:
    return [form for role in ROLES for form in forms_in(world, pages_of(world, role), role)]


@pytest.mark.parametrize("role", ROLES)
def test_form_without_its_own_token_changes_nothing(world: World, role: str) -> None:
    """Every route refuses a form without a token and two of the forged ones, in turn: what tells a forged token
    is one place before all routes, which is why each route need not see each of them.
    """
    foreign = token_of_another_session(world)
    tries = cycle(
        (
            {"data": {"csrf_token": ""}},
            {"data": {"csrf_token": foreign}},
            {"data": {"csrf_token": world.csrf_token() + "x"}},
            {"data": f"csrf_token={world.csrf_token()}", "content_type": "text/plain"},
            {"data": json.dumps({"csrf_token": world.csrf_token()}), "content_type": "application/json"},
            {"data": {}, "query_string": {"csrf_token": world.csrf_token()}},
        )
    )
    passed = []
    for endpoint in sorted({*world.endpoints("POST")} - OPENED_BY_ADDRESS):
        address = world.address(endpoint, role)
        sent_now: list[dict[str, Any]] = [{"data": {}}, next(tries), next(tries)]
        statuses = {world.request(role, "POST", address, **sent).status_code for sent in sent_now}
        if statuses != {400}:
            passed.append((endpoint, statuses))
    assert passed == []
    assert [name for name in world.changed() if name != "audit_entry"] == []


def test_token_of_a_session_before_is_worth_nothing(world: World) -> None:
    """The cookie of another session with the token of this one, as after signing in again."""
    cookie = SecureCookieSessionInterface().get_signing_serializer(world.app).dumps({"csrf_token": "e" * 40})
    headers = {"Cookie": f"{world.app.config['SESSION_COOKIE_NAME']}={cookie}"}
    statuses = {
        endpoint: world.app.test_client(use_cookies=False)
        .post(world.address(endpoint, "producer A"), data={"csrf_token": world.csrf_token()}, headers=headers)
        .status_code
        for endpoint in sorted({*world.endpoints("POST")} - OPENED_BY_ADDRESS)
    }
    assert set(statuses.values()) == {400}


@pytest.mark.parametrize("role", ["organiser A", "producer A", "anonymous"])
def test_looking_changes_nothing(world: World, role: str) -> None:
    """GET of every link and every route, HEAD and OPTIONS too; HEAD finds what GET finds (RFC 9110, section 9.3.2).

    What another walk has read counts, for it is kept only if nothing was written meanwhile.
    """
    world.restore()
    before, differing = world.dump(), []
    pages_of(world, role)
    for endpoint in world.endpoints("GET"):
        address = world.address(endpoint, "organiser A")
        statuses = [world.read(role, address).status_code]
        statuses += [world.request(role, method, address).status_code for method in ("HEAD", "OPTIONS")]
        if statuses[0] != statuses[1]:
            differing.append((endpoint, *statuses))
    assert world.dump() == before
    assert differing == []


def columns() -> set[str]:
    return {column.name for table in Base.metadata.sorted_tables for column in table.columns}


def unpacked(value: object) -> str:
    """A value as text, also that of a kept version of a plan."""
    return zlib.decompress(value).decode() if isinstance(value, bytes) and value[:1] == b"x" else str(value)


def without_chance(table: Table, rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Rows without what the clock and chance write: the first version of some things is drawn by lot."""
    drawn = {mapper.local_table for mapper in Base.registry.mappers if mapper.version_id_generator is drawn_version}
    names = [column.name if table not in drawn or column.name != "version" else "" for column in table.columns]
    return [
        tuple(
            DRAWN_KEY.sub("key", unpacked(value))
            for name, value in zip(names, row, strict=True)
            if name and not hasattr(value, "microsecond") and not BY_CHANCE.match(str(value))
        )
        for row in rows
    ]


def effect(world: World, form: Form, more: dict[str, list[str]]) -> tuple[int, dict[str, list[tuple[object, ...]]]]:
    button = form.buttons[0] if form.buttons else None
    status = form.send(world, {**more, **form.filled()}, button).status_code
    tables = {name: rows for name, rows in world.changed().items() if name not in PASSING}
    changed = {name: without_chance(Base.metadata.tables[name], rows) for name, rows in tables.items()}
    world.restore()
    return status, changed


def test_fields_too_many_change_nothing(world: World, forms: list[Form]) -> None:
    """Every column of the database as a field of every form: none of them is taken over (Z4)."""
    taken, changing = [], 0
    for form in forms:
        extra = {name: ["1"] for name in columns() - set(form.fields) - {name for name, _ in form.buttons}}
        alone, beside = effect(world, form, {}), effect(world, form, extra)
        changing += bool(alone[1])
        if alone[0] != beside[0] or alone[1].keys() != beside[1].keys():
            taken.append((form.action, alone[0], beside[0], alone[1].keys() ^ beside[1].keys()))
            continue
        taken += [
            (form.action, name, alone[1][name], beside[1][name])
            for name in alone[1]
            if alone[1][name] != beside[1][name]
        ]
    assert changing > 10
    assert taken == []
