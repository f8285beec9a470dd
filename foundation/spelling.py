"""Pure: words that are one slip of the finger away: a letter too many, too few, another one, or two changed round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

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


def spared_pieces(word: str) -> list[str]:
    """What one slip may leave of a word: its first half, its second half, or all with the middle changed round.

    A slip that spares neither half can only have changed round the two letters where they meet.
    """
    middle = len(word) // 2
    changed = word[: middle - 1] + word[middle : middle + 1] + word[middle - 1 : middle] + word[middle + 1 :]
    return [piece for piece in (word[:middle], word[middle:], changed if middle else "") if piece]


def corrected_terms(terms: Iterable[str], texts: Iterable[str]) -> list[str] | None:
    """The terms with each unknown one replaced by its likeliest neighbour among the words of the texts.

    None when nothing needs to be replaced or a term has no neighbour. The word used most often wins, then the alphabet.
    """
    asked = list(terms)
    whole = " ".join(texts)
    words = whole.split()
    known: set[str] | None = None
    corrected: list[str] = []
    for term in asked:
        if term in whole:  # a term has no space in it, so it stands within a word
            corrected.append(term)
            continue
        known = known if known is not None else set(words)
        near = _neighbours(term, known) if len(term) >= SHORTEST else []
        if not near:
            return None
        corrected.append(min(near, key=lambda word: (-words.count(word), word)))
    return corrected if corrected != asked else None


def likeliest(words: Iterable[str], texts: Iterable[str]) -> str:
    """Of words the one used most often in the texts, then the one that stands first."""
    used = Counter(word for text in texts for word in text.split())
    return max(words, key=lambda word: used[word])


def _neighbours(term: str, words: Iterable[str]) -> list[str]:
    first, second, changed = spared_pieces(term)  # looked for first: that is quick
    hopeful = [word for word in words if first in word or second in word or changed == word]
    return [word for word in hopeful if len(word) >= SHORTEST and one_slip_apart(term, word)]
