"""Words by which things can be found, each once: a mistyped one is looked for among them, however many the things."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, String, event, exists, or_, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from foundation.database import Base, insert_into, read_rows
from foundation.folding import LONGEST_TERM, words_of
from foundation.searchable import Searchable
from foundation.spelling import one_slip_apart, spared_pieces

MOST_AT_ONCE = 500


class KnownWord(Base):
    """A folded word of letters. It stays when nothing bears it any more: who corrects by it looks what it finds."""

    __tablename__ = "known_word"

    word: Mapped[str] = mapped_column(String(LONGEST_TERM), primary_key=True)


def remember_words(session: Session, texts: Iterable[str]) -> None:
    """Add what is new of the words of folded texts; sorted, so that two who add the same do not wait in a ring."""
    words = sorted({word for text in texts for word in words_of(text) if word.isalpha() and len(word) <= LONGEST_TERM})
    connection = session.connection()
    for start in range(0, len(words), MOST_AT_ONCE):
        asked = words[start : start + MOST_AT_ONCE]
        known = set(connection.scalars(select(KnownWord.word).where(KnownWord.word.in_(asked))))
        new = [{"word": word} for word in asked if word not in known]
        if new:
            connection.execute(insert_into(connection, KnownWord).values(new).on_conflict_do_nothing())


def unknown_terms(session: Session, terms: Sequence[str]) -> list[str]:
    """Those of the folded terms that stand within no known word; what has a digit in it counts as known."""
    words = [term for term in terms if term.isalpha()]
    if not words:
        return []
    held = [exists().where(KnownWord.word.contains(term, autoescape=True)) for term in words]
    (row,) = read_rows(session, select(*held))
    return [term for term, is_held in zip(words, row, strict=True) if not is_held]


def words_near(session: Session, terms: Collection[str]) -> dict[str, list[str]]:
    """For each folded term the known words exactly one slip away, those that begin alike first."""
    if not terms:
        return {}
    like = or_(*(condition for term in sorted(terms) for condition in _spared(term)))
    words = [row.word for row in read_rows(session, select(KnownWord.word).where(like))]
    near = {term: [word for word in words if one_slip_apart(term, word)] for term in terms}
    return {term: sorted(found, key=lambda word: (word[0] != term[0], word)) for term, found in near.items()}


def _spared(term: str) -> Iterable[ColumnElement[bool]]:
    """What a slip leaves at the place where it stood: half of the word at its end, or all but two letters changed."""
    first, second, changed = spared_pieces(term)
    yield KnownWord.word.startswith(first, autoescape=True)
    yield KnownWord.word.endswith(second, autoescape=True)
    yield KnownWord.word == changed


@event.listens_for(Session, "after_flush")
def _remember_what_is_flushed(session: Session, context: UOWTransaction) -> None:
    things = [*session.new, *session.dirty]
    texts = [thing.folded for thing in things if isinstance(thing, Searchable) and thing.__corrects__]
    if texts:
        remember_words(session, texts)
