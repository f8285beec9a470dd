"""Passwords: which are refused, how they are kept (argon2id), how one is checked."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from foundation.folding import fold, nfc
from foundation.refusal import Refused

SHORTEST = 8
MOST_BYTES = 1024
SHORTEST_TELLING_WORD = 4
FEWEST_OWN_SIGNS = 5
OWN_NAMES = ("gianhang", "gianhangocop", "ocop", "ocopquangninh", "quangninh")
COMMON_FILE = Path(__file__).parent / "data" / "common_passwords.txt"

# The memory of OWASP's second recommendation for argon2id (19 MiB, no burden on a small server), more passes than its
# two: a check then costs 50 to 60 ms of CPU on a machine of 2026.
TIME_COST = 7
MEMORY_COST = 19456
_hasher = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_COST, parallelism=1)
# Checked when nobody has the address, so that the answer takes as long; it matches no password anybody knows.
STAND_IN_HASH = "$argon2id$v=19$m=19456,t=7,p=1$ZHFglT/DGeYAfJpkFVyDng$PzNUOOASXIYSN7IRZU5PVb2c7TE1/qL9mfD3m2AFEMU"
_stand_in = STAND_IN_HASH


@cache
def common_passwords() -> frozenset[str]:
    """The passwords that attackers try first; see data/README.md."""
    return frozenset(COMMON_FILE.read_text(encoding="utf-8").split())


def check_password_rules(password: str, *, email: str = "", name: str = "") -> None:
    """Refuse what is easily guessed: OWASP ASVS 5.0, 6.2.1, 6.2.4, 6.2.5, 6.2.8, 6.2.9, 6.2.11.

    At least 8 characters of any kind, up to 1,024 bytes of UTF-8 (never cut short); no rule on their mixture.
    Refused: `password_too_short`, `password_too_long`, `password_unreadable` (NUL, lone surrogates), `password_common`,
    `password_personal` (the program's name, the person's own name or address, with digits around it or not).
    """
    password = nfc(password)
    if len(password) < SHORTEST:
        raise Refused("password_too_short", least=SHORTEST)
    if "\x00" in password or any("\ud800" <= sign <= "\udfff" for sign in password):
        raise Refused("password_unreadable")
    if len(password.encode()) > MOST_BYTES:
        raise Refused("password_too_long")
    if password.casefold() in common_passwords():
        raise Refused("password_common")
    if _is_personal(password, email, name):
        raise Refused("password_personal")


def _is_personal(password: str, email: str, name: str) -> bool:
    squeezed = _squeeze(password)
    core = squeezed.strip("0123456789")
    for word in _telling_words(email, name):
        tells = len(word) >= SHORTEST_TELLING_WORD and word in squeezed
        if core == word or (tells and len(squeezed.replace(word, "")) < FEWEST_OWN_SIGNS):
            return True
    return False


def _telling_words(email: str, name: str) -> Iterator[str]:
    """What somebody who knows the person or the program would try first."""
    yield from OWN_NAMES
    local, _, domain = email.partition("@")
    words = [_squeeze(word) for word in name.split()]
    for candidate in (email, local, domain, name, *local.replace("-", ".").replace("_", ".").split("."), *words):
        if word := _squeeze(candidate).strip("0123456789"):
            yield word
    if words:
        yield words[-1] + "".join(words[:-1])


def _squeeze(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalnum())


def set_cost(*, time_cost: int, memory_cost: int) -> None:
    """Hash at another cost from now on (memory in KiB), the stand-in too: tests hash thousands of passwords."""
    global _hasher, _stand_in  # noqa: PLW0603 - one cost for the whole process is the point
    _hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=1)
    usual = (time_cost, memory_cost) == (TIME_COST, MEMORY_COST)
    _stand_in = STAND_IN_HASH if usual else _hasher.hash(secrets.token_bytes(32))


def hash_password(password: str) -> str:
    """The argon2id hash with its salt and cost; the password is read as NFC, so every keyboard gives the same."""
    return _hasher.hash(nfc(password))


def check_and_hash_password(password: str, *, email: str, name: str) -> str:
    """The hash of a new password that keeps the rules; takes about 60 ms, so do it before a transaction writes."""
    check_password_rules(password, email=email, name=name)
    return hash_password(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; without a hash the same work is done and the answer is no."""
    readable = nfc(password).encode("utf-8", "surrogatepass")
    fits = len(readable) <= MOST_BYTES
    try:
        _hasher.verify(password_hash or _stand_in, readable if fits else b"")
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None


def needs_new_hash(password_hash: str) -> bool:
    """Whether the hash was made with other costs than today's."""
    return _hasher.check_needs_rehash(password_hash)
