"""Templates hold nothing that a strict Content-Security-Policy refuses, and switch no escaping off."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.trade_modules import ROOT

# Hundreds of booths and fifty fairs are written as one string each, for speed; they escape each typed value themselves.
ESCAPED_BY_HAND = {"plan.html", "rows.html"}
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def all_templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg", ".txt", ".xml"})


class InlineCode(HTMLParser):
    """Collects what a strict Content-Security-Policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        data_only = any(name == "type" and value == "application/ld+json" for name, value in attrs)
        if tag == "style" or (tag == "script" and "src" not in names and not data_only):
            self.found.append(f"line {self.getpos()[0]}: inline <{tag}>")
        self.found += [f"line {self.getpos()[0]}: {name}=" for name in names if name == "style" or name[:2] == "on"]
        self.found += [
            f"line {self.getpos()[0]}: javascript: address"
            for _, value in attrs
            if (value or "").strip().lower().startswith("javascript:")
        ]


def inline_code_of(source: str) -> list[str]:
    parser = InlineCode()
    # placeholders keep the markup whole: an expression may stand inside an attribute
    parser.feed(JINJA.sub(lambda match: " " + "\n" * match.group().count("\n"), source))
    return parser.found


def test_template_has_no_inline_style_script_or_handler() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): inline_code_of(path.read_text(encoding="utf-8")) for path in all_templates()
    }
    assert {name: places for name, places in found.items() if places} == {}


@pytest.mark.parametrize(
    "source",
    ['<p style="color:red">', "<script>go()</script>", '<a {% if x %}onclick="go()"{% endif %}>', "<style>p{}</style>"],
)
def test_inline_code_is_recognised(source: str) -> None:
    assert len(inline_code_of(source)) == 1


def test_template_marks_nothing_as_safe_markup() -> None:
    unsafe = re.compile(r"\|\s*safe\b|autoescape\s+false")
    found = {path.name for path in all_templates() if unsafe.search(path.read_text(encoding="utf-8"))}
    assert found == ESCAPED_BY_HAND


def test_names_are_plain_where_no_markup_may_stand() -> None:
    """`local` marks the language of a name; titles, descriptions and attributes take it `plain`."""
    marked = re.compile(r"\{% block (?:title|description) %\}.*?\{% endblock %\}|\w=\"[^\"]*\"")
    found = [
        (path.name, place.group())
        for path in all_templates()
        for place in marked.finditer(path.read_text(encoding="utf-8"))
        if re.search(r"\|local\s*(\}\}|~)", place.group())
    ]
    assert found == []
