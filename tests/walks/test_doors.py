"""Whoever comes by whatever door: foreign hosts, ways that lead elsewhere, drafts, ended sessions, known addresses."""

from __future__ import annotations

import re
from itertools import cycle
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.user import SignedInSession
from foundation.audience import Audience, route_permissions
from foundation.outbox import OutboxLetter
from tests.crawler import same_for_all
from tests.small_world import CANARY, World
from tests.walks.forms import Form, forms_in, pages_of
from tests.watched_requests import Names, watched

pytestmark = pytest.mark.any_database

ELSEWHERE = (
    "//evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "https:evil.test",
    "https://evil.test/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%2f%2fevil.test",
    "%2f%2fevil.test",
    "/%5cevil.test",
    "/\t/evil.test",
    "/\r\nLocation: //evil.test",
    "/ /evil.test",
    "//evil.test@127.0.0.1",
    "/.//evil.test",
    "/x" * 600,
    "\u2215\u2215evil.test",
    "http:///evil.test",
)  # fmt: skip - read as a list
EVIL = re.compile(rb'(?:href|action)="(?:[a-z]+:)?[/\\\\]{2,}[^"/]*evil\.test|name="next" value="[^"]*evil\.test')
"""A link to this very page in the other language keeps its whole query, which is no harm."""


def test_foreign_host_is_refused_by_every_route(world: World) -> None:
    """One foreign name each, in turn: what tells them is one place before all routes."""
    hosts = cycle(("evil.test", "127.0.0.1.evil.test", "evil.test:8000"))
    statuses = {
        (method, endpoint, host := next(hosts)): world.request(
            "organiser A", method, world.address(endpoint, "organiser A"), headers={"Host": host}
        ).status_code
        for method in ("GET", "POST")
        for endpoint in world.endpoints(method)
    }
    assert {route: status for route, status in statuses.items() if status != 400} == {}


def test_forwarded_host_reaches_no_page_and_no_letter(world: World) -> None:
    headers = {"X-Forwarded-Host": "evil.test", "Forwarded": "host=evil.test", "X-Forwarded-Proto": "https"}
    named = []
    for endpoint in world.endpoints("GET"):
        answer = world.request("organiser A", "GET", world.address(endpoint, "organiser A"), headers=headers)
        if b"evil.test" in answer.get_data() or "evil.test" in str(answer.headers):
            named.append(endpoint)
    assert named == []
    token = world.csrf_token()
    for path in ("/forgot-password", "/sign-up/resend"):
        data = {"csrf_token": token, "email": "a@producers.example"}
        world.request("anonymous", "POST", path, data=data, headers=headers)
    with Session(world.engine) as session:
        newest = session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id.desc()).limit(2)).all()
    assert "http://127.0.0.1:8000/" in newest[0].body
    assert all("evil.test" not in letter.body for letter in newest)
    world.restore()


def routes_that_read_next(world: World) -> list[tuple[str, str]]:
    """Method and endpoint of every route of visitors and signed-in people that asks the request for `next`."""
    names: Names = {}
    with watched(world.app, names):
        for method in ("GET", "POST"):
            for endpoint in world.endpoints(method):
                world.forget_limits()
                data = {"csrf_token": world.csrf_token()} if method == "POST" else {}
                world.request("anonymous", method, world.address(endpoint, "producer A") + "?next=/", data=data)
    world.restore()
    return [route for route, asked in names.items() if "next" in asked]


def test_no_way_on_leads_elsewhere(world: World) -> None:
    led = []
    routes = routes_that_read_next(world)
    assert {("GET", "sign_in.form"), ("POST", "sign_in.form"), ("GET", "sign_up.form")} <= set(routes)
    for method, endpoint in routes:
        for way in ELSEWHERE:
            world.forget_limits()
            sent = {"data": {"csrf_token": world.csrf_token(), "next": way}} if method == "POST" else {}
            address = world.address(endpoint, "producer A")
            for role in ("anonymous", "producer A"):
                answer = world.request(role, method, address, query_string={"next": way}, **sent)
                to = urlsplit(answer.headers.get("Location", "/"))
                own = not to.scheme and not to.netloc and to.path.startswith("/") and not to.path.startswith("//")
                if not own or EVIL.search(answer.get_data()):
                    led.append((method, endpoint, role, way))
    assert led == []
    world.restore()


def test_draft_is_nowhere_to_be_found(world: World) -> None:
    """Not in any page, feed, list, search or open data that others reach, in either language (Z5)."""
    slug = str(world.players["organiser A"].values["draft"])
    seen = []
    for role, english in (("anonymous", False), ("anonymous", True), ("producer A", False), ("organiser B", False)):
        pages = pages_of(world, role, english=english)
        whose = "organiser B" if role == "organiser B" else "organiser A"
        for endpoint in world.endpoints("GET"):
            pages[endpoint] = world.read(role, world.address(endpoint, whose))
        pages["search"] = world.read(role, "/search?q=chim")
        signs = (CANARY.encode(), slug.encode())
        seen += [
            (role, address) for address, answer in pages.items() if any(sign in answer.get_data() for sign in signs)
        ]
    assert seen == []


@pytest.mark.parametrize("role", ["producer A", "organiser A"])
def test_ended_session_opens_nothing(world: World, role: str) -> None:
    """The row in the database decides: a copied cookie is worth nothing at any door."""
    with Session(world.engine) as session:
        signed_in = session.get_one(SignedInSession, world.players[role].values["session_id"])
        signed_in.ended_at = signed_in.created_at
        session.commit()
    opened = []
    for endpoint, (pages, _) in route_permissions(world.app).items():
        if pages.audience is Audience.ANYONE or endpoint not in world.endpoints("GET"):
            continue
        answer = world.request(role, "GET", world.address(endpoint, role))
        if answer.status_code != 303 or not answer.headers["Location"].startswith("/sign-in"):
            opened.append((endpoint, answer.status_code))
    world.restore()
    assert opened == []


def forms_that_ask_for_an_address(world: World) -> list[Form]:
    return [form for form in forms_in(world, pages_of(world, "anonymous"), "anonymous") if "email" in form.fields]


def test_known_and_unknown_address_get_the_same_answer(world: World) -> None:
    """Status, way on, cookies and every word of the page, in each form of visitors that asks for an address (A8)."""
    forms, different = forms_that_ask_for_an_address(world), []
    for form in forms:
        told = []
        for email in ("a@producers.example", "x@producers.example"):
            answer = form.send(world, {**form.filled(), "email": [email], "password": ["sai mat khau roi nhe"]})
            body = same_for_all(answer, email)
            told.append((answer.status_code, answer.headers.get("Location"), "Set-Cookie" in answer.headers, body))
            world.restore()
        if told[0] != told[1]:
            different.append(form.action)
    assert len(forms) >= 3
    assert different == []
