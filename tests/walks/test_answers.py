"""What every answer carries, whoever asks for whatever: policy, caching, cookies, no trace of the inside."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from foundation.audience import Audience, route_permissions
from foundation.static_files import static_url
from tests.small_world import World
from tests.walks.forms import pages_of

pytestmark = pytest.mark.any_database

ROLES = ("anonymous", "producer A", "organiser A")
POLICY = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
ELSEWHERE = re.compile(r'(?:src|srcset|data|poster|<link[^>]*\shref)="(?:https?:)?//(?!127\.0\.0\.1:8000)[^"]*')
TOKEN_FIELD = b'name="csrf_token"'
ERRORS = (
    ("GET", "/khong-co"),
    ("GET", "/en/nothing-here"),
    ("GET", "/static/nothing.css"),
    ("GET", "/console"),
    ("GET", "/.env"),
    ("GET", "/.git/config"),
    ("GET", "/instance/gian-hang.db"),
    ("GET", "/static/../app.py"),
    ("GET", "/fairs?q=%00"),
    ("DELETE", "/"),
    ("TRACE", "/"),
    ("OPTIONS", "/"),
    ("POST", "/account"),
    ("POST", "/sign-in"),
    ("GET", "/" + "x" * 5000),
)  # fmt: skip - read as a list


def everywhere(world: World) -> Iterator[tuple[str, str, TestResponse]]:
    """Role, address, answer: what links reach, what only an address reaches, what does not exist."""
    for role in ROLES:
        pages = pages_of(world, role)
        for address, answer in pages.items():
            yield role, address, answer
        for address in {world.address(endpoint, "organiser A") for endpoint in world.endpoints("GET")} - set(pages):
            yield role, address, world.read(role, address)
        for method, address in ERRORS:
            yield role, f"{method} {address[:60]}", world.request(role, method, address)
    for name in ("css/gian-hang.css", "js/page.js", "favicon.svg"):
        yield "anonymous", name, world.request("anonymous", "HEAD", static_url(name))


@pytest.fixture(scope="module")
def answers(world: World) -> list[tuple[str, str, TestResponse]]:
    return list(everywhere(world))


def policy_of(answer: TestResponse) -> dict[str, str]:
    rules = (rule.strip().partition(" ") for rule in answer.headers.get("Content-Security-Policy", "").split(";"))
    return {name: value for name, _, value in rules}


def test_policy_lets_nothing_foreign_or_inline_run(answers: list[tuple[str, str, TestResponse]]) -> None:
    lax = []
    for role, address, answer in answers:
        policy = policy_of(answer)
        if "/embed/" in address and b"<form" not in answer.get_data():  # made to be shown within other sites
            policy |= {"frame-ancestors": "'none'"}
        if "unsafe" in str(policy) or ("sandbox" not in policy and not POLICY.items() <= policy.items()):
            lax.append((role, address, policy))
    assert lax == []


def test_answer_says_what_browsers_must_not_guess(answers: list[tuple[str, str, TestResponse]]) -> None:
    silent = [
        (role, address)
        for role, address, answer in answers
        if answer.headers.get("X-Content-Type-Options") != "nosniff"
        or answer.headers.get("Referrer-Policy")
        not in {"strict-origin-when-cross-origin", "same-origin", "no-referrer"}
        or "geolocation" not in answer.headers.get("Permissions-Policy", "")
        or "X-Powered-By" in answer.headers
        or ("Access-Control-Allow-Origin" in answer.headers and answer.mimetype == "text/html")
        or "Access-Control-Allow-Credentials" in answer.headers
    ]
    assert silent == []


def test_what_differs_by_person_is_kept_nowhere(answers: list[tuple[str, str, TestResponse]]) -> None:
    """What others may keep is, octet for octet, what a visitor gets at that address, and no error."""
    visitors = {address: answer for role, address, answer in answers if role == "anonymous"}
    kept = []
    for role, address, answer in answers:
        control = answer.headers.get("Cache-Control", "")
        if control in {"no-store", "private, no-store"}:
            continue
        same = address in visitors and answer.get_data() == visitors[address].get_data()
        if "public" not in control or not same or answer.status_code not in {200, 304}:
            kept.append((role, address, answer.status_code, control))
    assert kept == []


def test_private_pages_are_private_to_visitors_too(world: World) -> None:
    private = [
        endpoint
        for endpoint, (pages, _) in route_permissions(world.app).items()
        if pages.audience is not Audience.ANYONE and endpoint in world.endpoints("GET")
    ]
    controls = {
        endpoint: world.app.test_client().get(world.address(endpoint, "organiser A")).headers["Cache-Control"]
        for endpoint in private
    }
    assert set(controls.values()) == {"no-store"}
    assert len(controls) > 20


def test_visitor_without_a_form_gets_no_cookie(world: World) -> None:
    """A cookie comes with a form that needs its token, and with nothing else."""
    given = []
    for address in pages_of(world, "anonymous"):
        fresh = world.app.test_client(use_cookies=False).get(address, buffered=True)
        if ("Set-Cookie" in fresh.headers) != (TOKEN_FIELD in fresh.get_data()):
            given.append((address, fresh.headers.getlist("Set-Cookie")))
    assert given == []


def test_cookie_is_closed_to_scripts_and_other_sites(
    answers: list[tuple[str, str, TestResponse]], world: World
) -> None:
    cookies = [cookie for _, _, answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    cookies += world.app.test_client().get("/sign-in").headers.getlist("Set-Cookie")
    lax = [c for c in cookies if not all(word in c for word in ("HttpOnly", "SameSite=Lax", "Path=/")) or "Domain" in c]
    assert cookies
    assert lax == []


def test_nothing_is_asked_of_strangers(answers: list[tuple[str, str, TestResponse]]) -> None:
    """No font, script, style or picture from elsewhere (C7)."""
    html = [
        (address, answer.get_data(as_text=True)) for _, address, answer in answers if answer.mimetype == "text/html"
    ]
    assert {address: found for address, body in html if (found := ELSEWHERE.findall(body))} == {}


def test_error_is_a_page_of_our_own_with_its_number(answers: list[tuple[str, str, TestResponse]]) -> None:
    bare = []
    for role, address, answer in answers:
        if answer.status_code < 400 or answer.status_code == 410:  # a dead link is told in a page of its own
            continue
        body, number = answer.get_data(as_text=True), answer.headers.get("X-Request-Id", "")
        inside = any(word in body for word in ("Traceback", "werkzeug", "sqlalchemy", "/tests/", "SELECT "))
        if answer.mimetype == "text/html" and (len(number) < 12 or number not in body or inside):
            bare.append((role, address, answer.status_code))
    assert bare == []
    assert {400, 403, 404, 405} <= {answer.status_code for _, _, answer in answers}
