"""Names taken out of text: whole words alone, with or without accents, and nothing else lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibitors.applications.scoring.redaction import HIDDEN, redacted

NAMES = ["HTX Đồng Rui", "Bình Liêu", "0912345678"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("HTX Đồng Rui xin hai gian", f"{HIDDEN} xin hai gian"),
        ("htx dong rui", HIDDEN),
        ("Miến dong BÌNH LIÊU ngon", f"Miến dong {HIDDEN} ngon"),
        ("Gọi 0912345678 nhé", f"Gọi {HIDDEN} nhé"),
        ("Bình  Liêu, Bình Liêu.", f"{HIDDEN}, {HIDDEN}."),
        ("Bình Liêuu và Đồng Ruii", "Bình Liêuu và Đồng Ruii"),
        ("", ""),
    ],
)
def test_name_is_hidden_however_it_is_written(written: str, read: str) -> None:
    assert redacted(written, NAMES) == read


def test_short_and_empty_names_hide_nothing() -> None:
    assert redacted("Bà Na ở xã", ["", "Na", " "]) == "Bà Na ở xã"


@given(st.text(max_size=60), st.text(max_size=60))
def test_name_is_gone_wherever_it_stands_and_the_rest_is_kept(before: str, after: str) -> None:
    text = redacted(f"{before} Hải Hà {after}", ["Hải Hà"])
    assert "Hải Hà" not in text
    assert HIDDEN in text
    assert redacted(before, ["tên không có ở đâu"]) == before
