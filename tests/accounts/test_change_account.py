"""Changing name, password and address (A4, S2)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.orm import Session

from accounts.change_account import ask_email_change, change_password, change_profile, confirm_new_email
from accounts.organisation import actor_for
from accounts.passwords import hash_password, verify_password
from accounts.prove_password import PasswordProof, prove_password
from accounts.sign_in import live_sessions, open_session
from accounts.sign_up import register_person
from accounts.user import User, find_user
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL, PASSWORD

NEW_EMAIL = "moi@halong.example"


@pytest.fixture
def owner(session: Session) -> User:
    """Somebody with an account."""
    made = register_person(session, email="ha@halong.example", name="Nguyễn Thị Hà", password=PASSWORD, confirmed=True)
    session.commit()
    return made


def proof_of(session: Session, owner: User) -> PasswordProof:
    proof = prove_password(session, PASSWORD, user_id=owner.id)
    assert proof is not None
    return proof


def ask(session: Session, owner: User, new_email: str = NEW_EMAIL) -> str:
    """The token sent to the new address, or nothing."""
    proof = proof_of(session, owner)
    ask_email_change(session, actor_for(session, owner), proof, new_email=new_email, base_url=BASE_URL)
    letter = session.query(OutboxLetter).order_by(OutboxLetter.id.desc()).first()
    found = re.search(r"/account/email/([\w-]+)", letter.body if letter else "")
    return found.group(1) if found else ""


def test_password_is_proven_only_with_the_right_one(session: Session, owner: User) -> None:
    assert proof_of(session, owner).user_id == owner.id
    assert prove_password(session, PASSWORD + "x", user_id=owner.id) is None
    assert prove_password(session, PASSWORD, email="ai-do@halong.example") is None


def test_proof_is_worth_nothing_after_the_password_changed(session: Session, owner: User) -> None:
    early, late = proof_of(session, owner), proof_of(session, owner)
    actor = actor_for(session, owner)
    change_password(session, actor, early, new_hash=hash_password("con thuyền ra khơi"), base_url=BASE_URL)
    with pytest.raises(Refused) as refusal:
        change_password(session, actor, late, new_hash=hash_password("con thuyền vào bờ"), base_url=BASE_URL)
    assert refusal.value.reason == "wrong_password"
    assert verify_password(owner.password_hash, "con thuyền ra khơi")


def test_new_password_ends_the_other_sessions_and_tells_by_letter(session: Session, owner: User) -> None:
    proof = proof_of(session, owner)
    kept, *_others = [open_session(session, owner)[0] for _ in range(3)]
    ended = change_password(
        session,
        actor_for(session, owner),
        proof,
        new_hash=hash_password("con thuyền ra khơi"),
        base_url=BASE_URL,
        but=kept,
    )
    assert (ended, live_sessions(session, owner)) == (2, [kept])
    assert [letter.kind for letter in session.query(OutboxLetter)] == ["password_changed"]


def test_new_address_gets_the_link_and_the_old_one_a_notice(session: Session, owner: User) -> None:
    ask(session, owner)
    letters = session.query(OutboxLetter).order_by(OutboxLetter.id)
    assert [(letter.kind, letter.recipient) for letter in letters] == [
        ("email_change", "ha@halong.example"),
        ("confirm_new_email", NEW_EMAIL),
    ]
    assert owner.email == "ha@halong.example"


def test_new_address_counts_once_confirmed(session: Session, owner: User) -> None:
    token = ask(session, owner)
    confirm_new_email(session, token)
    assert find_user(session, NEW_EMAIL) is owner
    assert find_user(session, "ha@halong.example") is None
    with pytest.raises(Refused):
        confirm_new_email(session, token)


def test_address_with_an_account_is_not_given_away(session: Session, owner: User) -> None:
    register_person(session, email=NEW_EMAIL, name="Bùi Thị Lý", password=PASSWORD, confirmed=True)
    session.commit()
    assert ask(session, owner) == ""
    letters = session.query(OutboxLetter).order_by(OutboxLetter.id)
    assert [letter.kind for letter in letters] == ["email_change", "known_address"]


def test_address_taken_meanwhile_is_refused(session: Session, owner: User) -> None:
    token = ask(session, owner)
    register_person(session, email=NEW_EMAIL, name="Bùi Thị Lý", password=PASSWORD, confirmed=True)
    with pytest.raises(Refused) as refusal:
        confirm_new_email(session, token)
    assert refusal.value.reason == "link_dead"


def test_same_address_is_refused(session: Session, owner: User) -> None:
    with pytest.raises(Refused) as refusal:
        ask(session, owner, "HA@halong.example")
    assert refusal.value.reason == "email_same"


def test_profile_keeps_name_and_language(session: Session, owner: User) -> None:
    change_profile(session, actor_for(session, owner), owner, name="  Nguyễn   Hà ", language="en")
    assert (owner.name, owner.language) == ("Nguyễn Hà", "en")
