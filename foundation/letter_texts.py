"""Writes a letter from its template: one file per language, first line the subject."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from foundation.days import format_date, format_day, format_day_range, format_hours, format_when
from foundation.money import format_money

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@cache
def _environment() -> Environment:
    # Letters are plain text: nothing to escape, and a missing fact must stop the letter.
    environment = Environment(  # noqa: S701 - plain text, no markup is produced
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        date=format_date,
        day=format_day,
        day_range=format_day_range,
        hours=format_hours,
        when=format_when,
        money=format_money,
    )
    return environment


def write_letter(template: str, language: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body of `templates/<template>.<language>.txt` filled with the facts."""
    text = _environment().get_template(f"{template}.{language}.txt").render(language=language, **facts)
    subject, _, body = text.partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"
