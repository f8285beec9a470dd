"""One slip of the finger: every one is recognised, and nothing that is further away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foundation.spelling import corrected_terms, one_slip_apart, spared_pieces

words = st.text(alphabet="abcd", min_size=1, max_size=6)


@given(words, st.data())
def test_each_kind_of_slip_is_recognised(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    sign = data.draw(st.sampled_from("abcd"))
    slips = [word[:at] + word[at + 1 :], word[:at] + sign + word[at:], word[:at] + sign + word[at + 1 :]]
    if at + 1 < len(word):
        slips.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    for slip in slips:
        assert one_slip_apart(word, slip) == (slip != word)
        assert len(word) < 3 or any(piece in slip for piece in spared_pieces(word))


def distance(one: str, other: str) -> int:
    """Optimal string alignment by its recurrence."""
    if not one or not other:
        return len(one) + len(other)
    best = min(
        distance(one[:-1], other) + 1,
        distance(one, other[:-1]) + 1,
        distance(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    )
    if len(one) > 1 and len(other) > 1 and one[-2:] == other[-2:][::-1]:
        best = min(best, distance(one[:-2], other[:-2]) + 1)
    return best


@given(st.text(alphabet="abc", max_size=5), st.text(alphabet="abc", max_size=5))
def test_it_is_the_distance_of_one(one: str, other: str) -> None:
    assert one_slip_apart(one, other) == (distance(one, other) == 1)


def test_the_word_used_most_often_wins() -> None:
    assert corrected_terms(["mian"], ["mien dong", "mien bac", "mian1"]) is None
    assert corrected_terms(["miax"], ["miab", "miac miac"]) == ["miac"]
    assert corrected_terms(["zzzzz"], ["mien"]) is None
