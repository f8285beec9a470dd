"""The organiser's conditions on units and products, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibitors.calls.who_may_apply import Brought, Conditions, Origin, Unit

TEA = Brought("Trà hoa vàng", "food", 4, is_certified=True)
WINE = Brought("Rượu ba kích", "drinks", 3)
NEW = Brought("Ruốc hàu", "food")
HA_LONG = frozenset({"06652"})
UNIT = Unit("cooperative", HA_LONG, (TEA, WINE))
OUTSIDER = Unit("enterprise", frozenset(), (NEW,))
DISTRICT_ONLY = Unit("household", frozenset({"1", "2"}), (TEA,))

KINDS = st.frozensets(st.sampled_from(["cooperative", "enterprise", "household"]))
GROUPS = st.frozensets(st.sampled_from(["food", "drinks", "herbs"]))
PLACES = st.frozensets(st.sampled_from(["1", "2", "3"]))
PRODUCTS = st.builds(
    Brought, st.just("x"), st.sampled_from(["food", "drinks", "herbs"]), st.none() | st.integers(1, 5), st.booleans()
)
CONDITIONS = st.builds(
    Conditions, KINDS, GROUPS, st.none() | st.integers(3, 5), st.booleans(), st.sampled_from(Origin), PLACES
)
UNITS = st.builds(
    Unit, st.sampled_from(["cooperative", "enterprise", "household"]), PLACES, st.lists(PRODUCTS, max_size=3).map(tuple)
)


@pytest.mark.parametrize(
    ("conditions", "unit", "brought", "reasons"),
    [
        (Conditions(), OUTSIDER, [NEW], []),
        (Conditions(kinds=frozenset({"household"})), UNIT, [TEA], ["kind_not_invited"]),
        (Conditions(origin=Origin.INSIDE), OUTSIDER, [NEW], ["only_inside"]),
        (Conditions(origin=Origin.OUTSIDE), UNIT, [TEA], ["only_outside"]),
        (Conditions(places=frozenset({"1"})), UNIT, [TEA], ["place_not_invited"]),
        (Conditions(places=HA_LONG), OUTSIDER, [NEW], ["place_not_invited"]),
        (Conditions(places=HA_LONG), UNIT, [TEA], []),
        (Conditions(places=frozenset({"1"})), DISTRICT_ONLY, [TEA], ["place_not_invited"]),
        (Conditions(places=frozenset({"1", "2", "3"})), DISTRICT_ONLY, [TEA], []),
        (Conditions(groups=frozenset({"food"})), UNIT, [TEA, WINE], ["group_not_invited"]),
        (Conditions(least_stars=4), UNIT, [TEA, WINE, NEW], ["stars_too_few", "stars_too_few"]),
        (Conditions(needs_certificate=True), UNIT, [TEA, WINE], ["certificate_needed"]),
        (
            Conditions(kinds=frozenset({"farm"}), groups=frozenset({"herbs"}), least_stars=5),
            UNIT,
            [TEA],
            ["kind_not_invited", "group_not_invited", "stars_too_few"],
        ),
    ],
)  # fmt: skip - read as a table
def test_every_fault_is_told_at_once(
    conditions: Conditions, unit: Unit, brought: list[Brought], reasons: list[str]
) -> None:
    assert [fault.reason for fault in conditions.objections(unit, brought)] == reasons


@given(CONDITIONS, UNITS)
def test_unit_that_qualifies_can_send_something(conditions: Conditions, unit: Unit) -> None:
    sendable = [product for product in unit.products if not conditions.objections(unit, [product])]
    nothing_asked = not (conditions.groups or conditions.least_stars or conditions.needs_certificate)
    unit_is_fine = not conditions.objections(unit, [])
    assert conditions.may_apply(unit) == (unit_is_fine and (bool(sendable) or nothing_asked))


@given(CONDITIONS, UNITS)
def test_fewer_conditions_never_shut_a_unit_out(conditions: Conditions, unit: Unit) -> None:
    assert not conditions.may_apply(unit) or Conditions().may_apply(unit)
