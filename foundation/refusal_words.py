"""Turns reason codes into sentences; each capability registers its own."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel.speaklater import LazyString

from foundation.refusal import Refused

_sentences: dict[str, LazyString | str] = {}


def register_refusals(sentences: Mapping[str, LazyString | str]) -> None:
    """Add sentences; a code means the same everywhere, so registering it twice with other words is a fault."""
    for reason, sentence in sentences.items():
        if reason in _sentences and _sentences[reason] is not sentence:
            raise ValueError(f"the refusal {reason!r} has its words already")
        _sentences[reason] = sentence


def refusal_words(refusal: Refused) -> str:
    """The sentence of a refusal in the page's language, filled with its facts."""
    sentence = _sentences.get(refusal.reason)
    if sentence is None:
        return str(gettext("This is not possible now (%(reason)s).", reason=refusal.reason))
    return str(sentence) % refusal.facts if refusal.facts else str(sentence)


def registered_refusals() -> Mapping[str, LazyString | str]:
    """All codes with their sentences, for the test that every code has words in both languages."""
    return dict(_sentences)
