"""Bad files are refused with a reason and one clear sentence, good ones read whatever their order."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exhibitors.allocation.optimiser.instance import BadInstance
from exhibitors.allocation.optimiser.reading import instance_from, read_instance
from tests.fair_maker import a_question, a_random_fair, a_row, an_application


def good() -> dict[str, Any]:
    return a_question(a_row("Z1", 1, 3), [an_application(1, "Z1", "Z1-1-02"), an_application(2)])


def broken(*path: str | int, value: Any) -> dict[str, Any]:
    question = good()
    spot: Any = question
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = value
    return question


BAD = [
    (broken("format", value="booth-alloc/2"), "unknown_format"),
    (broken("applications", 0, "score", value="high"), "odd_value"),
    (broken("applications", 0, "score", value=True), "odd_value"),
    (broken("applications", 0, "score", value=101), "out_of_bounds"),
    (broken("applications", 0, "want", value=0), "out_of_bounds"),
    (broken("applications", 0, "power_w", value=-1), "out_of_bounds"),
    (broken("applications", 0, "power_w", value=1.5), "odd_value"),
    (broken("applications", 0, "prefs", value=[{"zone": "Z9"}]), "dangling"),
    (broken("applications", 0, "prefs", value=[{"hall": "Z1"}]), "odd_wish"),
    (broken("applications", 1, "id", value="A0001"), "twice"),
    (broken("applications", value=[]), "no_applications"),
    (broken("applications", value=None), "missing_list"),
    (broken("booths", value=[]), "no_booths"),
    (broken("booths", 0, "m2", value=-9), "out_of_bounds"),
    (broken("booths", 0, "zone", value="Z9"), "dangling"),
    (broken("booths", 1, "pos", value=1), "same_spot"),
    (broken("booths", 0, "reserved", value={"field": "colour", "value": "red"}), "unknown_field"),
    (broken("edges", 0, value=["Z1-1-01", "Z1-1-99", "side"]), "dangling"),
    (broken("edges", 0, value=["Z1-1-01"]), "odd_edge"),
    (broken("pins", value={"A0009": ["Z1-1-01"]}), "dangling"),
    (broken("pins", value={"A0001": "Z1-1-01"}), "odd_value"),
    (broken("policy", value=[]), "not_an_object"),
    (broken("policy", "zone_power_w", value={}), "odd_value"),
    (broken("policy", "priority_unit", value="stall"), "unknown_unit"),
    (broken("policy", "score_bands", value=["high"]), "not_numbers"),
]


@pytest.mark.parametrize(("question", "reason"), BAD)
def test_bad_question_is_refused_with_its_reason_in_one_sentence(question: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadInstance) as refused:
        instance_from(question)
    assert refused.value.reason == reason
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 300


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\x00" * 1000, "x" * 10_000_000, b"\xff\xfe\x00"])
def test_nonsense_is_not_json(text: str | bytes) -> None:
    with pytest.raises(BadInstance) as refused:
        read_instance(text)
    assert refused.value.reason == "not_json"


def test_order_of_a_file_does_not_matter() -> None:
    question = a_random_fair(30, 30, seed=1)
    turned = question | {name: question[name][::-1] for name in ("applications", "booths", "zones", "edges")}
    assert read_instance(json.dumps(turned)) == instance_from(question)
