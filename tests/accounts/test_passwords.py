"""Passwords: which are refused (A1, A2), how they are kept (A3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

from accounts.passwords import (
    MEMORY_COST,
    STAND_IN_HASH,
    TIME_COST,
    check_password_rules,
    common_passwords,
    hash_password,
    needs_new_hash,
    set_cost,
    verify_password,
)
from foundation.refusal import Refused


def refusal_of(password: str, email: str = "ha.nguyen@halong.example", name: str = "Nguyễn Thị Hà") -> str:
    try:
        check_password_rules(password, email=email, name=name)
    except Refused as refusal:
        return refusal.reason
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "con thuyền ra khơi",
        "🐳🐙🦐🦀🐚🐠🐟🦑",
        "    tám dấu cách  ",
        "x7" * 64,
        "đ" * 512,
        "aB3$aB3$",
        "hung vuong 1983 hoi",
    ],
)
def test_password_of_any_characters_is_accepted(password: str) -> None:
    assert refusal_of(password) == ""


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "password_too_short"),
        ("bảy_chữ", "password_too_short"),
        ("đ" * 513, "password_too_long"),
        ("thuyền\x00ra khơi", "password_unreadable"),
        ("thuyền\ud800ra khơi", "password_unreadable"),
        ("12345678", "password_common"),
        ("PassWord", "password_common"),
        ("Gian Hàng", "password_personal"),
        ("gianhang2026", "password_personal"),
        ("123gian-hang!", "password_personal"),
        ("ocop quảng ninh", "password_personal"),
        ("ha.nguyen@halong.example", "password_personal"),
        ("hanguyen", "password_personal"),
        ("nguyen123", "password_personal"),
        ("Nguyễn Thị Hà", "password_personal"),
        ("hanguyenthi1", "password_personal"),
    ],
)
def test_password_that_is_guessed_first_is_refused(password: str, reason: str) -> None:
    assert refusal_of(password) == reason


def test_each_of_the_3000_commonest_passwords_is_refused() -> None:
    assert len(common_passwords()) >= 3000
    reasons = {refusal_of(password) for password in common_passwords()}
    assert reasons == {"password_common", "password_too_short"}


def test_password_is_not_cut_short() -> None:
    password = "thuyền" * 16 + "neo!"
    kept = hash_password(password)
    assert [verify_password(kept, password), verify_password(kept, password[:-1])] == [True, False]


def test_password_is_the_same_from_every_keyboard() -> None:
    kept = hash_password("miến dong Bình Liêu")
    assert verify_password(kept, unicodedata.normalize("NFD", "miến dong Bình Liêu"))


@pytest.fixture
def real_cost() -> Iterator[None]:
    set_cost(time_cost=TIME_COST, memory_cost=MEMORY_COST)
    yield
    set_cost(time_cost=1, memory_cost=64)


@pytest.mark.usefixtures("real_cost")
def test_hash_is_argon2id_at_owasp_strength() -> None:
    kept = hash_password("con thuyền ra khơi")
    assert kept.split("$")[1:4] == ["argon2id", "v=19", "m=19456,t=7,p=1"]
    assert not needs_new_hash(kept)


@pytest.mark.usefixtures("real_cost")
def test_stand_in_costs_as_much_as_a_real_hash_and_matches_nothing() -> None:
    assert not needs_new_hash(STAND_IN_HASH)
    assert not verify_password(None, "con thuyền ra khơi")


@pytest.mark.parametrize("password", ["", "x" * 5000, "\x00", "\ud800"])
def test_hostile_password_does_not_match(password: str) -> None:
    assert not verify_password(hash_password("con thuyền ra khơi"), password)


def test_weaker_hash_is_renewed() -> None:
    assert needs_new_hash(
        "$argon2id$v=19$m=8192,t=1,p=1$UQObM5LlI5obb0o5cMqB+w$7Ba+C6h9+b/6f7mR/ER3xgsEBaxwl/91Otnws4z6mG0"
    )
