"""Signing up through the pages."""

from __future__ import annotations

import re

import pytest

from accounts.user import User, find_user
from tests.cast import PASSWORD

EMAIL = "ly@binhlieu.example"
TYPED = {"name": "Bùi Thị Lý", "email": EMAIL, "password": PASSWORD}


def link_in(letter) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(\S*/sign-up/confirm/\S+)", letter.body).group(1)


def test_visitor_becomes_a_person_who_registers_a_unit(visitor, look, letters) -> None:
    answer = visitor.send("/sign-up", **TYPED)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-up/sent")
    path = link_in(letters()[0])
    assert [visitor.get(path).status_code for _ in range(2)] == [200, 200]
    assert not look(lambda session: find_user(session, EMAIL)).may_act
    answer = visitor.send(path, form_on=path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/producer")
    assert visitor.is_signed_in()
    assert visitor.get(path).status_code == 410


def test_language_and_the_page_asked_for_are_kept_to_the_end(visitor, letters) -> None:
    sent = visitor.send("/en/sign-up", **TYPED, next="/apply?fair=3").headers["Location"]
    assert sent == "/en/sign-up/sent?next=/apply?fair%3D3"
    path = link_in(letters()[0])
    assert (letters()[0].language, path.startswith("/en/")) == ("en", True)
    assert visitor.send(path, form_on=path, next="/apply?fair=3").headers["Location"] == "/en/apply?fair=3"


def test_page_behind_the_link_tells_nobody_its_address(visitor, letters) -> None:
    visitor.send("/sign-up", **TYPED)
    page = visitor.get(link_in(letters()[0]))
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")
    outside = re.findall(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1:8000)[^"]+', page.text)
    assert outside == []


def test_known_address_gets_the_same_answer(another_visitor, person, letters) -> None:
    answers = [
        another_visitor().send("/sign-up", **{**TYPED, "email": email})
        for email in (person.email, "khac@halong.example")
    ]
    pages = [(answer.status_code, answer.headers["Location"], answer.text) for answer in answers]
    assert pages[0] == pages[1]
    assert [letter.kind for letter in letters()] == ["known_address", "confirm_email"]


def test_refused_form_keeps_what_was_typed_except_the_password(visitor, look) -> None:
    answer = visitor.send("/sign-up", name="Bùi Thị Lý", email="không phải", password="12345678")
    assert answer.status_code == 422
    assert 'value="Bùi Thị Lý"' in answer.text
    assert 'value="không phải"' in answer.text
    assert "12345678" not in answer.text
    assert look(lambda session: session.query(User).count()) == 0


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "a@",
        "@b.vn",
        "a b@c.vn",
        "a@b",
        "a@b.vn\r\nBcc: x@y.vn",
        "đ@b.vn",
        "a@b.vn,c@d.vn",
        "x" * 300 + "@b.vn",
    ],
)
def test_address_that_cannot_get_letters_is_refused(visitor, email, letters) -> None:
    assert visitor.send("/sign-up", **{**TYPED, "email": email}).status_code == 422
    assert letters() == []


@pytest.mark.parametrize(
    "password", ["12345678", "password1", "GIANHANG", "gian hàng 2026", EMAIL, "Bùi Thị Lý", "ngắn"]
)
def test_easily_guessed_password_is_refused(visitor, password, letters) -> None:
    assert visitor.send("/sign-up", **{**TYPED, "password": password}).status_code == 422
    assert letters() == []


def test_every_fault_is_told_at_once(visitor, letters) -> None:
    typed = {"name": "", "email": "ai đó", "password": "12345678"}
    page = visitor.send("/sign-up", **typed).text
    assert page.count('aria-invalid="true"') == len(typed)
    assert letters() == []


def test_extra_fields_change_nothing(visitor, look) -> None:
    visitor.send("/sign-up", **TYPED, is_admin="1", email_confirmed_at="2026-01-01", role="owner", id="7")
    user = look(lambda session: find_user(session, EMAIL))
    assert (user.is_admin, user.may_act) == (False, False)


def test_letter_again_gives_the_same_answer_and_stops_at_three_an_hour(visitor, letters) -> None:
    visitor.send("/sign-up", **TYPED)
    answers = [visitor.send("/sign-up/resend", email=email) for email in [EMAIL] * 4 + ["ai-do@halong.example"]]
    assert {(answer.status_code, answer.headers["Location"], answer.text) for answer in answers} == {
        (303, "/sign-up/sent", answers[0].text)
    }
    assert len(letters()) == 3


def test_network_that_signs_up_many_is_stopped(visitor) -> None:
    statuses = [visitor.send("/sign-up", **{**TYPED, "email": f"a{number}@b.vn"}).status_code for number in range(21)]
    assert statuses == [303] * 20 + [429]
