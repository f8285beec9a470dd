"""Pure: words that are one slip of the finger away: a letter too many, too few, another one, or two changed round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

SHORTEST = 3
"""Shorter words have too many neighbours to guess."""


def one_slip_apart(one: str, other: str) -> bool:
    """Whether the two differ by exactly one slip (Damerau-Levenshtein distance 1, optimal string alignment)."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((place for place, sign in enumerate(short) if sign != long[place]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    if short[at + 1 :] == long[at + 1 :]:
        return True
    return short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]


def thirds(word: str) -> list[str]:
    """A word of three letters or more in three pieces; one slip touches two of them at most."""
    ends = [len(word) * part // 3 for part in range(4)]
    return [word[start:end] for start, end in pairwise(ends) if start < end]


def corrected_terms(terms: Iterable[str], texts: Iterable[str]) -> list[str] | None:
    """The terms with each unknown one replaced by its likeliest neighbour among the words of the texts.

    None when nothing needs to be replaced or a term has no neighbour. The word used most often wins, then the alphabet.
    """
    asked = list(terms)
    whole = " ".join(texts)
    near_enough = {len(term) + more for term in asked for more in (-1, 0, 1)}
    counted = {word: times for word, times in Counter(whole.split()).items() if len(word) in near_enough}
    corrected: list[str] = []
    for term in asked:
        if term in whole:  # a term has no space in it, so it stands within a word
            corrected.append(term)
            continue
        near = _neighbours(term, counted) if len(term) >= SHORTEST else []
        if not near:
            return None
        corrected.append(min(near, key=lambda word: (-counted[word], word)))
    return corrected if corrected != asked else None


def _neighbours(term: str, words: Iterable[str]) -> list[str]:
    first, second, third = thirds(term)  # looked for first: that is quick, and one of them is left by a slip
    hopeful = [word for word in words if first in word or second in word or third in word]
    return [word for word in hopeful if len(word) >= SHORTEST and one_slip_apart(term, word)]
