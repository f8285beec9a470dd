"""Answers that are a file of their own: sheets, prints, documents."""

from __future__ import annotations

from flask import Response

PDF = "application/pdf"
JSON = "application/json"


def file_answer(content: bytes | str, kind: str, name: str, *, inline: bool = False) -> Response:
    """The content under this media type, to be kept under `name` (plain ASCII), or shown at once when `inline`."""
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    return answer
