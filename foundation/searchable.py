"""Nouns that people search for keep a folded twin of their words in a column."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import ColumnElement, Text, event, true
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from foundation.folding import expand_abbreviations, search_terms


class Searchable:
    """A mixin: say in `searchable_text` which words find this thing; `folded` follows at each flush.

    `__corrects__` says whether mistyped words are corrected by its words: only what visitors may see can be so.
    """

    __corrects__: ClassVar[bool] = False

    folded: Mapped[str] = mapped_column(Text, default="")

    def searchable_text(self) -> str:
        """The words, unfolded, separated by spaces."""
        raise TypeError(f"{type(self).__name__} does not say what it is found by")

    @classmethod
    def matches(cls, query: str) -> ColumnElement[bool]:
        """A condition: every folded word of the query occurs ("mien binh lieu" finds "Miến Bình Liêu")."""
        condition: ColumnElement[bool] = true()
        for term in search_terms(query):
            condition = condition & cls.folded.contains(term, autoescape=True)
        return condition


@event.listens_for(Searchable, "before_insert", propagate=True)
@event.listens_for(Searchable, "before_update", propagate=True)
def _fold_words(mapper: Mapper[Searchable], connection: object, thing: Searchable) -> None:
    thing.folded = expand_abbreviations(thing.searchable_text())
