"""Whether an address has an account cannot be told by how long an answer takes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from accounts.even_answers import EVEN_SECONDS, even_answer, set_even_seconds
from tests.cast import PASSWORD

EMAIL = "ha@halong.example"
PROFILE = {"name": "Nguyễn Thị Hà", "password": PASSWORD}


@pytest.fixture
def even() -> Iterator[None]:
    """As in production."""
    set_even_seconds(EVEN_SECONDS)
    yield
    set_even_seconds(0)


@pytest.mark.parametrize("path", ["/forgot-password", "/sign-up"])
@pytest.mark.parametrize("email", [EMAIL, "khong-ai@halong.example"])
def test_known_and_unknown_are_answered_no_sooner(visitor, person, even, path, email) -> None:
    visitor.get(path)
    began = time.perf_counter()
    answer = visitor.send(path, form_on=path, email=email, **(PROFILE if path == "/sign-up" else {}))
    assert answer.status_code == 303
    assert time.perf_counter() - began >= EVEN_SECONDS


def test_failure_takes_as_long(even) -> None:
    began = time.perf_counter()
    with pytest.raises(ZeroDivisionError), even_answer():
        1 / 0  # noqa: B018 - whatever goes wrong inside
    assert time.perf_counter() - began >= EVEN_SECONDS
