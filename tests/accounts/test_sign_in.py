"""Signing in and out through the pages: sessions (S1–S5), limits (A5–A8), tokens (C1)."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from accounts.sign_up import register_person
from accounts.user import SESSION_LIFE, find_user
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.settings import Settings
from tests.cast import PASSWORD
from tests.ground import app_for

EMAIL = "ha@halong.example"
REQUEST_MARKS = re.compile(r'name="csrf_token" value="[^"]+"')


def test_right_password_opens_the_own_desk(visitor, person) -> None:
    answer = visitor.sign_in(EMAIL)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/producer")
    assert visitor.is_signed_in()


def test_address_is_read_in_any_case(visitor, person) -> None:
    assert visitor.sign_in(" HA@Halong.EXAMPLE ").status_code == 303


def test_next_is_followed_in_the_language_of_the_page(visitor, person) -> None:
    answer = visitor.send("/en/sign-in", email=EMAIL, password=PASSWORD, next="/account/password?a=1")
    assert answer.headers["Location"] == "/en/account/password?a=1"


@pytest.mark.parametrize(
    "payload", ["//evil.test", "/\\evil.test", "https:evil.test", "/%2f/evil.test", "javascript:x"]
)
def test_next_that_leads_elsewhere_is_forgotten(visitor, person, payload) -> None:
    assert "evil" not in visitor.get("/sign-in", query_string={"next": payload}).text.split("<main")[1]
    assert visitor.sign_in(EMAIL, next=payload).headers["Location"] == "/producer"


def test_guarded_page_comes_back_after_signing_in(visitor, person) -> None:
    sent = visitor.get("/en/account/email").headers["Location"]
    assert sent == "/en/sign-in?next=/account/email"
    asked = visitor.get(sent).text
    assert 'name="next" value="/account/email"' in asked
    assert "The page you asked for opens once you have signed in." in asked
    assert "The page you asked for" not in visitor.get("/en/sign-in").text


def test_signed_in_person_is_sent_on(visitor, person) -> None:
    visitor.sign_in(EMAIL)
    assert visitor.get("/sign-in?next=/account").headers["Location"] == "/account"
    assert visitor.get("/sign-up").headers["Location"] == "/producer"


# --- wrong passwords ----------------------------------------------------------------------------------------------


def test_wrong_password_keeps_the_address_and_names_neither(visitor, person) -> None:
    answer = visitor.sign_in(EMAIL, "sai mật khẩu")
    assert answer.status_code == 422
    assert f'value="{EMAIL}"' in answer.text
    assert "sai mật khẩu" not in answer.text


def test_known_and_unknown_address_get_the_same_answer(visitor, another_visitor, person) -> None:
    known = visitor.sign_in(EMAIL, "sai mật khẩu")
    unknown = another_visitor(address="198.51.100.9").sign_in("hx@halong.example", "sai mật khẩu")
    assert known.status_code == unknown.status_code
    same = REQUEST_MARKS.sub("", unknown.text).replace("hx@halong", "ha@halong")
    assert REQUEST_MARKS.sub("", known.text) == same


def test_failed_try_is_in_the_trail_without_saying_for_whom(visitor, person, look) -> None:
    visitor.sign_in(EMAIL, "sai mật khẩu")
    visitor.sign_in("hx@halong.example", "sai mật khẩu")
    tries = look(lambda session: session.query(AuditEntry).filter_by(what="failed_sign_in").all())
    assert [(entry.thing_id, entry.new, entry.reason) for entry in tries] == [(None, None, "")] * 2


def test_unconfirmed_person_is_told_only_after_the_right_password(visitor, store) -> None:
    register_person(store, email=EMAIL, name="Nguyễn Thị Hà", password=PASSWORD)
    store.commit()
    assert visitor.sign_in(EMAIL, "sai mật khẩu").status_code == 422
    answer = visitor.sign_in(EMAIL)
    assert (answer.status_code, 'action="/sign-up/resend"' in answer.text) == (403, True)
    assert not visitor.is_signed_in()


def test_disabled_person_is_not_let_in_and_thrown_out(visitor, person, store) -> None:
    visitor.sign_in(EMAIL)
    find_user(store, EMAIL).disabled_at = clock.now()
    store.commit()
    assert not visitor.is_signed_in()
    assert visitor.sign_in(EMAIL).status_code == 422


@pytest.mark.parametrize(
    "typed", [{}, {"email": EMAIL}, {"email": "x" * 5000, "password": "y"}, {"email": "\x00", "password": "\x00" * 9}]
)
def test_incomplete_form_is_answered_with_the_form(visitor, typed) -> None:
    assert visitor.send("/sign-in", **typed).status_code == 422


# --- limits -------------------------------------------------------------------------------------------------------


def test_forty_tries_are_stopped_after_five_and_the_right_password_is_not_faster(visitor, person) -> None:
    statuses = [visitor.sign_in(EMAIL, f"sai mật khẩu {number}").status_code for number in range(40)]
    assert statuses == [422] * 5 + [429] * 35
    answer = visitor.sign_in(EMAIL)
    assert (answer.status_code, 0 < int(answer.headers["Retry-After"]) <= 900) == (429, True)


def test_made_up_forwarding_header_does_not_help(visitor, person) -> None:
    statuses = []
    for number in range(8):
        visitor.where["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
        statuses.append(visitor.sign_in(EMAIL, "sai mật khẩu").status_code)
    assert statuses == [422] * 5 + [429] * 3


def test_neighbours_in_an_ipv6_network_count_together(another_visitor, person) -> None:
    statuses = [
        another_visitor(address=f"2001:db8:1:2::{number}").sign_in(EMAIL, "sai").status_code for number in range(6)
    ]
    assert statuses == [422] * 5 + [429]


def test_network_that_tries_many_accounts_is_stopped(visitor, person) -> None:
    statuses = [visitor.sign_in(f"ai-{number}@halong.example", "sai").status_code for number in range(12)]
    assert statuses == [422] * 10 + [429] * 2


def test_owner_elsewhere_and_other_accounts_are_not_locked_out(visitor, another_visitor, person, store) -> None:
    register_person(store, email="ly@binhlieu.example", name="Bùi Thị Lý", password=PASSWORD, confirmed=True)
    store.commit()
    for number in range(40):
        visitor.sign_in(EMAIL, f"sai {number}")
    assert another_visitor(address="198.51.100.9").sign_in(EMAIL).status_code == 303
    assert visitor.sign_in("ly@binhlieu.example").status_code == 303


def test_successes_do_not_count(another_visitor, person) -> None:
    assert [another_visitor().sign_in(EMAIL).status_code for _ in range(14)] == [303] * 14


def test_tries_begin_anew_after_a_success(visitor, person) -> None:
    for _ in range(4):
        visitor.sign_in(EMAIL, "sai mật khẩu")
    assert visitor.sign_in(EMAIL).status_code == 303
    assert visitor.sign_in(EMAIL, "sai mật khẩu").status_code == 422


def test_limit_survives_a_restart(settings: Settings, another_visitor, person, tmp_path) -> None:

    kept = replace(settings, ratelimit_url=f"sqlite:///{tmp_path / 'limits.db'}")
    visitor = type(another_visitor())
    first = visitor(app_for(kept))
    assert [first.sign_in(EMAIL, "sai").status_code for _ in range(5)] == [422] * 5
    again = visitor(app_for(kept))
    assert again.sign_in(EMAIL).status_code == 429
    assert visitor(app_for(kept), address="198.51.100.9").sign_in(EMAIL).status_code == 303


# --- sessions -----------------------------------------------------------------------------------------------------


def test_signing_in_drops_what_the_browser_held(visitor, person) -> None:
    visitor.get("/sign-in")
    planted = visitor.cookie()
    visitor.sign_in(EMAIL)
    assert visitor.cookie() != planted
    other = type(visitor)(visitor.client.application)
    other.use_cookie(planted)
    assert not other.is_signed_in()


def test_copied_cookie_is_refused_after_signing_out(visitor, another_visitor, person) -> None:
    visitor.sign_in(EMAIL)
    thief = another_visitor()
    thief.use_cookie(visitor.cookie())
    assert thief.is_signed_in()
    assert visitor.send("/sign-out", form_on="/account").status_code == 303
    assert (visitor.is_signed_in(), thief.is_signed_in()) == (False, False)


def test_session_ends_after_fourteen_days_and_when_the_clock_is_set_back(visitor, person) -> None:
    now = clock.now()
    with time_machine.travel(now, tick=False) as traveller:
        visitor.sign_in(EMAIL)
        cookie = visitor.cookie()
        for moment, signed_in in (
            (now + SESSION_LIFE - timedelta(seconds=1), True),
            (now + SESSION_LIFE, False),
            (now - timedelta(days=1), False),
        ):
            traveller.move_to(moment)
            visitor.use_cookie(cookie)
            assert visitor.is_signed_in() is signed_in


def test_cookie_is_closed_to_scripts_and_holds_nothing_personal(visitor, person) -> None:
    answer = visitor.sign_in(EMAIL)
    attributes = {part.strip().lower() for part in answer.headers["Set-Cookie"].split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= attributes
    assert len(visitor.cookie()) < 4096
    payload = visitor.cookie().lstrip(".").split(".")[0]
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    held = (zlib.decompress(raw) if visitor.cookie().startswith(".") else raw).decode()
    assert [word for word in (EMAIL, "Hà", "password", "argon2") if word in held] == []


def test_cookie_over_https_is_secure_and_bound_to_the_host(settings: Settings, another_visitor, person) -> None:

    secure = app_for(replace(settings, base_url="https://hoicho.example"))
    visitor = type(another_visitor())(secure, base_url="https://hoicho.example")
    cookie = visitor.sign_in(EMAIL).headers["Set-Cookie"]
    assert cookie.startswith("__Host-gianhang=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


# --- tokens -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/sign-up", "/sign-up/resend", "/forgot-password"])
def test_form_without_its_token_is_refused_in_words(visitor, path) -> None:
    answer = visitor.client.post(path, data={"email": EMAIL, "password": PASSWORD, "csrf_token": "x"})
    assert (answer.status_code, "<h1" in answer.text) == (400, True)


def test_token_of_the_time_before_signing_in_is_refused(visitor, person) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/sign-in").text).group(1)
    visitor.sign_in(EMAIL)
    answer = visitor.client.post("/sign-out", data={"csrf_token": token}, environ_overrides=visitor.where)
    assert (answer.status_code, visitor.is_signed_in()) == (400, True)


def test_private_pages_are_not_kept(visitor, person) -> None:
    visitor.sign_in(EMAIL)
    assert {visitor.get(path).headers["Cache-Control"] for path in ("/account", "/account/email")} == {"no-store"}
