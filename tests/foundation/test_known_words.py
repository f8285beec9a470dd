"""Words by which things can be found: kept as they come, and found again one slip away, however many there are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exhibitors.producers.register_producer import add_product
from foundation.known_words import KnownWord, remember_words, unknown_terms, words_near
from foundation.spelling import one_slip_apart
from tests.cast import a_producer


def known(session: Session) -> set[str]:
    return set(session.scalars(select(KnownWord.word)))


def test_words_come_with_what_bears_them_and_only_once(session: Session) -> None:
    player = a_producer(session, "HTX Zimzim", "z@units.example")
    before = known(session)
    assert "zimzim" in before
    add_product(session, player.actor, player.producer, group_id=1, name_vi="Bánh Zimzim xốp 12a")
    session.flush()
    assert known(session) - before == {"banh", "xop"} - before
    assert not any(word for word in known(session) if not word.isalpha())


def test_adding_the_same_again_changes_nothing(session: Session) -> None:
    remember_words(session, ["mien dong", "mien dong binh lieu"])
    before = session.scalar(select(func.count()).select_from(KnownWord))
    remember_words(session, ["binh lieu mien", "a" * 61])
    assert session.scalar(select(func.count()).select_from(KnownWord)) == before


def test_part_of_a_known_word_and_what_has_a_digit_are_known(session: Session) -> None:
    remember_words(session, ["mienx dongx"])
    assert unknown_terms(session, ["ienx", "dong", "zzq", "9zz", "%", "_"]) == ["zzq"]
    assert unknown_terms(session, []) == []


@given(st.lists(st.text("abcd", min_size=1, max_size=7), max_size=30), st.text("abcd", min_size=3, max_size=7))
@settings(max_examples=60)
def test_every_word_one_slip_away_is_found(session: Session, words: list[str], term: str) -> None:
    remember_words(session, [" ".join(words)])
    near = words_near(session, [term])[term]
    assert {word for word in words if one_slip_apart(term, word)} <= set(near)
    assert all(one_slip_apart(term, word) for word in near)
    assert near == sorted(near, key=lambda word: (word[0] != term[0], word))
