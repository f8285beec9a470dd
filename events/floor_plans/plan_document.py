"""A plan as plain data: what the editor, saved versions and copies exchange, and which values an element may have.

Lengths are whole centimetres, power whole watts, turns whole degrees clockwise. An element is a dict of the fields
below with its `key`; a document is {"plan": …, "zones": […], "booths": […], "fixtures": […]}.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone
from events.floor_plans.plan_fixture import FixtureKind, PlanFixture
from foundation.folding import nfc

Values = dict[str, Any]
KINDS = ("plan", "zone", "booth", "fixture")
SIDES = ("front", "back", "left", "right")
FARTHEST_CM = 100_000
LONGEST_SIDE_CM = 5_000
MOST_CORNERS = 60
KEY = re.compile(r"[A-Za-z0-9_-]{1,24}")
BOOTH_CODE = re.compile(r"[A-ZĐ0-9][A-ZĐ0-9.\-]{0,7}")
ZONE_CODE = re.compile(r"[A-ZĐ0-9]{1,4}")


class Wrong(Exception):
    """A value that a field cannot have, as a reason code with facts."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


@dataclasses.dataclass(frozen=True, slots=True)
class ValueFault:
    """One value that cannot be: of which element, in which field, why."""

    kind: str
    key: str
    field: str
    reason: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)


Cleaner = Callable[[Any], Any]


def _text(most: int) -> Cleaner:
    def clean(value: Any) -> str:
        if not isinstance(value, str):
            raise Wrong("value_wrong")
        text = " ".join(nfc(value).split())
        if len(text) > most:
            raise Wrong("label_too_long", most=most)
        return text

    return clean


def _code(pattern: re.Pattern[str], reason: str) -> Cleaner:
    def clean(value: Any) -> str:
        code = nfc(value).strip().upper() if isinstance(value, str) else ""
        if not pattern.fullmatch(code):
            raise Wrong(reason, code=code[:12])
        return code

    return clean


def _whole(least: int, most: int, *, optional: bool = False, wrong: Wrong | None = None) -> Cleaner:
    wrong = wrong or Wrong("number_wrong", least=least, most=most)

    def clean(value: Any) -> int | None:
        if value is None and optional:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            raise Wrong(wrong.reason, **wrong.facts)
        if not least <= value <= most:
            raise Wrong(wrong.reason, **wrong.facts)
        return int(value)

    return clean


def _length(least: int, most: int, *, optional: bool = False) -> Cleaner:
    """Centimetres here, metres where people type and read."""
    told = {name: f"{cm} cm" if cm % 100 else f"{cm // 100} m" for name, cm in (("least", least), ("most", most))}
    return _whole(least, most, optional=optional, wrong=Wrong("plan_length_wrong", **told))


