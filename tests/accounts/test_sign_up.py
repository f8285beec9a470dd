"""Registering people and confirming their address, without a web."""

from __future__ import annotations

import re

import pytest
import time_machine
from sqlalchemy.orm import Session

from accounts.passwords import verify_password
from accounts.sign_up import confirm_email, register_person, resend_confirmation, sign_up
from accounts.user import SingleUseLink, User, find_user, hash_token
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL, PASSWORD

EMAIL = "ly@binhlieu.example"


def letters_of(session: Session) -> list[OutboxLetter]:
    return list(session.query(OutboxLetter).order_by(OutboxLetter.id))


def token_in(letter: OutboxLetter) -> str:
    found = re.search(r"/sign-up/confirm/([\w-]+)", letter.body)
    assert found is not None
    return found.group(1)


def signed_up(
    session: Session, name: str = "Bùi Thị Lý", password: str = PASSWORD, language: str = "vi"
) -> User | None:
    return sign_up(session, email=EMAIL, name=name, password=password, language=language, base_url=BASE_URL)


def test_sign_up_writes_a_letter_with_a_link_to_the_configured_address(session: Session) -> None:
    user = signed_up(session, language="en")
    letter = letters_of(session)[0]
    assert (letter.recipient, letter.language, letter.kind) == (EMAIL, "en", "confirm_email")
    assert f"{BASE_URL}/en/sign-up/confirm/{token_in(letter)}" in letter.body
    assert user is not None
    assert not user.may_act


def test_token_is_stored_only_as_its_hash(session: Session) -> None:
    signed_up(session)
    token = token_in(letters_of(session)[0])
    link = session.query(SingleUseLink).one()
    assert (len(token) >= 43, link.token_hash) == (True, hash_token(token))


def test_confirming_lets_the_person_act_once(session: Session) -> None:
    signed_up(session)
    token = token_in(letters_of(session)[0])
    assert confirm_email(session, token).may_act
    with pytest.raises(Refused) as refusal:
        confirm_email(session, token)
    assert refusal.value.reason == "link_dead"


def test_link_dies_after_two_days_and_when_the_clock_is_set_back(session: Session) -> None:
    with time_machine.travel("2026-11-23 08:00:00+00:00", tick=False) as clock:
        signed_up(session)
        token = token_in(letters_of(session)[0])
        for moment in ("2026-11-25 08:00:00+00:00", "2026-11-22 08:00:00+00:00"):
            clock.move_to(moment)
            with pytest.raises(Refused) as refusal:
                confirm_email(session, token)
            assert refusal.value.reason == "link_dead"
        clock.move_to("2026-11-25 07:59:59+00:00")
        assert confirm_email(session, token).may_act


def test_known_address_gets_a_letter_and_changes_nothing(session: Session) -> None:
    register_person(session, email=EMAIL, name="Bùi Thị Lý", password=PASSWORD, confirmed=True)
    assert signed_up(session, name="Kẻ lạ", password="con thuyền ra khơi") is None
    user = find_user(session, EMAIL)
    assert user is not None
    assert (user.name, verify_password(user.password_hash, PASSWORD)) == ("Bùi Thị Lý", True)
    assert [letter.kind for letter in letters_of(session)] == ["known_address"]
    assert "Kẻ lạ" not in letters_of(session)[0].body


def test_account_nobody_confirmed_follows_the_latest_sign_up(session: Session) -> None:
    signed_up(session, name="Kẻ đến trước", password="con thuyền ra khơi")
    signed_up(session)
    first, second = letters_of(session)
    with pytest.raises(Refused):
        confirm_email(session, token_in(first))
    user = confirm_email(session, token_in(second))
    assert (user.name, verify_password(user.password_hash, PASSWORD)) == ("Bùi Thị Lý", True)


def test_letter_is_sent_again_only_to_those_who_wait(session: Session) -> None:
    signed_up(session)
    resend_confirmation(session, email=EMAIL.upper(), base_url=BASE_URL)
    resend_confirmation(session, email="ai-do@binhlieu.example", base_url=BASE_URL)
    confirm_email(session, token_in(letters_of(session)[1]))
    resend_confirmation(session, email=EMAIL, base_url=BASE_URL)
    assert [letter.kind for letter in letters_of(session)] == ["confirm_email", "confirm_email"]


@pytest.mark.parametrize("spelling", ["LY@BinhLieu.Example", " ly@binhlieu.example ", "Ly@binhlieu.EXAMPLE"])
def test_address_in_another_spelling_is_no_second_account(session: Session, spelling: str) -> None:
    register_person(session, email=EMAIL, name="Bùi Thị Lý", password=PASSWORD)
    with pytest.raises(Refused) as refusal:
        register_person(session, email=spelling, name="Ai khác", password=PASSWORD)
    assert refusal.value.reason == "email_taken"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("  ", "person_name_missing"),
        ("Lý " * 40, "person_name_too_long"),
        ("Trúng thưởng http://evil.test", "person_name_unreadable"),
        ("WWW.evil.test", "person_name_unreadable"),
        ("<b>Lý</b>", "person_name_unreadable"),
    ],
)
def test_name_that_is_none_is_refused(session: Session, name: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        signed_up(session, name=name)
    assert (refusal.value.reason, letters_of(session)) == (reason, [])


def test_easily_guessed_password_is_refused_before_anything_is_written(session: Session) -> None:
    with pytest.raises(Refused) as refusal:
        signed_up(session, password="12345678")
    assert (refusal.value.reason, session.query(User).count()) == ("password_common", 0)


def test_placeholder_in_a_name_comes_out_as_typed(session: Session) -> None:
    signed_up(session, name="{{ 7*7 }} {name.__class__} %(link)s")
    assert "Kính gửi: Anh/Chị {{ 7*7 }} {name.__class__} %(link)s\n" in letters_of(session)[0].body


def test_sign_up_and_confirming_are_in_the_trail(session: Session) -> None:
    signed_up(session)
    confirm_email(session, token_in(letters_of(session)[0]))
    assert [entry.what for entry in session.query(AuditEntry).order_by(AuditEntry.id)] == [
        "signed_up",
        "confirmed_email",
    ]
