"""Servers that the environment names and that do not answer: one sentence each, no password in it."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from foundation.neighbours import refuse_silent_neighbours, warn_of_silent_mail
from foundation.settings import Settings
from foundation.web_server import CannotServe


@pytest.fixture
def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def test_neighbours_that_answer_are_no_fault(settings: Settings) -> None:
    refuse_silent_neighbours(settings)
    assert warn_of_silent_mail(settings) == ""


def test_silent_database_and_redis_are_told_together(settings: Settings, closed_port: int) -> None:
    place = f"127.0.0.1:{closed_port}"
    silent = replace(
        settings,
        database_url=f"postgresql://fair:secret@{place}/fair",
        jobs_url=f"redis://:secret@{place}/0",
        ratelimit_url=f"redis://{place}/1",
    )
    with pytest.raises(CannotServe) as refusal:
        refuse_silent_neighbours(silent)
    assert str(refusal.value).split("\n") == [
        f"Không nối được cơ sở dữ liệu {place} (OperationalError) / DATABASE_URL: the database does not answer.",
        f"Không nối được Redis {place} (ConnectionError) / JOBS_URL: Redis does not answer.",
        f"Không nối được Redis {place} (ConnectionError) / RATELIMIT_URL: Redis does not answer.",
    ]


def test_silent_mail_server_is_a_warning_only(settings: Settings, closed_port: int) -> None:
    warning = warn_of_silent_mail(replace(settings, mail_url=f"smtp://fair:secret@127.0.0.1:{closed_port}"))
    assert warning == (
        f"Máy chủ thư 127.0.0.1:{closed_port} chưa trả lời (ConnectionRefusedError), thư sẽ chờ và được gửi lại"
        " / MAIL_URL: the mail server does not answer, letters wait and are tried again."
    )
