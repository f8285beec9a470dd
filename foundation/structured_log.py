"""Logs as JSON lines with the request's number and without personal data or secrets in addresses."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from types import TracebackType

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()
QUIET_ENDPOINTS = frozenset({"health.alive", "health.ready"})


def set_up_logging(*, testing: bool = False) -> None:
    """One JSON line for each event on standard error."""
    level = logging.ERROR if testing else logging.INFO
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(trace_without_messages),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=not testing,
    )


def trace_without_messages(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """Where it happened and what kind of fault it was, causes first. Messages quote what people typed: left out."""
    chain: list[str] = []
    fault: BaseException | None = exc_info[1]
    while fault is not None and len(chain) < 5:
        chain.append("".join(traceback.format_tb(fault.__traceback__)) + type(fault).__name__)
        fault = fault.__cause__ or fault.__context__
    return "\n".join(reversed(chain))


def log_requests(app: Flask) -> None:
    """A line for each request: the route's pattern, never the address itself (it may hold a token)."""

    @app.before_request
    def start_watch() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        if request.endpoint in QUIET_ENDPOINTS:
            return response
        actor = g.get("actor")
        log.info(
            "request",
            request_id=g.get("request_id"),
            method=request.method,
            route=str(request.url_rule) if request.url_rule else None,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
            user_id=actor.user_id if actor else None,
        )
        return response
