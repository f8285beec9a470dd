"""Rows and neighbours as the drawing shows them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exhibitors.allocation.proposals.floor_rows import DrawnRect, edges_of, spots_of


def a_booth(id_: str, x: int, y: int, *, rotation: int = 0, zone: str = "A", plan: int = 1) -> DrawnRect:
    return DrawnRect(id_, plan, zone, x, y, 300, 300, rotation)


def test_booths_wall_to_wall_are_one_row_and_neighbours() -> None:
    row = [a_booth("A1", 0, 0), a_booth("A2", 300, 10), a_booth("A3", 620, 0)]
    assert {id_: (spot.row, spot.pos) for id_, spot in spots_of(row).items()} == {
        "A1": ("A1", 0),
        "A2": ("A1", 1),
        "A3": ("A1", 2),
    }
    assert edges_of(row) == [("A1", "A2", "side"), ("A2", "A3", "side")]


def test_aisle_breaks_the_row() -> None:
    row = [a_booth("A1", 0, 0), a_booth("A2", 500, 0)]
    spots = spots_of(row)
    assert (spots["A1"].row == spots["A2"].row, spots["A2"].pos - spots["A1"].pos) == (True, 2)
    assert edges_of(row) == []


def test_fronts_over_an_aisle_face_each_other_and_backs_do_not() -> None:
    below = a_booth("A1", 0, 0)  # its front looks down
    opposite = a_booth("A2", 0, 700, rotation=180)
    assert edges_of([below, opposite]) == [("A1", "A2", "face")]
    assert edges_of([a_booth("A1", 0, 0, rotation=180), a_booth("A2", 0, 700)]) == []
    assert edges_of([below, a_booth("A2", 0, 1000, rotation=180)]) == []  # wider than any aisle


def test_row_never_leaves_its_zone_or_plan() -> None:
    pair = [a_booth("A1", 0, 0), a_booth("B1", 300, 0, zone="B"), a_booth("C1", 600, 0, plan=2)]
    assert len({spot.row for spot in spots_of(pair).values()}) == 3
    assert edges_of(pair) == []


@given(st.sets(st.integers(0, 120), min_size=1, max_size=20))
def test_order_of_the_booths_does_not_matter(places: set[int]) -> None:
    booths = [a_booth(f"A{n:03d}", n % 20 * 300, n // 20 * 900, rotation=180 * (n // 20 % 2)) for n in places]
    assert spots_of(booths) == spots_of(booths[::-1])
    assert edges_of(booths) == edges_of(booths[::-1])
    spots = spots_of(booths)
    assert all(abs(spots[one].pos - spots[other].pos) == 1 for one, other, kind in edges_of(booths) if kind == "side")
