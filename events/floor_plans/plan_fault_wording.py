"""What is wrong with a drawing, in words: the page and the editor in the browser say the same sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _

from events.floor_plans.editor_wording import FIXTURES
from events.floor_plans.plan_checks import PlanFault, Rule
from events.floor_plans.plan_fixture import FixtureKind

SENTENCES = {
    Rule.DUPLICATE_CODE: _("The code {first} is used {count} times"),
    Rule.OUTSIDE_HALL: _("{first} stands outside the hall"),
    Rule.OVERLAP: _("{first} and {second} overlap"),
    Rule.NARROW_AISLE: _("The way between {first} and {second} is {measure} m wide, it needs {limit} m"),
    Rule.FRONT_BLOCKED: _("{second} shuts the open side of {first}"),
    Rule.DOOR_BLOCKED: _("{second} stands before {first}"),
    Rule.POWER_EXCEEDED: _("Zone {first} needs {measure} kW, it has {limit} kW"),
    Rule.WATER_EXCEEDED: _("Zone {first} needs {measure} water points, it has {limit}"),
    Rule.COLD_EXCEEDED: _("Zone {first} needs {measure} places in cold storage, it has {limit}"),
}
BEFORE_WALL = _("The way from {first} to the wall of the hall is {measure} m wide, it needs {limit} m")
IN_METRES = frozenset({Rule.NARROW_AISLE})
IN_KILOWATTS = frozenset({Rule.POWER_EXCEEDED})


def fault_templates() -> dict[str, str]:
    """Key → sentence with {names} for the script."""
    words = {f"fault {rule.value}": str(sentence) for rule, sentence in SENTENCES.items()}
    return words | {"fault before_wall": str(BEFORE_WALL)}


def fault_sentence(fault: PlanFault, document: Mapping[str, Any]) -> str:
    """One fault of this plan in a sentence."""
    names = _names(document)
    said = [names.get(key, key) for key in fault.keys]
    sentence = BEFORE_WALL if fault.rule is Rule.NARROW_AISLE and len(said) == 1 else SENTENCES[fault.rule]
    divisor = 100 if fault.rule in IN_METRES else 1000 if fault.rule in IN_KILOWATTS else 1
    facts = {
        "first": said[0],
        "second": said[-1],
        "count": str(len(said)),
        "measure": format_decimal((fault.measure or 0) / divisor),
        "limit": format_decimal((fault.limit or 0) / divisor),
    }
    text = str(sentence)
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _names(document: Mapping[str, Any]) -> dict[str, str]:
    names = {element["key"]: element["code"] for kind in ("zones", "booths") for element in document[kind]}
    for fixture in document["fixtures"]:
        names[fixture["key"]] = fixture["label_vi"] or str(FIXTURES[FixtureKind(fixture["kind"])])
    return names
