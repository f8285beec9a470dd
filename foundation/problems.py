"""Errors of programs' addresses in a form for programs: problem details as JSON (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Response, request

FOR_PROGRAMS = "/api/"


def asked_by_program() -> bool:
    """Whether the address is one that programs read."""
    return request.path.startswith(FOR_PROGRAMS)


def problem_answer(status: int, detail: str = "") -> Response:
    """The problem with its standard title; `detail` in English says which part of the question was wrong."""
    facts = {"title": HTTPStatus(status).phrase, "status": status} | ({"detail": detail} if detail else {})
    response = Response(json.dumps(facts), status=status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
