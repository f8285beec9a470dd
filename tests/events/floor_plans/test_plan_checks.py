"""What is flagged on a drawing: the shared examples, and that order and place change nothing."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.floor_plans.geometry import lay_out_rows
from events.floor_plans.plan_checks import Rule, check_plan
from events.floor_plans.plan_document import DEFAULTS
from events.floor_plans.plan_shapes import bounds, boxes_overlap, corners, gap_between, gap_between_boxes, overlap

EXAMPLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "plan_checks.json").read_text(encoding="utf-8"))


def document_of(example: dict[str, Any]) -> dict[str, Any]:
    """An example with everything that it does not say; booths are 3 × 3 m at (3, 3) m with the front below."""
    place = {"x_cm": 300, "y_cm": 300, "width_cm": 300, "depth_cm": 300}
    plan = {"name_vi": "", "name_en": "", "width_cm": 4000, "depth_cm": 2000, "outline": [], "least_aisle_cm": 300}
    zones = example.get("zones", [{}])
    return {
        "plan": plan | example.get("plan", {}),
        "zones": [{"key": "z", "code": "A", **DEFAULTS["zone"], **zone} for zone in zones],
        "booths": [
            {"zone": "z", "code": booth["key"].upper(), **place, **DEFAULTS["booth"], **booth}
            for booth in example["booths"]
        ],
        "fixtures": [{**place, **DEFAULTS["fixture"], **fixture} for fixture in example.get("fixtures", [])],
    }


def told(document: dict[str, Any]) -> list[list[Any]]:
    return [[fault.rule.value, list(fault.keys), fault.measure, fault.limit] for fault in check_plan(document)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_shared_example_is_told(example: dict[str, Any]) -> None:
    assert told(document_of(example)) == example["faults"]


def test_every_rule_has_an_example() -> None:
    assert {fault[0] for example in EXAMPLES for fault in example["faults"]} == {rule.value for rule in Rule}


def test_2000_booths_are_checked_in_a_moment() -> None:
    rows = lay_out_rows("A", 2000, per_row=50, aisle_cm=300)
    booths = [
        {"key": code, "code": code, "x_cm": rect.x, "y_cm": rect.y, "rotation": rect.rotation} for code, rect in rows
    ]
    document = document_of({"plan": {"width_cm": 100_000, "depth_cm": 100_000}, "booths": booths})
    started = time.process_time()
    assert (check_plan(document), time.process_time() - started < 2) == ([], True)


SQUARE = st.builds(
    lambda x, y, w, d, turn: {"x_cm": x, "y_cm": y, "width_cm": w, "depth_cm": d, "rotation": turn},
    st.integers(0, 900), st.integers(0, 900), st.integers(50, 400), st.integers(50, 400), st.sampled_from([0, 90, 180]),
)  # fmt: skip


@given(SQUARE, SQUARE)
def test_quick_way_for_square_things_answers_as_the_general_one(one: dict[str, int], other: dict[str, int]) -> None:
    first, second = corners(one), corners(other)
    assert boxes_overlap(bounds(first), bounds(second)) == overlap(first, second)
    if not overlap(first, second):
        quick, general = gap_between_boxes(bounds(first), bounds(second)), gap_between(first, second)
        assert quick.length <= 1 if general.length <= 1 else quick.length == pytest.approx(general.length)
        assert quick.length <= 1 or quick.faces == general.faces


booths = st.lists(
    st.builds(
        lambda x, y, turn: {"x_cm": x, "y_cm": y, "rotation": turn, "open_sides": []},
        st.integers(0, 1500), st.integers(0, 1500), st.sampled_from([0, 30, 45, 90, 180, 215]),
    ),
    max_size=7,
)  # fmt: skip


@given(booths, st.sampled_from([0, 90, 180, 270]), st.integers(0, 400), st.integers(0, 400))
def test_turning_and_moving_everything_changes_no_fault_between_booths(
    some: list[dict[str, Any]], turn: int, dx: int, dy: int
) -> None:
    named = [{"key": f"b{place}", **booth} for place, booth in enumerate(some)]
    plan = {"width_cm": 9000, "depth_cm": 9000}

    def moved(booth: dict[str, Any]) -> dict[str, Any]:
        x, y = booth["x_cm"] + dx, booth["y_cm"] + dy
        for _ in range(turn // 90):  # about the middle of a square of 40 m
            x, y = 4000 - y - 300, x
        return booth | {"x_cm": x, "y_cm": y, "rotation": (booth["rotation"] + turn) % 360}

    before = told(document_of({"plan": plan, "booths": named}))
    after = told(document_of({"plan": plan, "booths": [moved(booth) for booth in named]}))
    kept = [Rule.OVERLAP.value, Rule.NARROW_AISLE.value]
    assert [row for row in after if row[0] in kept] == [row for row in before if row[0] in kept]
