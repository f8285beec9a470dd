"""Markdown that people write, as HTML that is safe in a page of ours."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TAGS = frozenset(
    {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "a", "hr", "code"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
LOWER_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
"""The page has its own h1 and h2."""


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # reason: 2 MB and a twentieth of the start, and few pages hold Markdown

    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


def markdown_html(text: str) -> str:
    """Paragraphs, lists, headings, links, tables; no picture, no HTML of the writer's, links to the web or mail."""
    import nh3  # reason: native code of 2 MB that few pages want

    tokens = _reader().parse(text)
    for token in tokens:
        token.tag = LOWER_HEADINGS.get(token.tag, token.tag)
    drawn = str(_reader().renderer.render(tokens, _reader().options, {}))
    return nh3.clean(
        drawn,
        tags=set(TAGS),
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener",
    )
