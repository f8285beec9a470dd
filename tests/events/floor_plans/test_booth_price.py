"""Prices after support: pure arithmetic, for any price, per cent and cap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.floor_plans.booth_price import price_of_booths

MONEY = st.integers(0, 10**9)
CAP = st.none() | MONEY
COUNT = st.integers(0, 100)


@pytest.mark.parametrize(
    ("percent", "cap", "most_supported", "to_pay"),
    [
        (0, None, None, 18_000_000),
        (100, None, None, 0),
        (50, None, 2, 12_000_000),
        (100, 5_000_000, None, 3_000_000),
        (50, 2_000_000, 1, 16_000_000),
    ],
    ids=["no support", "all paid", "half of two booths", "at most 5 million each", "half capped, one booth"],
)
def test_three_booths_of_six_million(percent: int, cap: int | None, most_supported: int | None, to_pay: int) -> None:
    price = price_of_booths(3, price=6_000_000, support_percent=percent, support_cap=cap, most_supported=most_supported)
    assert price.to_pay == to_pay


@given(COUNT, MONEY, st.integers(0, 100), CAP, st.none() | COUNT)
def test_support_never_exceeds_price_per_cent_or_caps(
    booths: int, price: int, percent: int, cap: int | None, most: int | None
) -> None:
    found = price_of_booths(booths, price=price, support_percent=percent, support_cap=cap, most_supported=most)
    assert 0 <= found.to_pay <= found.full == booths * price
    assert found.support * 100 <= percent * price * booths
    assert found.support <= (cap if cap is not None else price) * (booths if most is None else min(most, booths))


@given(COUNT, MONEY, st.integers(0, 100), CAP, st.none() | COUNT)
def test_one_more_booth_never_costs_less(
    booths: int, price: int, percent: int, cap: int | None, most: int | None
) -> None:
    few, more = (
        price_of_booths(count, price=price, support_percent=percent, support_cap=cap, most_supported=most)
        for count in (booths, booths + 1)
    )
    assert few.to_pay <= more.to_pay
