"""Whatever is sent to whatever route, it is answered in words: never a 500, and never more than the limits allow."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.test import TestResponse

from tests.small_world import World
from tests.walks.forms import Form
from tests.walks.parameters import PART, address_with, forms_and_names, sender_of
from tests.watched_requests import Names

ROLES = ("anonymous", "producer A", "organiser A")
HOSTILE = (
    "",
    "-1",
    "0",
    "2147483648",
    "9" * 25,
    "1e9",
    "NaN",
    "٣",
    "9999-12-31",
    "0000-00-00",
    "25:61",
    "a\0b",
    "\r\nSet-Cookie: a=b",
    "../../../etc/passwd",
    "' OR '1'='1' --%_\\",
    "\u202e\u200b\ufeff",
    "𝕏" * 300,
    "x" * 20_000,
)  # fmt: skip - read as a list
HOSTILE_PARTS = (
    "-1",
    "0",
    "2147483648",
    "9" * 25,
    "NaN",
    "%D9%A3",
    "a%00b",
    "a%0d%0aSet-Cookie:%20a=b",
    "%2e%2e%2f%2e%2e",
    "%ff%fe",
    "'%20OR%20'1'='1'%20--%25_%5C",
    "%ed%a0%80",
    "%e2%80%ae",
    "%f0%9d%95%8f" * 60,
    "x" * 5000,
)  # fmt: skip - read as a list
MINDED_BY_DATABASES = frozenset(
    {
        "2147483648",
        "9" * 25,
        "NaN",
        "%D9%A3",
        "٣",
        "9999-12-31",
        "a\0b",
        "a%00b",
        "\u202e\u200b\ufeff",
        "𝕏" * 300,
        "%f0%9d%95%8f" * 60,
        "x" * 20_000,
    }
)  # fmt: skip - read as a list
"""What is played on PostgreSQL too: numbers, days and letters that one database takes and another does not."""
TELLTALE = (b"Traceback", b"sqlalchemy", b"psycopg", b"site-packages", b"werkzeug")


@pytest.fixture(scope="module")
def known(world: World) -> tuple[dict[str, Form], Names]:
    return forms_and_names(world, ROLES)


def played_on(world: World, values: tuple[str, ...]) -> list[str]:
    """All values on SQLite, on another database those that it might mind."""
    everything = world.engine.dialect.name == "sqlite"
    return [value for value in values if everything or value in MINDED_BY_DATABASES]


def rotated(values: list[str], names: set[str], step: int) -> Iterator[dict[str, str]]:
    """Each name gets each `step`th hostile value once, beside ever other values of the other names."""
    for turn in range(0, len(values), step):
        yield {name: values[(turn + 5 * place) % len(values)] for place, name in enumerate(sorted(names))}


def welcome(world: World, address: str) -> str:
    """A role that is let in there, if any is."""
    let_in = (role for role in ("organiser A", "producer A") if world.read(role, address).status_code == 200)
    return next(let_in, "admin")


def judge(found: list[object], answer: TestResponse, *what: object) -> None:
    if answer.status_code >= 500 or any(sign in answer.get_data() for sign in TELLTALE):
        found.append((answer.status_code, *what))


def test_walk_knows_what_the_routes_read(known: tuple[dict[str, Form], Names]) -> None:
    """Some of it, from links, forms and views; else the walks below would prove nothing."""
    forms, names = known
    assert {"q", "group", "stars"} <= names["GET", "producer_directory.products"]
    assert "download" in names["GET", "calendar_feeds.fair"]
    assert {"sort", "zone", "state"} <= names["GET", "screen_applications.queue"]
    assert {"name_vi", "first_day", "venues-0"} <= names["POST", "organise_fair.edit"]
    assert {"next", "email"} <= names["POST", "sign_in.form"]
    assert len(forms) > 20


def test_hostile_queries_are_borne(world: World, known: tuple[dict[str, Form], Names]) -> None:
    found: list[object] = []
    values = played_on(world, HOSTILE)
    for (method, endpoint), names in known[1].items():
        if method != "GET" or not names:
            continue
        address = world.address(endpoint, "producer A")
        role = welcome(world, address)
        for query in rotated(values, names, 3):
            judge(found, world.request(role, "GET", address, query_string=query), endpoint, query)
    assert found == []


def leads_nowhere(world: World, address: str) -> bool:
    """Whether the map of routes has nothing there; what comes in as it stands is asked, percent signs resolved."""
    try:
        world.app.url_map.bind("localhost").match(unquote(address, errors="replace"), method="GET")
    except NotFound:
        return True
    except HTTPException:
        return False
    return False


def in_turn(world: World, values: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Route, part of its address, and which of the values it gets. What a part is called within a room of the site
    decides who reads it: each such name gets every value, in thirds at the routes that share it.
    """
    sharing: dict[tuple[str, str], list[str]] = {}
    for endpoint in world.endpoints("GET"):
        rule = next(world.app.url_map.iter_rules(endpoint)).rule
        for part in PART.findall(rule):
            sharing.setdefault((rule.split("/")[1], part), []).append(endpoint)
    for (_, part), endpoints in sharing.items():
        step = min(3, len(endpoints))
        yield from ((endpoint, part, values[place % step :: step]) for place, endpoint in enumerate(endpoints))


