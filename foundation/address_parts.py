"""What may stand in an address: plain numbers that every database holds, text without invisible signs."""

from __future__ import annotations

from datetime import date

from flask import Flask, abort, request
from werkzeug.routing import BaseConverter, IntegerConverter, Map, ValidationError

LARGEST_NUMBER = 2**31 - 1
LONGEST_TEXT = 200


class PlainNumber(IntegerConverter):
    """`<int:…>`: ASCII digits up to what an INTEGER of PostgreSQL holds; anything else is no page of ours."""

    regex = r"[0-9]{1,10}"

    def __init__(self, map: Map, *args: object, **kwargs: object) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map, max=LARGEST_NUMBER)


class PlainText(BaseConverter):
    """`<…>`: one part of a path; controls (PostgreSQL takes no NUL) and endless text are no page of ours."""

    regex = rf"[^/]{{1,{LONGEST_TEXT}}}"

    def to_python(self, value: str) -> str:
        """The text as it stands."""
        if not value.isprintable():
            raise ValidationError
        return value


def read_addresses_strictly(app: Flask) -> None:
    """Teach the app these parts; call it before any route is added."""
    app.url_map.converters = {**app.url_map.converters, "int": PlainNumber, "default": PlainText, "string": PlainText}
    app.before_request(_refuse_nul)


def number_asked(name: str) -> int | None:
    """The number that the query gives under this name; None when there is none that a database could hold."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 <= number <= LARGEST_NUMBER else None


def day_asked(name: str) -> date | None:
    """The day (YYYY-MM-DD) that the query gives under this name; None for anything else."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _refuse_nul() -> None:
    if b"%00" in request.query_string or b"\x00" in request.query_string:
        abort(400)
