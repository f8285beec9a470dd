"""Counting quotas: for any applications, places, groups and stages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exhibitors.calls.quota_counters import Asked, Measure, QuotaKind, Stage, count_booths, exceeds

PLACES = st.frozensets(st.sampled_from(["1", "2", "3"]))
GROUPS = st.frozensets(st.sampled_from(["food", "drinks"]))
BY_ZONE = st.dictionaries(st.sampled_from([10, 20]), st.integers(1, 3), max_size=2)
ASKED = st.builds(
    lambda stage, zones, places, groups: Asked(0, stage, sum(zones.values()) or 1, zones, places, groups),
    st.sampled_from(Stage),
    BY_ZONE,
    PLACES,
    GROUPS,
)  # fmt: skip - the fields in order
LISTS = st.lists(ASKED, max_size=8).map(
    lambda rows: [Asked(n, a.stage, a.booths, a.by_zone, a.places, a.groups) for n, a in enumerate(rows)]
)
MEASURES = st.one_of(
    st.sampled_from([10, 20]).map(lambda zone: Measure(QuotaKind.ZONE, zone_id=zone)),
    PLACES.map(lambda places: Measure(QuotaKind.PLACE_GROUP, places=places)),
    st.sampled_from(["food", "drinks"]).map(lambda group: Measure(QuotaKind.PRODUCT_GROUP, group=group)),
    st.sampled_from([QuotaKind.INSIDE, QuotaKind.OUTSIDE, QuotaKind.RESERVE]).map(Measure),
)
LIMIT = st.none() | st.integers(0, 12)


@given(MEASURES, LISTS, LIMIT)
def test_applied_holds_what_is_noted_and_published(measure: Measure, rows: list[Asked], most: int | None) -> None:
    count = count_booths(measure, rows, least=None, most=most)
    assert 0 <= count.staged + count.published == count.given <= count.applied
    assert count.room == (None if most is None else most - count.given)


@given(MEASURES, LISTS, LIMIT)
def test_missing_and_given_reach_the_least_together(measure: Measure, rows: list[Asked], least: int | None) -> None:
    count = count_booths(measure, rows, least=least, most=None)
    assert count.missing >= 0
    assert (count.missing == 0) == (count.given >= (least or 0))


@given(LISTS)
def test_inside_and_outside_share_all_booths(rows: list[Asked]) -> None:
    inside, outside, every = (
        count_booths(Measure(kind), rows, least=None, most=None).applied
        for kind in (QuotaKind.INSIDE, QuotaKind.OUTSIDE, QuotaKind.RESERVE)
    )
    assert inside + outside == every == sum(row.booths for row in rows)


@given(MEASURES, LISTS, st.integers(0, 12))
def test_accepting_one_by_one_never_passes_the_most(measure: Measure, rows: list[Asked], most: int) -> None:
    taken: list[Asked] = []
    for row in rows:
        staged = Asked(row.application_id, Stage.STAGED, row.booths, row.by_zone, row.places, row.groups)
        if not exceeds(measure, most, taken, row):
            taken.append(staged)
    assert count_booths(measure, taken, least=None, most=most).given <= most


@given(MEASURES, LISTS, st.integers(0, 12))
def test_accepting_what_is_accepted_already_changes_nothing(measure: Measure, rows: list[Asked], most: int) -> None:
    given_rows = [row for row in rows if row.stage is not Stage.APPLIED]
    if count_booths(measure, given_rows, least=None, most=most).given <= most:
        assert [exceeds(measure, most, given_rows, row) for row in given_rows] == [False] * len(given_rows)
