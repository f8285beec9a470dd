"""The page to open after signing in is one of our own (C3)."""

from __future__ import annotations

import pytest

from accounts.next_page import allow_next, find_way_on
from foundation.actor import Actor, Role

ELSEWHERE = [
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\\/evil.test",
    "https:evil.test",
    "https://evil.test/",
    "http:/evil.test",
    "HTTPS://evil.test",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "mailto:a@evil.test",
    "%2f%2fevil.test",
    "/%2fevil.test",
    "/%2F%2Fevil.test",
    "/%5cevil.test",
    "/%255cevil.test",
    "/%25252fevil.test",
    "/a//evil.test",
    "/../evil.test",
    "/%2e%2e//evil.test",
    "/fairs\r\nSet-Cookie: a=b",
    "/fairs\n",
    "/%0d%0aSet-Cookie:a=b",
    "/fairs\x00",
    "/%00",
    "/\t/evil.test",
    " /fairs",
    "/\u2028/evil.test",
    "/\u202efairs",
    "evil.test",
    "@evil.test",
    "?next=/",
    "",
    "/" + "a" * 500,
]


@pytest.mark.parametrize("payload", ELSEWHERE)
def test_next_that_leads_elsewhere_is_refused(payload: str) -> None:
    assert allow_next(payload) is None


@pytest.mark.parametrize(
    "path", ["/", "/account", "/fairs/xuan-2027?zone=a&q=mi%E1%BA%BFn", "/en/fairs", "/sản-phẩm", "/a#b"]
)
def test_next_that_is_our_own_is_kept(path: str) -> None:
    assert allow_next(path) == path


def test_way_on_keeps_the_language_once() -> None:
    visitor = Actor(1)
    assert find_way_on("/account", visitor, "/en") == "/en/account"
    assert find_way_on("/en/account", visitor, "/en") == "/en/account"
    assert find_way_on("/account", visitor, "") == "/account"


def test_way_on_without_a_page_is_the_own_desk() -> None:
    assert find_way_on(None, Actor(1), "") == "/producer"
    assert find_way_on(None, Actor(1, organiser_roles={1: Role.OWNER}), "/en") == "/en/organise"
