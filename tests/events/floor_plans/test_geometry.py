"""Rows of booths and neighbours."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.floor_plans.geometry import (
    LEAST_AISLE_CM,
    MOST_BOOTHS,
    Rect,
    lay_out_rows,
    neighbours,
)
from foundation.refusal import Refused


def test_rect_turned_sideways_covers_depth_by_width() -> None:
    rect = Rect(10, 20, width=300, depth=200, rotation=90)
    assert (rect.right, rect.bottom) == (210, 320)


@pytest.mark.parametrize("wrong", [{"width": 0}, {"depth": -1}, {"rotation": 45}, {"rotation": 360}])
def test_rect_of_nonsense_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(Refused):
        Rect(**{"x": 0, "y": 0, "width": 300, "depth": 300, **wrong})


def test_rects_that_touch_do_not_overlap() -> None:
    rect = Rect(0, 0, 300, 300)
    assert [rect.overlaps(other) for other in (Rect(300, 0, 300, 300), Rect(0, 300, 300, 300))] == [False, False]
    assert rect.overlaps(Rect(299, 299, 300, 300))


def test_rect_inside_the_ground_may_touch_its_edges() -> None:
    assert Rect(0, 0, 300, 300).is_inside(300, 300)
    assert [Rect(x, y, 300, 300).is_inside(600, 600) for x, y in ((-1, 0), (0, 301), (301, 0))] == [False] * 3


def test_rows_back_to_back_are_numbered_along_each_row() -> None:
    assert lay_out_rows("A", 5, per_row=2, aisle_cm=250, origin=(100, 50)) == [
        ("A01", Rect(100, 50, 300, 300, 180)),
        ("A02", Rect(400, 50, 300, 300, 180)),
        ("A03", Rect(100, 350, 300, 300)),
        ("A04", Rect(400, 350, 300, 300)),
        ("A05", Rect(100, 900, 300, 300)),
    ]


def test_single_rows_have_an_aisle_each() -> None:
    rows = lay_out_rows("B", 3, per_row=1, aisle_cm=250, back_to_back=False)
    assert [(code, rect.y, rect.rotation) for code, rect in rows] == [("B01", 0, 0), ("B02", 550, 0), ("B03", 1100, 0)]


def test_numbers_go_on_and_have_as_many_digits_as_the_last_one() -> None:
    assert [code for code, _ in lay_out_rows("Đ", 2, first_number=99)] == ["Đ099", "Đ100"]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"zone_code": ""}, "zone_code_wrong"),
        ({"zone_code": "a"}, "zone_code_wrong"),
        ({"zone_code": "KHU A"}, "zone_code_wrong"),
        ({"zone_code": "ABCDE"}, "zone_code_wrong"),
        ({"count": 0}, "booth_count_wrong"),
        ({"count": -1}, "booth_count_wrong"),
        ({"count": MOST_BOOTHS + 1}, "booth_count_wrong"),
        ({"booth_width_cm": 0}, "booth_size_wrong"),
        ({"booth_depth_cm": -300}, "booth_size_wrong"),
        ({"booth_width_cm": 10**9}, "booth_size_wrong"),
        ({"per_row": 0}, "row_length_wrong"),
        ({"aisle_cm": LEAST_AISLE_CM - 1}, "aisle_too_narrow"),
        ({"aisle_cm": 10**9}, "ground_too_small"),
        ({"origin": (-1, 0)}, "ground_too_small"),
        ({"count": 5000, "per_row": 5000}, "ground_too_small"),
        ({"first_number": 0}, "booth_number_wrong"),
        ({"first_number": 9_990}, "booth_number_wrong"),
    ],
)
def test_rows_of_nonsense_are_refused(facts: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        lay_out_rows(**{"zone_code": "A", "count": 30, **facts})
    assert refusal.value.reason == reason


@given(
    count=st.integers(1, 120),
    per_row=st.integers(1, 30),
    size=st.tuples(st.integers(100, 400), st.integers(100, 400)),
    aisle=st.integers(LEAST_AISLE_CM, 400),
    back_to_back=st.booleans(),
    odd_even=st.booleans(),
)
def test_rows_laid_out_do_not_overlap(
    count: int, per_row: int, size: tuple[int, int], aisle: int, back_to_back: bool, odd_even: bool
) -> None:
    booths = lay_out_rows(
        "A",
        count,
        booth_width_cm=size[0],
        booth_depth_cm=size[1],
        per_row=per_row,
        aisle_cm=aisle,
        back_to_back=back_to_back,
        odd_even=odd_even,
    )
    assert len(booths) == count
    assert not any(one.overlaps(other) for (_, one), (_, other) in combinations(booths, 2))


def test_rows_of_5000_booths_have_their_neighbours() -> None:
    booths = lay_out_rows("A", 5000, per_row=250, aisle_cm=300)
    assert sum(len(codes) for codes in neighbours(booths).values()) == 2 * (5000 - 20)


RECTS = st.builds(
    Rect,
    st.integers(0, 2000),
    st.integers(0, 2000),
    st.integers(1, 600),
    st.integers(1, 600),
    st.sampled_from([0, 90, 180, 270]),
)


@given(RECTS, RECTS)
def test_overlap_is_the_same_from_both_sides(left: Rect, right: Rect) -> None:
    assert left.overlaps(right) == right.overlaps(left)
    assert left.stands_beside(right) == right.stands_beside(left)
    assert not (left.overlaps(right) and left.stands_beside(right))


def test_neighbours_share_a_side_wall_not_a_back_wall() -> None:
    booths = lay_out_rows("A", 6, per_row=3)
    assert neighbours(booths) == {
        "A01": ["A02"],
        "A02": ["A01", "A03"],
        "A03": ["A02"],
        "A04": ["A05"],
        "A05": ["A04", "A06"],
        "A06": ["A05"],
    }


def test_neighbours_of_booths_looking_sideways_stand_above_and_below() -> None:
    booths = [
        ("A01", Rect(0, 0, 300, 200, 90)),
        ("A02", Rect(0, 300, 300, 200, 90)),
        ("A03", Rect(200, 0, 300, 200, 90)),
    ]
    assert neighbours(booths) == {"A01": ["A02"], "A02": ["A01"], "A03": []}
