"""The account page: profile, sessions (S2, S5), password and address (A4)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from accounts.sign_up import register_person
from accounts.user import SESSION_LIFE, SignedInSession, User, find_user
from tests.cast import PASSWORD

EMAIL = "ha@halong.example"
NEW_PASSWORD = "con thuyền ra khơi"
HEADING = re.compile(r'<h1 class="h3">([^<]*)</h1>')
PATHS = ["/account", "/account/password", "/account/email"]


@pytest.mark.parametrize("path", PATHS)
def test_visitor_is_asked_to_sign_in(visitor, path) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/sign-in?next={path}")


@pytest.mark.parametrize("path", [*PATHS, "/account/sign-out-everywhere", "/account/sessions/1/end"])
def test_visitor_cannot_send_its_forms(visitor, path) -> None:
    assert visitor.send(path).status_code == 401


@pytest.mark.parametrize(
    ("signs_in", "title"),
    [(True, "Những gì bạn đã nhập vẫn còn đây"), (False, "Phiên đăng nhập của bạn đã hết")],
)
def test_form_with_a_token_of_an_ended_session_is_offered_again(visitor, person, signs_in, title) -> None:
    if signs_in:
        visitor.sign_in(EMAIL)
    answer = visitor.client.post(
        "/account",
        data={"name": "Bùi Thị Hà", "csrf_token": "of an ended session"},
        headers={"Sec-Fetch-Site": "same-origin"},
        environ_overrides=visitor.where,
        base_url=visitor.base_url,
    )
    assert (answer.status_code, HEADING.findall(answer.text)) == (400, [title])
    assert 'name="name" value="Bùi Thị Hà"' in answer.text


def test_name_and_language_are_saved(visitor, person, look) -> None:
    visitor.sign_in(EMAIL)
    answer = visitor.send("/account", form_on="/account", name="Nguyễn Hà", language="en", is_admin="1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    saved = look(lambda session: find_user(session, EMAIL))
    assert (saved.name, saved.language, saved.is_admin) == ("Nguyễn Hà", "en", False)


@pytest.mark.parametrize("typed", [{"name": ""}, {"name": "www.evil.test"}, {"language": "fr"}, {"name": "x" * 200}])
def test_wrong_profile_is_answered_with_the_form(visitor, person, typed) -> None:
    visitor.sign_in(EMAIL)
    answer = visitor.send("/account", form_on="/account", **{"name": "Nguyễn Hà", "language": "vi", **typed})
    assert answer.status_code == 422


def test_changing_the_password_needs_the_present_one(visitor, person) -> None:
    visitor.sign_in(EMAIL)
    answer = visitor.send(
        "/account/password", form_on="/account/password", present_password="sai", new_password=NEW_PASSWORD
    )
    assert answer.status_code == 422
    assert visitor.sign_in(EMAIL).status_code == 303


def test_changing_the_password_ends_the_other_sessions_and_renews_this_one(visitor, another_visitor, person) -> None:
    other, thief = another_visitor(), another_visitor()
    other.sign_in(EMAIL)
    visitor.sign_in(EMAIL)
    thief.use_cookie(visitor.cookie())
    answer = visitor.send(
        "/account/password", form_on="/account/password", present_password=PASSWORD, new_password=NEW_PASSWORD
    )
    assert answer.status_code == 303
    assert [one.is_signed_in() for one in (visitor, other, thief)] == [True, False, False]
    assert other.sign_in(EMAIL).status_code == 422
    assert other.sign_in(EMAIL, NEW_PASSWORD).status_code == 303


@pytest.mark.parametrize("password", ["12345678", "gianhang2026", "Nguyễn Thị Hà", "ngắn"])
def test_easily_guessed_new_password_is_refused(visitor, person, password) -> None:
    visitor.sign_in(EMAIL)
    answer = visitor.send(
        "/account/password", form_on="/account/password", present_password=PASSWORD, new_password=password
    )
    assert answer.status_code == 422


def test_guessing_the_present_password_is_limited(visitor, person) -> None:
    visitor.sign_in(EMAIL)
    statuses = [
        visitor.send(
            "/account/email", form_on="/account", email="moi@halong.example", present_password=f"sai {number}"
        ).status_code
        for number in range(7)
    ]
    assert statuses == [422] * 5 + [429] * 2


def test_new_address_is_confirmed_in_any_browser(visitor, another_visitor, person, look, letters) -> None:
    visitor.sign_in(EMAIL)
    visitor.send("/account/email", form_on="/account/email", email="moi@halong.example", present_password=PASSWORD)
    assert [letter.recipient for letter in letters()] == [EMAIL, "moi@halong.example"]
    path = re.search(r"(/account/email/\S+)", letters()[1].body).group(1)
    phone = another_visitor()
    page = phone.get(path)
    assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert phone.send(path, form_on=path).status_code == 303
    assert look(lambda session: find_user(session, "moi@halong.example")).id == person.id
    assert phone.get(path).status_code == 410


def test_changing_the_address_to_a_known_one_gives_the_same_answer(visitor, person, store) -> None:
    register_person(store, email="ly@binhlieu.example", name="Bùi Thị Lý", password=PASSWORD, confirmed=True)
    store.commit()
    visitor.sign_in(EMAIL)
    answers = [
        visitor.send("/account/email", form_on="/account/email", email=email, present_password=PASSWORD)
        for email in ("ly@binhlieu.example", "khac@binhlieu.example")
    ]
    pages = [(answer.status_code, answer.headers["Location"], answer.text) for answer in answers]
    assert pages[0] == pages[1]


def test_sign_out_everywhere_keeps_this_browser_only(visitor, another_visitor, person) -> None:
    others = [another_visitor(), another_visitor()]
    for one in (*others, visitor):
        one.sign_in(EMAIL)
    assert visitor.send("/account/sign-out-everywhere", form_on="/account").status_code == 303
    assert [one.is_signed_in() for one in (visitor, *others)] == [True, False, False]


def test_one_session_is_ended_from_the_list(visitor, another_visitor, person, look) -> None:
    other = another_visitor()
    other.sign_in(EMAIL)
    visitor.sign_in(EMAIL)
    row = look(lambda session: session.query(SignedInSession).order_by(SignedInSession.id).first())
    assert visitor.send(f"/account/sessions/{row.id}/end", form_on="/account").status_code == 303
    assert (visitor.is_signed_in(), other.is_signed_in()) == (True, False)


@pytest.mark.parametrize(
    ("fact", "moved_by", "is_signed_in"),
    [
        ("expires_at", -SESSION_LIFE, False),
        ("expires_at", timedelta(minutes=1) - SESSION_LIFE, True),
        ("created_at", timedelta(minutes=6), False),
        ("created_at", timedelta(minutes=4), True),
    ],
)
def test_session_counts_from_its_beginning_to_its_end(visitor, person, store, fact, moved_by, is_signed_in) -> None:
    visitor.sign_in(EMAIL)
    row = store.scalars(select(SignedInSession)).one()
    setattr(row, fact, getattr(row, fact) + moved_by)
    store.commit()
    assert visitor.is_signed_in() is is_signed_in


@pytest.mark.parametrize(
    "becomes", [{"disabled_at": datetime(2026, 1, 1, tzinfo=UTC)}, {"email_confirmed_at": None}], ids=str
)
def test_person_who_may_no_longer_act_is_signed_out(visitor, person, store, becomes) -> None:
    visitor.sign_in(EMAIL)
    assert visitor.is_signed_in()
    store.execute(update(User).values(**becomes))
    store.commit()
    assert not visitor.is_signed_in()


def test_session_of_somebody_else_is_not_there(visitor, another_visitor, person, store, look) -> None:
    register_person(store, email="ly@binhlieu.example", name="Bùi Thị Lý", password=PASSWORD, confirmed=True)
    store.commit()
    other = another_visitor()
    other.sign_in("ly@binhlieu.example")
    visitor.sign_in(EMAIL)
    row = look(lambda session: session.query(SignedInSession).order_by(SignedInSession.id).first())
    ids = (row.id, 999_999, 2**31, 2**63)
    assert [visitor.send(f"/account/sessions/{one}/end", form_on="/account").status_code for one in ids] == [404] * 4
    assert other.is_signed_in()
