"""A new password by letter: the rules of the link (A9, A10, A11)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy.orm import Session

from accounts.change_account import change_password, confirm_new_email
from accounts.organisation import actor_for
from accounts.passwords import hash_password, verify_password
from accounts.prove_password import prove_password
from accounts.reset_password import ask_for_reset, reset_password
from accounts.sign_in import live_sessions, open_session
from accounts.sign_up import register_person
from accounts.single_use_links import issue_link
from accounts.user import LinkPurpose, SingleUseLink, User, hash_token
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL, PASSWORD
from tests.ground import app_for

if TYPE_CHECKING:
    from flask import Flask

    from foundation.settings import Settings

EMAIL = "ha@halong.example"
NEW_PASSWORD = "con thuyền ra khơi"
LINK = re.compile(r"(https?://[^/\s]+)(?:/en)?/reset/([\w-]+)")


def ask(session: Session) -> str:
    """The token of a fresh reset letter."""
    ask_for_reset(session, email=EMAIL, base_url=BASE_URL)
    letter = session.query(OutboxLetter).order_by(OutboxLetter.id.desc()).first()
    found = LINK.search(letter.body if letter else "")
    assert found is not None
    return found.group(2)


def is_dead(session: Session, token: str) -> bool:
    try:
        reset_password(session, token, new_hash=hash_password(NEW_PASSWORD), base_url=BASE_URL)
    except Refused as refusal:
        return refusal.reason == "link_dead"
    return False


@pytest.fixture
def owner(session: Session) -> User:
    """Somebody who forgets the password."""
    made = register_person(session, email=EMAIL, name="Nguyễn Thị Hà", password=PASSWORD, confirmed=True)
    session.commit()
    return made


def test_reset_sets_the_password_once_and_ends_all_sessions(session: Session, owner: User) -> None:
    open_session(session, owner)
    token = ask(session)
    reset_password(session, token, new_hash=hash_password(NEW_PASSWORD), base_url=BASE_URL)
    assert verify_password(owner.password_hash, NEW_PASSWORD)
    assert live_sessions(session, owner) == []
    assert is_dead(session, token)


def test_token_has_256_bits_and_is_stored_only_as_its_hash(session: Session, owner: User) -> None:
    token = ask(session)
    assert (len(token), session.query(SingleUseLink).one().token_hash) == (43, hash_token(token))


def test_link_lives_one_hour_and_not_longer_when_the_clock_is_set_back(session: Session, owner: User) -> None:
    with time_machine.travel("2026-11-23 08:00:00+00:00", tick=False) as clock:
        token = ask(session)
        clock.move_to("2026-11-23 09:00:00+00:00")
        assert is_dead(session, token)
        clock.move_to("2026-11-22 08:00:00+00:00")
        assert is_dead(session, token)
        clock.move_to("2026-11-23 08:59:59+00:00")
        assert not is_dead(session, token)


def test_link_dies_when_a_newer_one_is_asked_for(session: Session, owner: User) -> None:
    first, second = ask(session), ask(session)
    assert (is_dead(session, first), is_dead(session, second)) == (True, False)


def test_link_dies_when_the_password_changes(session: Session, owner: User) -> None:
    token = ask(session)
    session.commit()
    proof = prove_password(session, PASSWORD, user_id=owner.id)
    assert proof is not None
    change_password(session, actor_for(session, owner), proof, new_hash=hash_password(NEW_PASSWORD), base_url=BASE_URL)
    assert is_dead(session, token)


def test_link_dies_when_the_address_changes(session: Session, owner: User) -> None:
    token = ask(session)
    confirm_new_email(session, issue_link(session, owner, LinkPurpose.CHANGE_EMAIL, new_email="moi@halong.example"))
    assert is_dead(session, token)


def test_link_of_another_purpose_does_not_reset(session: Session, owner: User) -> None:
    assert is_dead(session, issue_link(session, owner, LinkPurpose.CONFIRM_EMAIL))


def test_letter_goes_to_the_address_on_record_however_it_was_typed(session: Session, owner: User) -> None:
    ask_for_reset(session, email=" HA@HALONG.example ", base_url=BASE_URL)
    assert [letter.recipient for letter in session.query(OutboxLetter)] == [EMAIL]


def test_unknown_address_gets_no_letter(session: Session) -> None:
    ask_for_reset(session, email="ai-do@halong.example", base_url=BASE_URL)
    assert session.query(OutboxLetter).count() == 0


def test_reset_confirms_an_address_that_never_was(session: Session, owner: User) -> None:
    owner.email_confirmed_at = None
    assert reset_password(session, ask(session), new_hash=hash_password(NEW_PASSWORD), base_url=BASE_URL).may_act


# --- pages --------------------------------------------------------------------------------------------------------


def asked_token(visitor, letters: Callable[[], list[OutboxLetter]]) -> str:
    visitor.send("/forgot-password", email=EMAIL)
    found = LINK.search(letters()[-1].body)
    assert found is not None
    return found.group(2)


def test_opening_the_page_does_not_use_the_link_up(visitor, person, letters) -> None:
    path = f"/reset/{asked_token(visitor, letters)}"
    pages = [visitor.get(path) for _ in range(3)]
    assert [(page.status_code, page.headers["Referrer-Policy"]) for page in pages] == [(200, "no-referrer")] * 3
    answer = visitor.send(path, form_on=path, password=NEW_PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert visitor.get(path).status_code == 410
    assert visitor.sign_in(EMAIL, NEW_PASSWORD).status_code == 303


@pytest.mark.parametrize("password", ["12345678", "gianhang2026", "ngắn", "Nguyễn Thị Hà"])
def test_refused_password_leaves_the_link_alive(visitor, person, letters, password) -> None:
    path = f"/reset/{asked_token(visitor, letters)}"
    answer = visitor.send(path, form_on=path, password=password)
    assert (answer.status_code, answer.headers["Referrer-Policy"]) == (422, "no-referrer")
    assert visitor.get(path).status_code == 200


def test_many_requests_send_three_letters_an_hour(another_visitor, person, letters) -> None:
    for number in range(15):
        another_visitor(address=f"198.51.100.{number // 10}").send("/forgot-password", email=EMAIL)
    assert len(letters()) == 3


def test_network_that_asks_for_many_addresses_is_stopped(visitor) -> None:
    statuses = [
        visitor.send("/forgot-password", email=f"ai-{number}@halong.example").status_code for number in range(22)
    ]
    assert statuses == [303] * 20 + [429] * 2


def test_trying_tokens_is_limited(visitor) -> None:
    statuses = [visitor.get(f"/reset/{number:043}").status_code for number in range(22)]
    assert statuses == [410] * 20 + [429] * 2


def test_link_leads_to_the_configured_address_whatever_the_host(app, another_visitor, person, letters) -> None:
    stranger = another_visitor(base_url="http://evil.test")
    assert stranger.send("/forgot-password", email=EMAIL).status_code == 400
    neighbour = another_visitor(base_url="http://localhost:8000")
    neighbour.where["HTTP_X_FORWARDED_HOST"] = "evil.test"
    neighbour.send("/forgot-password", email=EMAIL)
    assert [LINK.search(letter.body).group(1) for letter in letters()] == ["http://127.0.0.1:8000"]


@pytest.mark.parametrize("path", ["/sign-in", "/sign-up", "/sign-up/sent", "/forgot-password", "/reset/x", "/account"])
def test_foreign_host_is_refused(another_visitor, path) -> None:
    assert another_visitor(base_url="http://evil.test").get(path).status_code == 400


def test_form_works_over_https_although_its_page_sends_no_referrer(
    settings: Settings, another_visitor, person, letters
) -> None:

    secure: Flask = app_for(replace(settings, base_url="https://hoicho.example"))
    visitor = type(another_visitor())(secure, base_url="https://hoicho.example")
    path = f"/reset/{asked_token(visitor, letters)}"
    assert visitor.send(path, form_on=path, password=NEW_PASSWORD).status_code == 303
