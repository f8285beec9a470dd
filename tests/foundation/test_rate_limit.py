"""Counting tries: over all processes, over a restart, by network."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from foundation.rate_limit import (
    count_or_refuse,
    forget_tries,
    is_exhausted,
    limit_requests,
    return_try,
    visitor_network,
)
from foundation.sqlite_counters import SqliteStorage
from tests.ground import settings_for

LIMIT = "2 per minute"


@pytest.fixture
def counting(tmp_path: Path) -> Flask:
    """A bare app with the counters that ./run uses."""
    made = Flask("counting")
    url = f"sqlite:///{tmp_path / 'limits.db'}"
    limit_requests(made, replace(settings_for(tmp_path, ""), ratelimit_url=url))
    return made


def test_third_try_is_refused_with_the_time_to_wait(counting: Flask) -> None:
    with counting.app_context():
        count_or_refuse(LIMIT, "a")
        count_or_refuse(LIMIT, "a")
        count_or_refuse(LIMIT, "b")
        with pytest.raises(TooManyRequests) as refusal:
            count_or_refuse(LIMIT, "a")
    assert 0 < refusal.value.retry_after <= 60


def test_asking_counts_nothing(counting: Flask) -> None:
    with counting.app_context():
        assert [is_exhausted(LIMIT, "a") for _ in range(5)] == [False] * 5
        count_or_refuse(LIMIT, "a")
        count_or_refuse(LIMIT, "a")
        assert is_exhausted(LIMIT, "a")


def test_try_that_succeeds_is_given_back(counting: Flask) -> None:
    with counting.app_context():
        for _ in range(5):
            count_or_refuse(LIMIT, "a")
            return_try(LIMIT, "a")
        assert not is_exhausted(LIMIT, "a")


def test_success_forgets_what_was_counted(counting: Flask) -> None:
    with counting.app_context():
        count_or_refuse(LIMIT, "a")
        count_or_refuse(LIMIT, "a")
        forget_tries(LIMIT, "a")
        assert not is_exhausted(LIMIT, "a")


def test_window_begins_anew_when_it_has_passed(counting: Flask) -> None:
    with counting.app_context():
        with time_machine.travel("2027-03-01 08:00:00Z", tick=False):
            count_or_refuse(LIMIT, "a")
            count_or_refuse(LIMIT, "a")
            assert is_exhausted(LIMIT, "a")
        with time_machine.travel("2027-03-01 08:01:01Z", tick=False):
            assert not is_exhausted(LIMIT, "a")
            count_or_refuse(LIMIT, "a")


def test_many_at_once_are_all_counted(tmp_path: Path) -> None:
    """Each thread with a connection of its own, as the workers have."""
    address = f"sqlite:///{tmp_path / 'limits.db'}"
    storages = [SqliteStorage(address) for _ in range(4)]
    threads = [threading.Thread(target=lambda s=s: [s.incr("a", 60) for _ in range(10)]) for s in storages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert SqliteStorage(address).get("a") == 40


@pytest.mark.parametrize(
    ("address", "counted_by"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_network_is_counted_by(counting: Flask, address: str, counted_by: str) -> None:
    with counting.test_request_context(environ_overrides={"REMOTE_ADDR": address}):
        assert visitor_network() == counted_by


def test_address_that_is_none_is_refused(counting: Flask) -> None:
    counting.add_url_rule("/", view_func=visitor_network)
    answer = counting.test_client().get("/", environ_overrides={"REMOTE_ADDR": "unix:"})
    assert answer.status_code == 400