def _power(most: int, *, optional: bool = False) -> Cleaner:
    """Watts here, kilowatts where people type and read."""
    return _whole(0, most, optional=optional, wrong=Wrong("plan_power_wrong", most=most // 1000))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("value_wrong")
    return value


def _one_of(words: Iterable[str]) -> Cleaner:
    known = frozenset(words)

    def clean(value: Any) -> str:
        if value not in known:
            raise Wrong("value_wrong")
        return str(value)

    return clean


def _key(value: Any) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise Wrong("key_wrong")
    return value


def _sides(value: Any) -> list[str]:
    if not isinstance(value, list) or not set(value) <= set(SIDES):
        raise Wrong("value_wrong")
    return [side for side in SIDES if side in value]


def _corners(value: Any) -> list[list[int]]:
    if not isinstance(value, list) or len(value) > MOST_CORNERS or 0 < len(value) < 3:
        raise Wrong("outline_wrong", most=MOST_CORNERS)
    step = _whole(0, FARTHEST_CM)
    corners = [list(corner) if isinstance(corner, list | tuple) else [] for corner in value]
    if any(len(corner) != 2 for corner in corners):
        raise Wrong("outline_wrong", most=MOST_CORNERS)
    return [[step(x), step(y)] for x, y in corners]


PLACE: dict[str, Cleaner] = {
    "x_cm": _length(-FARTHEST_CM, FARTHEST_CM),
    "y_cm": _length(-FARTHEST_CM, FARTHEST_CM),
    "width_cm": _length(10, LONGEST_SIDE_CM),
    "depth_cm": _length(10, LONGEST_SIDE_CM),
    "rotation": _whole(0, 359),
}
FIELDS: dict[str, dict[str, Cleaner]] = {
    "plan": {
        "name_vi": _text(80),
        "name_en": _text(80),
        "width_cm": _length(100, FARTHEST_CM),
        "depth_cm": _length(100, FARTHEST_CM),
        "outline": _corners,
        "least_aisle_cm": _length(50, 2_000),
        "background_x_cm": _length(-FARTHEST_CM, FARTHEST_CM),
        "background_y_cm": _length(-FARTHEST_CM, FARTHEST_CM),
        "background_width_cm": _length(10, 2 * FARTHEST_CM, optional=True),
        "background_shade": _whole(0, 100),
    },
    "zone": {
        "code": _code(ZONE_CODE, "zone_code_wrong"),
        "name_vi": _text(120),
        "name_en": _text(120),
        "power_w": _power(100_000_000, optional=True),
        "water_points": _whole(0, 10_000, optional=True),
        "cold_points": _whole(0, 10_000, optional=True),
    },
    "booth": {
        "zone": _key,
        "code": _code(BOOTH_CODE, "booth_code_wrong"),
        **PLACE,
        "booth_type_id": _whole(1, 2**31 - 1, optional=True),
        "open_sides": _sides,
        "power_w": _power(1_000_000),
        "has_water": _flag,
        "has_cold_storage": _flag,
        "allows_open_flame": _flag,
        "is_corner": _flag,
        "blocked": _text(200),
    },
    "fixture": {
        "kind": _one_of(FixtureKind),
        "label_vi": _text(80),
        "label_en": _text(80),
        **PLACE,
        "width_cm": _length(5, FARTHEST_CM),
        "depth_cm": _length(5, FARTHEST_CM),
    },
}
PLAIN_OF_BOOTH = tuple(name for name in FIELDS["booth"] if name not in {"zone", "blocked"})
"""The fields of a booth that are columns of the same name."""
_plain_of_booth = attrgetter(*PLAIN_OF_BOOTH)
DEFAULTS: dict[str, Values] = {
    "plan": {},
    "zone": {"name_vi": "", "name_en": "", "power_w": None, "water_points": None, "cold_points": None},
    "booth": {
        "rotation": 0,
        "booth_type_id": None,
        "open_sides": ["front"],
        "power_w": 0,
        "has_water": False,
        "has_cold_storage": False,
        "allows_open_flame": False,
        "is_corner": False,
        "blocked": "",
    },
    "fixture": {"label_vi": "", "label_en": "", "rotation": 0},
}


def clean_values(kind: str, key: str, values: Mapping[str, Any], *, new: bool) -> tuple[Values, list[ValueFault]]:
    """The values as they are kept and every fault among them; a new element gets its defaults and lacks nothing."""
    fields, cleaned, faults = FIELDS[kind], {}, []
    for name, value in ({**DEFAULTS[kind], **values} if new else values).items():
        if name not in fields:
            faults.append(ValueFault(kind, key, name, "field_unknown"))
            continue
        try:
            cleaned[name] = fields[name](value)
        except Wrong as wrong:
            faults.append(ValueFault(kind, key, name, wrong.reason, wrong.facts))
    if new:
        known = {*values, *DEFAULTS[kind]}
        faults += [ValueFault(kind, key, name, "value_missing") for name in fields if name not in known]
    return cleaned, faults


def values_of(element: FloorPlan | Zone | Booth | PlanFixture) -> Values:
    """What an element is now, in the fields of its kind."""
    if isinstance(element, Booth):
        return booth_values(element.zone.key, element.switch, element.reason, _plain_of_booth(element))
    return {name: getattr(element, name) for name in FIELDS[kind_of(element)]}


def booth_values(zone_key: str, switch: str, reason: str, plain: Sequence[Any]) -> Values:
    """The same from columns: `plain` holds those of PLAIN_OF_BOOTH in their order. Thousands are made at once."""
    values = dict(zip(PLAIN_OF_BOOTH, plain, strict=True))
    values["open_sides"] = values["open_sides"].split()
    values["zone"] = zone_key
    values["blocked"] = reason if switch == BoothSwitch.BLOCKED else ""
    return values


def give_values(element: FloorPlan | Zone | Booth | PlanFixture, values: Values) -> None:
    """Let an element be what clean values say; the zone of a booth is the caller's to set."""
    for name, value in values.items():
        if name == "open_sides":
            element.open_sides = " ".join(value)  # type: ignore[union-attr]  # only booths have sides
        elif name == "blocked":
            element.switch = (BoothSwitch.BLOCKED if value else BoothSwitch.OPEN).value  # type: ignore[union-attr]  # same
            element.reason = value  # type: ignore[union-attr]  # the same
        elif name != "zone":
            setattr(element, name, value)


def kind_of(element: FloorPlan | Zone | Booth | PlanFixture) -> str:
    """plan, zone, booth or fixture."""
    return {FloorPlan: "plan", Zone: "zone", Booth: "booth", PlanFixture: "fixture"}[type(element)]


def standing_booths(plan: FloorPlan) -> list[Booth]:
    """The booths that are drawn, by zone and code."""
    return [booth for zone in plan.zones for booth in zone.booths if booth.switch != BoothSwitch.REMOVED]


def plan_values(plan: FloorPlan) -> Values:
    """The plan's own part of a document."""
    return {**values_of(plan), "outline": [list(corner) for corner in plan.outline]}


def plan_as_document(plan: FloorPlan) -> dict[str, Any]:
    """The whole plan as plain data; removed booths are left out."""
    return {
        "plan": plan_values(plan),
        "zones": [{"key": zone.key, **values_of(zone)} for zone in plan.zones],
        "booths": [{"key": booth.key, **values_of(booth)} for booth in standing_booths(plan)],
        "fixtures": [{"key": fixture.key, **values_of(fixture)} for fixture in plan.fixtures],
    }
