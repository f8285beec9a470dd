"""Our own pages for what goes wrong: no stack, no path, always a request number to tell the organisers."""

from __future__ import annotations

import secrets

import structlog
from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from foundation.audience import ClosedDoor
from foundation.audit_trail import request_id
from foundation.flask_database import db
from foundation.problems import asked_by_program, problem_answer

log = structlog.get_logger()


def explain_errors(app: Flask) -> None:
    """Number every request and answer errors with a page in words."""

    @app.before_request
    def number_request() -> None:
        g.request_id = secrets.token_hex(6)
        request_id.set(g.request_id)

    @app.after_request
    def tell_number(response: Response) -> Response:
        response.headers.setdefault("X-Request-Id", g.get("request_id", ""))
        return response

    app.register_error_handler(HTTPException, _page_for_http_error)
    app.register_error_handler(StaleDataError, _page_for_conflict)
    for busy in (OperationalError, PoolTimeout, TimeoutError):
        app.register_error_handler(busy, _page_for_busy_database)
    app.register_error_handler(Exception, _page_for_surprise)
    # Flask's own line names the address, which may hold a token; what fails after the view comes this way.
    app.log_exception = lambda info: _note_surprise(info[1])  # type: ignore[method-assign, assignment]  # our log


def error_page(status: int, **facts: object) -> Response:
    """The page for a status code, in words, with the request's number."""
    if asked_by_program():
        return problem_answer(status)
    number, g.is_error_page = g.get("request_id", ""), True
    try:
        html = render_template("foundation/error.html", status=status, reference=number, **facts)
    except Exception as fault:
        log.exception("error_page_failed", kind=type(fault).__name__)
        html = f"<!doctype html><title>{status}</title><p>{status} · {number}</p>"
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page_for_http_error(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    wait = getattr(error, "retry_after", None)
    signed_out = status == 401 or isinstance(error, CSRFError)
    response = error_page(
        status,
        retry_after=wait if isinstance(wait, int) else None,
        typed=typed_fields() if signed_out else [],
        again_url=request.full_path.rstrip("?"),
        detail=error.description if isinstance(error, ClosedDoor) else None,
    )
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def typed_fields() -> list[tuple[str, str]]:
    """What a page of ours has sent, so that the error page can offer to send it again once the person is signed in.

    Nothing for a request from elsewhere: a forged form must not be made good by one press. Passwords are left out.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") != "same-origin":
        return []
    fields = request.form.items(multi=True)
    return [(name, value) for name, value in fields if name != "csrf_token" and "password" not in name]


def _page_for_conflict(error: StaleDataError) -> Response:
    db.session.rollback()
    return error_page(409)


def _page_for_busy_database(error: Exception) -> Response:
    db.session.rollback()
    number = g.get("request_id")
    log.error("database_unavailable", kind=type(error).__name__, endpoint=request.endpoint, request_id=number)
    response = error_page(503)
    response.headers["Retry-After"] = "5"
    return response


def _page_for_surprise(error: Exception) -> Response:
    db.session.rollback()
    _note_surprise(error)
    return error_page(500)


def _note_surprise(error: BaseException | None) -> None:
    log.error(
        "unexpected_error",
        kind=type(error).__name__,
        endpoint=request.endpoint,
        request_id=g.get("request_id"),
        exc_info=error,
    )
