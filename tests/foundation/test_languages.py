"""The language stands in the address, and every link keeps it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from foundation.languages import LanguagePrefix, address_in, say, say_plural, write_plural


@pytest.mark.parametrize(
    ("path", "language", "script", "rest"),
    [
        ("/", "vi", "", "/"),
        ("/fairs", "vi", "", "/fairs"),
        ("/en", "en", "/en", "/"),
        ("/en/", "en", "/en", "/"),
        ("/en/fairs", "en", "/en", "/fairs"),
        ("/english", "vi", "", "/english"),
        ("/en/en/fairs", "en", "/en", "/en/fairs"),
        ("", "vi", "", ""),
    ],
)
def test_prefix_moves_out_of_the_path(path: str, language: str, script: str, rest: str) -> None:
    environ = {"PATH_INFO": path, "SCRIPT_NAME": ""}
    LanguagePrefix(lambda *_: [])(environ, lambda *_: None)
    assert (environ["gianhang.language"], environ["SCRIPT_NAME"], environ["PATH_INFO"]) == (language, script, rest)


@pytest.mark.parametrize(("start", "foreign"), [("/", "/en"), ("/en", "/")])
def test_links_of_a_page_keep_its_language(client: FlaskClient, start: str, foreign: str) -> None:
    body = client.get(start).get_data(as_text=True)
    assert f'<html lang="{"vi" if start == "/" else "en"}">' in body
    links = {link for link in re.findall(r'<a [^>]*href="(/[^"]*)"', body) if not link.startswith("/static")}
    other = {link for link in links if (link == "/en" or link.startswith("/en/")) is (start == "/")}
    assert {link.partition("?")[0].rstrip("/") for link in other} == {foreign.rstrip("/")}


def test_other_language_of_a_search_keeps_the_query(app: Flask) -> None:
    with app.test_request_context("/search?q=mi%E1%BA%BFn&page=2"):
        assert address_in("en") == "/en/search?q=mi%E1%BA%BFn&page=2"


@pytest.mark.parametrize(
    ("sent_to", "other"),
    [
        ("/sign-in?next=/account", "/en/sign-in?next=/account"),
        (
            "/organise/fairs/he-2027/applications/many?state=to_review",
            "/en/organise/fairs/he-2027/applications?state=to_review",
        ),
        (
            "/organise/fairs/he-2027/applications/GH-AAAAAA/decision",
            "/en/organise/fairs/he-2027/applications/GH-AAAAAA",
        ),
        ("/nowhere/at/all?a=b", "/en/"),
    ],
)
def test_answer_to_a_form_leads_to_the_nearest_page_in_the_other_language(app: Flask, sent_to: str, other: str) -> None:
    """A form cannot be sent again by a link."""
    with app.test_request_context(sent_to, method="POST"):
        assert address_in("en") == other


def test_templates_say_the_words_of_the_page(app: Flask) -> None:
    words = {}
    for path in ("/", "/en/"):
        environ = {"gianhang.language": "en" if path == "/en/" else "vi"}
        with app.test_request_context(path, environ_overrides=environ):
            words[path] = (say("Sign in"), say_plural("%(num)s booth", "%(num)s booths", 2))
    assert words["/en/"] == ("Sign in", "%(num)s booths")
    assert words["/"][0] == "Đăng nhập"


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("vi", 999, "999 sản phẩm"),
        ("vi", 1239, "1.239 sản phẩm"),
        ("en", 1239, "1,239 products"),
        ("en", 1, "1 product"),
    ],
)
def test_numbers_in_sentences_are_grouped_by_thousands(app: Flask, language: str, number: int, said: str) -> None:
    with app.test_request_context("/", environ_overrides={"gianhang.language": language}):
        assert write_plural("%(num)s product", "%(num)s products", number) == said
