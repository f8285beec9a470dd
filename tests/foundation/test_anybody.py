"""Who gets kept pages, and what is never kept: cookies alone change nothing, what is for one person is for that one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, flash, make_response
from flask import session as browser_session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from foundation.page_cache import kept_for_visitors
from foundation.settings import Settings
from tests.accounts.conftest import Visitor
from tests.cast import a_producer
from tests.ground import app_for

FORM = "/follow/kinds/fair"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FOREIGN = {"Cookie": "_ga=GA1.2.3; _pk_id.7=abc; session=x; theme=dark"}


def session_cookie(app: Flask, facts: dict[str, Any]) -> dict[str, str]:
    """The header of a browser whose session holds these."""
    signed = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signed is not None
    return {"Cookie": f"_ga=GA1.2.3; {app.config['SESSION_COOKIE_NAME']}={signed.dumps(facts)}"}


@pytest.mark.parametrize("path", ["/", "/fairs", "/search?q=mien", "/products", "/en/producers"])
def test_foreign_cookies_change_nothing(app: Flask, path: str) -> None:
    client = app.test_client(use_cookies=False)
    first, second = client.get(path, headers=FOREIGN), client.get(path, headers=FOREIGN)
    plain = client.get(path)
    assert first.get_data() == second.get_data() == plain.get_data()
    assert [answer.headers["Cache-Control"] for answer in (first, second, plain)] == ["public, max-age=3"] * 3
    known = client.get(path, headers={**FOREIGN, "If-None-Match": plain.headers["ETag"]})
    assert (known.status_code, known.get_data()) == (304, b"")


def test_foreign_cookies_are_answered_at_the_door(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    shelf = app.extensions["page_cache"].at_the_door
    client.get("/fairs", headers=FOREIGN)
    assert len(shelf.things) == 1
    repeated = client.get("/fairs", headers=FOREIGN)
    assert "Vary" in repeated.headers
    assert "Cookie" in repeated.headers["Vary"]


def test_visitor_who_opened_a_form_still_gets_kept_pages(app: Flask) -> None:
    visitor, other = app.test_client(), app.test_client(use_cookies=False)
    assert visitor.get(FORM).headers["Cache-Control"] == "no-store"
    assert visitor.get_cookie(app.config["SESSION_COOKIE_NAME"]) is not None
    kept = visitor.get("/fairs")
    assert kept.headers["Cache-Control"] == "public, max-age=3"
    assert kept.get_data() == other.get("/fairs").get_data()
    assert visitor.get("/fairs", headers={"If-None-Match": kept.headers["ETag"]}).status_code == 304


def test_token_of_a_form_is_for_one_visitor(app: Flask) -> None:
    """Each gets an own token at the first and at every later visit, and no page that others get has it."""
    visitors = [app.test_client() for _ in range(2)]
    tokens = []
    for _ in range(2):
        for visitor in visitors:
            answer = visitor.get(FORM)
            assert answer.headers["Cache-Control"] == "no-store"
            assert "Cookie" in answer.headers["Vary"]
            tokens += TOKEN.findall(answer.get_data(as_text=True))
    assert len(tokens) == 4
    assert set(tokens[0::2]).isdisjoint(tokens[1::2])
    pages = app.extensions["page_cache"].pages.things.values()
    assert not any(token.encode() in page.body for token in tokens for page, _ in pages)


def test_waiting_message_is_shown_to_one_and_kept_for_nobody(app: Flask) -> None:
    client, word = app.test_client(use_cookies=False), "Lời nhắn riêng"
    client.get("/fairs")
    told = client.get("/fairs", headers=session_cookie(app, {"_flashes": [("ok", word)]}))
    assert word in told.get_data(as_text=True)
    assert told.headers["Cache-Control"] == "no-store"
    cleared = told.headers["Set-Cookie"]
    assert cleared.startswith(f"{app.config['SESSION_COOKIE_NAME']}=;")
    for headers in ({}, FOREIGN, session_cookie(app, {"csrf_token": "a" * 40})):
        assert word not in client.get("/fairs", headers=headers).get_data(as_text=True)


def test_session_that_cannot_be_read_is_no_session(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    forged = {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}=x.y.z"}
    assert client.get("/fairs", headers=forged).headers["Cache-Control"] == "public, max-age=3"


def test_signed_in_person_gets_nothing_kept_and_leaves_nothing(app: Flask, session: Session) -> None:
    player = a_producer(session, "HTX Én Nâu", "nau@units.example")
    session.commit()
    shelves, person = app.extensions["page_cache"], Visitor(app)
    person.sign_in(player.user.email)
    assert person.is_signed_in()
    for _ in range(2):
        page = person.get("/fairs")
        assert page.headers["Cache-Control"] == "no-store"
        assert player.user.name in page.text
    assert not shelves.pages.things
    assert not shelves.at_the_door.things
    assert player.user.name not in app.test_client(use_cookies=False).get("/fairs").text


def with_token() -> str:
    """A page with a form's token in it."""
    return str(generate_csrf())


def with_message() -> str:
    """A page that leaves a message for the next one."""
    flash("riêng")
    return "page"


def with_session() -> str:
    """A page that writes to the session."""
    browser_session["seen"] = "yes"
    return "page"


def with_cookie() -> Any:
    """A page that sets a cookie by itself."""
    answer = make_response("page")
    answer.set_cookie("mine", "1")
    return answer


@pytest.mark.parametrize("view", [with_token, with_message, with_session, with_cookie])
@pytest.mark.parametrize("holds", [None, {"csrf_token": "a" * 40}], ids=["no session", "token in the session"])
def test_page_for_one_is_never_kept_though_its_view_asks_for_it(
    settings: Settings, view: Callable[[], Any], holds: dict[str, Any] | None
) -> None:
    app = app_for(settings)
    app.add_url_rule("/for-one", "for_one", kept_for_visitors(view))
    client = app.test_client(use_cookies=False)
    for _ in range(2):
        answer = client.get("/for-one", headers=session_cookie(app, holds) if holds else {})
        assert "ETag" not in answer.headers
        assert "max-age=3" not in answer.headers["Cache-Control"]
    assert not app.extensions["page_cache"].pages.things
    assert not app.extensions["page_cache"].at_the_door.things
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()
