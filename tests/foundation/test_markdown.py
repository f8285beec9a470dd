"""Markdown of strangers becomes harmless HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.markdown import markdown_html


def test_usual_marks() -> None:
    assert markdown_html("# Chợ\n\n**đậm** *nghiêng*\nhai dòng\n\n- một\n- hai") == (
        "<h3>Chợ</h3>\n<p><strong>đậm</strong> <em>nghiêng</em><br>\nhai dòng</p>\n"
        "<ul>\n<li>một</li>\n<li>hai</li>\n</ul>\n"
    )


def test_link_to_the_web_stays() -> None:
    assert markdown_html("[trang](https://ocop.example/?a=1&b=2)") == (
        '<p><a href="https://ocop.example/?a=1&amp;b=2" rel="nofollow noopener">trang</a></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://tracker.example/a.png)",
        '<a href="x" onclick="alert(1)">x</a>',
        '<https://a.example/"onmouseover=alert(1)>',
        "<img src=x onerror=alert(1)>",
    ],
)
def test_nothing_in_it_can_act(text: str) -> None:
    drawn = markdown_html(text)
    for tag in ("<script", "<img", "<iframe", "<svg", "<style"):
        assert tag not in drawn
    assert 'href="javascript' not in drawn
    assert 'href="data' not in drawn
    assert "onclick=" not in drawn.replace("&quot;", '"').split("<a ")[-1].split(">")[0]


@given(st.text(max_size=200))
def test_any_text_is_drawn(text: str) -> None:
    assert "<script" not in markdown_html(text).lower()
