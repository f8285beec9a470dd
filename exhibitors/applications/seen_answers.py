"""What a page of questions and papers was made from: a mark for each of its fields, carried along by the page.

An old page, of another device or left open, changes only what was touched on it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from enum import StrEnum

from exhibitors.applications.asked_of_applicant import AskedOfApplicant, AskedPaper

MARK = re.compile(r"([qp]\d{1,9}):([0-9a-f]{12})")


class Touch(StrEnum):
    """What somebody did with a field, and whether it has changed meanwhile."""

    SAME = "same"
    LEFT = "left"
    CHANGED = "changed"
    CLASH = "clash"


def mark_of(value: object) -> str:
    """A short mark: equal values have equal ones."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def paper_value(paper: AskedPaper) -> list[object]:
    """What stands in the fields of a paper; its files are only ever added."""
    shown = paper.shown
    return [shown.number, shown.issued_on, shown.expires_on] if shown else ["", None, None]


def marks_of(asked: AskedOfApplicant) -> dict[str, str]:
    """The marks of what is kept now, by the name of the field."""
    answers = {f"q{one.question.id}": mark_of(one.answer.value if one.answer else None) for one in asked.questions}
    return answers | {f"p{one.paper.id}": mark_of(paper_value(one)) for one in asked.papers}


def written(marks: Mapping[str, str]) -> str:
    """As one hidden field."""
    return ",".join(f"{name}:{mark}" for name, mark in marks.items())


def read(text: str) -> dict[str, str]:
    """The marks in a field as it came back; what is none is left out."""
    return dict(MARK.findall(text))


def touch_of(seen: Mapping[str, str], name: str, kept: object, typed: object) -> Touch:
    """How a field was touched. A page that carries no marks counts as new, a field that it did not have as left."""
    before, now, then = seen.get(name), mark_of(kept), mark_of(typed)
    if then == now:
        return Touch.SAME
    if not seen or before == now:
        return Touch.CHANGED
    return Touch.LEFT if before is None or before == then else Touch.CLASH
