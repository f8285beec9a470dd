"""Answers and papers by pure rules: reading, for whom, when, and how long a paper holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibitors.calls.paper_needs import STRENGTH, Need, Validity, cell, need_of
from exhibitors.calls.question_answers import Audience, QuestionDates, QuestionKind, read_answer
from foundation.refusal import Refused

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
SETS = st.frozensets(st.sampled_from(["a", "b", "c"]))
NEEDS = st.sampled_from(list(Need))
LAST = date(2027, 6, 30)
DAYS = st.none() | st.integers(-900, 900).map(lambda days: LAST + timedelta(days=days))


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  Bếp ga  ", "Bếp ga"),
        ("text", "", None),
        ("number", "1.500", 1500),
        ("number", " 12 ", 12),
        ("choice", "1", "1"),
        ("choice", "", None),
        ("choices", ["2", "1", "1"], ["1", "2"]),
        ("choices", [], None),
        ("yes_no", "yes", True),
        ("yes_no", "no", False),
        ("yes_no", "", None),
    ],
)  # fmt: skip - read as a table
def test_answer_is_kept_as_its_kind_says(kind: str, typed: str | list[str], kept: object) -> None:
    assert read_answer(QuestionKind(kind), typed, {"1", "2"}) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "reason"),
    [
        ("number", "mười", "answer_not_number"),
        ("number", "-1", "answer_not_number"),
        ("number", "9" * 12, "answer_not_number"),
        ("choice", "3", "answer_not_a_choice"),
        ("choices", ["1", "x"], "answer_not_a_choice"),
        ("yes_no", "maybe", "answer_not_a_choice"),
        ("text", "x" * 2001, "answer_too_long"),
    ],
)  # fmt: skip - read as a table
def test_wrong_answer_is_refused(kind: str, typed: str | list[str], reason: str) -> None:
    with pytest.raises(Refused) as caught:
        read_answer(QuestionKind(kind), typed, {"1", "2"})
    assert caught.value.reason == reason


@given(SETS, SETS, SETS, st.sampled_from(["a", "b"]), SETS, SETS)
def test_question_for_everybody_stands_for_each_one(
    kinds: frozenset[str],
    groups: frozenset[str],
    zones: frozenset[str],
    kind: str,
    mine: frozenset[str],
    wished: frozenset[str],
) -> None:  # fmt: skip - many facts of one row
    assert Audience().holds(kind, mine, wished)
    expected = (
        (not kinds or kind in kinds) and (not groups or bool(groups & mine)) and (not zones or bool(zones & wished))
    )
    assert Audience(kinds, groups, zones).holds(kind, mine, wished) == expected


def test_question_is_needed_and_frozen_at_its_very_moments() -> None:
    dates = QuestionDates(is_required=True, required_from=NOON, frozen_from=NOON + timedelta(days=1))
    moments = [NOON - timedelta(seconds=1), NOON, NOON + timedelta(days=1)]
    assert [dates.must_be_answered(moment) for moment in moments] == [False, True, True]
    assert [dates.is_frozen(moment) for moment in moments] == [False, False, True]


@given(NEEDS, st.dictionaries(st.sampled_from([cell(g, k) for g in "ab" for k in "xy"]), NEEDS), SETS)
def test_unit_is_asked_by_the_strictest_of_its_groups(
    default: Need, cells: dict[str, Need], groups: frozenset[str]
) -> None:
    found = need_of(default, cells, "x", groups)
    each = [cells.get(cell(group, "x"), default) for group in groups] or [default]
    assert STRENGTH[found] == max(STRENGTH[need] for need in each)


@given(st.booleans(), st.none() | st.integers(1, 36), DAYS, DAYS)
def test_paper_that_does_is_valid_on_the_last_day(
    on_last_day: bool, months: int | None, issued: date | None, expires: date | None
) -> None:
    fault = Validity(on_last_day, months).objection("Giấy", issued, expires, LAST)
    if fault is None and on_last_day:
        assert expires is not None
        assert expires >= LAST
    if fault is None and months is not None:
        assert issued is not None
        assert issued >= LAST - timedelta(days=31 * months)
    if not on_last_day and months is None:
        assert fault is None