def test_hostile_parts_of_addresses_are_borne(world: World) -> None:
    """Every part of every route that reaches it; what no route takes, as words for a number, once for each first part
    of an address, as it is answered before any route.
    """
    found: list[object] = []
    nowhere: set[tuple[str, str]] = set()
    values = played_on(world, HOSTILE_PARTS)
    for endpoint, part, some in in_turn(world, values):
        role = welcome(world, world.address(endpoint, "producer A"))
        world.forget_limits()
        for raw in some:
            address = address_with(world, endpoint, "producer A", part, raw)
            if leads_nowhere(world, address):
                known = (address.split("/")[1], raw)
                if known in nowhere:
                    continue
                nowhere.add(known)
            judge(found, world.request(role, "GET", address), endpoint, raw)
    assert len(nowhere) > len(values)
    assert found == []


def test_hostile_bodies_are_borne(world: World, known: tuple[dict[str, Form], Names]) -> None:
    forms, names = known
    found: list[object] = []
    values = played_on(world, HOSTILE)
    for endpoint in world.endpoints("POST"):
        form = forms.get(endpoint)
        role, address = sender_of(world, endpoint, forms)
        bodies: list[dict[str, object]] = []
        for turn, data in enumerate(rotated(values, names.get(("POST", endpoint), set()), 3)):
            sent = {name: values for name, values in form.filled().items() if turn % 2} if form else {}
            kept = {
                name: value for place, (name, value) in enumerate(data.items()) if not sent or place % 3 == turn % 3
            }
            if {**sent, **kept} in bodies:  # few names, and so nothing new
                continue
            bodies.append({**sent, **kept})
            world.forget_limits()
            answer = world.request(role, "POST", address, data={**bodies[-1], "csrf_token": world.csrf_token()})
            judge(found, answer, endpoint, kept)
            if answer.status_code == 303:
                world.restore()
    assert found == []


def test_body_over_the_limit_is_refused_everywhere(world: World) -> None:
    """By its declared length; nothing of it is read. What a mail program presses reads no body at all (RFC 8058)."""
    length = str(world.app.config["MAX_CONTENT_LENGTH"] + 1)
    declared = {"CONTENT_LENGTH": length, "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    statuses = {
        endpoint: world.request(
            "producer A", "POST", world.address(endpoint, "producer A"), environ_overrides=declared
        ).status_code
        for endpoint in world.endpoints("POST")
    }
    others = {endpoint: status for endpoint, status in statuses.items() if status != 413}
    assert others == {"follow.stop": 410, "stop_letters.stop": 404}


def multipart(parts: int, size: int) -> bytes:
    part = b'--edge\r\nContent-Disposition: form-data; name="name"\r\n\r\n' + b"x" * size + b"\r\n"
    return part * parts + b"--edge--\r\n"


@pytest.mark.parametrize(
    "body", [multipart(1, 1024 * 1024 + 1), multipart(1001, 1)], ids=["a megabyte of text", "1001 parts"]
)
def test_form_over_the_limits_is_refused_in_words(world: World, body: bytes) -> None:
    kind = "multipart/form-data; boundary=edge"
    answer = world.request("producer A", "POST", "/account", data=body, content_type=kind)
    assert answer.status_code == 413
    assert answer.headers["X-Request-Id"] in answer.get_data(as_text=True)
