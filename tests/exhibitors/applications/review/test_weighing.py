"""Points weighed into one number: bounds, order, and the middle of many."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exhibitors.applications.review.weighing import half_up, total_of, weigh

WEIGHTS = st.dictionaries(st.integers(1, 6), st.integers(1, 100), min_size=1)


@given(WEIGHTS, st.data())
def test_total_lies_between_all_fewest_and_all_most_and_grows_with_each_point(
    weights: dict[int, int], data: st.DataObject
) -> None:
    points = {key: data.draw(st.integers(1, 5)) for key in weights}
    total = total_of(points, weights, 5)
    assert total is not None
    assert 0 <= total <= 100
    assert total_of(dict.fromkeys(weights, 1), weights, 5) == 0
    assert total_of(dict.fromkeys(weights, 5), weights, 5) == 100
    for key, number in points.items():
        if number < 5:
            more = total_of(points | {key: number + 1}, weights, 5)
            assert more is not None
            assert more - total == Fraction(25 * weights[key], sum(weights.values()))


def test_review_that_lacks_a_criterion_does_not_count() -> None:
    assert total_of({1: 5}, {1: 10, 2: 10}, 5) is None
    assert total_of({1: 5}, {}, 5) is None
    assert total_of({1: 5, 9: 1}, {1: 10}, 5) == 100


@given(st.lists(st.integers(0, 4000).map(lambda number: Fraction(number, 40)), min_size=1, max_size=9))
def test_middle_lies_between_lowest_and_highest(totals: list[Fraction]) -> None:
    weighed = weigh(totals)
    assert weighed is not None
    assert weighed.reviews == len(totals)
    assert weighed.lowest <= weighed.median <= weighed.highest
    assert weighed.lowest <= weighed.mean <= weighed.highest
    assert weighed.spread == weighed.highest - weighed.lowest


def test_halves_go_up() -> None:
    assert [half_up(Fraction(number, 2)) for number in (1, 2, 3)] == [1, 1, 2]
    assert weigh([]) is None
