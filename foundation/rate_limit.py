"""Limits on what can be tried: counted over all workers, kept over a restart."""

from __future__ import annotations

import ipaddress
import time
from functools import cache
from typing import TYPE_CHECKING

from flask import Flask, abort, current_app, request
from werkzeug.exceptions import TooManyRequests

from foundation.settings import Settings

if TYPE_CHECKING:
    from limits import RateLimitItem
    from limits.strategies import FixedWindowRateLimiter


def limit_requests(app: Flask, settings: Settings) -> None:
    """Say where tries are counted; the limiter is made when the first one is."""
    app.extensions["limiter"] = cache(lambda: _make_limiter(settings.ratelimit_url))


def _make_limiter(address: str) -> FixedWindowRateLimiter:
    from limits.storage import storage_from_string  # reason: 3 MB, and pages for visitors count nothing
    from limits.strategies import FixedWindowRateLimiter  # reason: the same

    from foundation import sqlite_counters  # noqa: F401 - reason: makes its addresses known to the library

    return FixedWindowRateLimiter(storage_from_string(address))


def current_limiter() -> FixedWindowRateLimiter:
    """The limiter of this app."""
    limiter: FixedWindowRateLimiter = current_app.extensions["limiter"]()
    return limiter


@cache
def _parsed(limit: str) -> RateLimitItem:
    from limits import parse  # reason: as above

    return parse(limit)


def count_or_refuse(limit: str, *keys: str) -> None:
    """Count one try ("10 per 15 minutes") for the keys; answers 429 with Retry-After when there were too many."""
    limiter = current_limiter()
    item = _parsed(limit)
    if not limiter.hit(item, *keys):
        ends = limiter.get_window_stats(item, *keys).reset_time
        raise TooManyRequests(retry_after=max(1, int(ends - time.time())))


def is_exhausted(limit: str, *keys: str) -> bool:
    """Whether no further try is left for the keys, without counting one."""
    limiter = current_limiter()
    return not limiter.test(_parsed(limit), *keys)


def forget_tries(limit: str, *keys: str) -> None:
    """Start again after a success."""
    limiter = current_limiter()
    limiter.clear(_parsed(limit), *keys)


def return_try(limit: str, *keys: str) -> None:
    """Take a counted try back: a try that succeeds does not count, though its outcome was not known before."""
    limiter = current_limiter()
    limiter.hit(_parsed(limit), *keys, cost=-1)


def visitor_network() -> str:
    """The address tries are counted by: IPv4 as it is, IPv6 by its /64; behind proxies only when configured."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        abort(400)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
