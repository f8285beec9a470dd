"""Points as people paste them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.fairs import set_up_wording
from events.places.directions import VIETNAM, read_point
from foundation.refusal import Refused

SENTENCES = set_up_wording.REFUSALS
degrees = [st.decimals(least, most, places=6) for least, most in VIETNAM]


@given(*degrees, st.sampled_from([", ", ",", "; ", " ", "\t"]))
def test_two_numbers_are_read_however_they_are_parted(latitude: object, longitude: object, between: str) -> None:
    assert read_point(f"{latitude}{between}{longitude}") == (float(str(latitude)), float(str(longitude)))


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.google.com/maps/place/X/@20.951,107.08,17z/data=!3m1",
        "geo:20.951,107.08?z=17",
        "(20.951, 107.08)",
    ],
)
def test_address_of_a_map_will_do(typed: str) -> None:
    assert read_point(typed) == (20.951, 107.08)


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_is_nowhere(typed: str) -> None:
    assert read_point(typed) is None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Hạ Long", "point_unreadable"),
        ("20.951", "point_unreadable"),
        ("107.08, 20.951", "point_outside"),
        ("48.85, 2.35", "point_outside"),
        ("-20.951, 107.08", "point_outside"),
    ],
)
def test_other_things_are_refused_in_words(
    typed: str, reason: str, in_words: Callable[[Refused], tuple[str, str]]
) -> None:
    with pytest.raises(Refused) as refused:
        read_point(typed)
    assert refused.value.reason == reason
    assert in_words(refused.value)[1] == str(SENTENCES[reason])
