"""Question: what was probably meant by words that find nothing, among all words by which something can be found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from events.fairs.browse_fairs import PUBLIC_STATES
from events.fairs.fair import Fair
from exhibitors.producers.producer import Product
from foundation.folding import search_terms
from foundation.known_words import unknown_terms, words_near
from foundation.spelling import SHORTEST, likeliest

MOST_TEXTS = 100
"""Looked through for which of several words is likely."""
MOST_NEIGHBOURS = 8


def likely_query(session: Session, query: str) -> str:
    """What was probably meant by words that find nothing: each one slip away from a known one; empty for no idea."""
    terms = search_terms(query)
    unknown = unknown_terms(session, terms)
    near = words_near(session, [term for term in unknown if len(term) >= SHORTEST])
    if not unknown or not all(near.get(term) for term in unknown):
        return ""
    texts = _sample(session, [term for term in terms if term not in near], near)
    return " ".join(likeliest(near[term], texts) if term in near else term for term in terms)


def _sample(session: Session, known: Sequence[str], near: Mapping[str, Sequence[str]]) -> list[str]:
    """Texts of things that have all known words and a word for each unknown one: they tell what is likely."""
    texts: list[str] = []
    for folded, shown in ((Product.folded, true()), (Fair.folded, Fair.state.in_(PUBLIC_STATES))):
        holds = [folded.contains(term, autoescape=True) for term in known]
        holds += [or_(*(folded.contains(word) for word in words[:MOST_NEIGHBOURS])) for words in near.values()]
        texts += session.scalars(select(folded).where(shown, *holds).limit(MOST_TEXTS))
    return texts
