"""One walk passes every booth once, aisle by aisle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exhibitors.results.show_fair import ShownBooth
from exhibitors.results.walking_order import walking_order


def booth(code: str, x: float, y: float, rotation: int = 0) -> ShownBooth:
    return ShownBooth(code, x, y, 3, 3, "A", "free", rotation=rotation)


def test_rows_facing_each_other_share_an_aisle() -> None:
    """A1 and A2 look down, B1 and B2 look up at them: the walk passes both sides before it goes on."""
    rows = [booth("A1", 0, 0), booth("A2", 3, 0), booth("B1", 0, 6, 180), booth("B2", 3, 6, 180)]
    assert walking_order(rows) == ["A1", "B1", "A2", "B2"]


def test_next_aisle_is_walked_back() -> None:
    rows = [booth(f"A{n}", 3 * n, 0) for n in range(3)] + [booth(f"B{n}", 3 * n, 6) for n in range(3)]
    assert walking_order(rows) == ["A0", "A1", "A2", "B2", "B1", "B0"]


def test_aisles_run_down_where_fronts_face_sideways() -> None:
    rows = [booth(f"A{n}", 0, 3 * n, 270) for n in range(3)] + [booth(f"B{n}", 9, 3 * n, 270) for n in range(3)]
    assert walking_order(rows) == ["A0", "A1", "A2", "B2", "B1", "B0"]


def test_turned_booths_have_their_front_where_the_drawing_has_it() -> None:
    """A quarter clockwise brings the lower side to the left: the two face each other over one aisle."""
    rows = [booth("L", 0, 0, 270), booth("R", 6, 0, 90), booth("FAR", 20, 0, 270)]
    assert walking_order(rows) == ["L", "R", "FAR"]


BOOTHS = st.lists(
    st.builds(
        booth,
        st.uuids().map(str),
        st.integers(0, 200),
        st.integers(0, 200),
        st.sampled_from([0, 45, 90, 180, 270]),
    ),
    max_size=40,
)


@given(BOOTHS, st.randoms())
def test_every_booth_once_whatever_order_they_come_in(booths: list[ShownBooth], chance) -> None:  # type: ignore[no-untyped-def]  # hypothesis' own Random
    order = walking_order(booths)
    assert sorted(order) == sorted(one.code for one in booths)
    shuffled = list(booths)
    chance.shuffle(shuffled)
    assert walking_order(shuffled) == order


def test_no_booths_no_walk() -> None:
    assert walking_order([]) == []
