"""Changes to a plan and the plan they meet: read and cleaned, compared with what others saved, checked together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from events.floor_plans.booth_holders import BoothHolder, holders_of_booths
from events.floor_plans.booth_type import BoothType
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone
from events.floor_plans.plan_document import KEY, KINDS, ValueFault, Values, clean_values, values_of
from events.floor_plans.plan_fixture import PlanFixture
from foundation.refusal import Refused

MOST_BOOTHS_IN_FAIR = 5_000
MOST_CHANGES = 12_000
Element = FloorPlan | Zone | Booth | PlanFixture


@dataclass(slots=True)
class Change:
    """One element as somebody wants it: `values` may be some of its fields; all of them when it is new."""

    kind: str
    key: str
    values: Values = field(default_factory=dict)
    new: bool = False
    delete: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """An element that somebody else changed since; `mine` or `theirs` is None where it is taken off the plan."""

    kind: str
    key: str
    code: str
    mine: Values | None
    theirs: Values | None


@dataclass(slots=True)
class Drawing:
    """The plan under the lock with everything on it by kind and key, and what each element was when it was read."""

    plan: FloorPlan
    elements: dict[tuple[str, str], Element]
    before: dict[tuple[str, str], Values]
    removed: dict[str, Booth]
    holders: dict[int, BoothHolder]

    def find(self, kind: str, key: str) -> Element | None:
        """The element, unless it is not on the plan."""
        return self.elements.get((kind, key))


def open_drawing(session: Session, plan: FloorPlan) -> Drawing:
    """Lock the plan and read everything on it: seven queries, whatever its size."""
    session.flush()  # a refresh drops what is not written yet
    session.refresh(plan, with_for_update={"of": FloorPlan})
    zones = session.scalars(
        select(Zone)
        .where(Zone.plan_id == plan.id)
        .options(selectinload(Zone.booths))
        .execution_options(populate_existing=True)
    ).all()
    elements: dict[tuple[str, str], Element] = {("plan", "plan"): plan}
    removed = {}
    for zone in zones:
        elements["zone", zone.key] = zone
        for booth in zone.booths:
            set_committed_value(booth, "zone", zone)
            if booth.switch == BoothSwitch.REMOVED:
                removed[booth.code] = booth
            else:
                elements["booth", booth.key] = booth
    elements |= {("fixture", fixture.key): fixture for fixture in plan.fixtures}
    booth_ids = [element.id for element in elements.values() if isinstance(element, Booth)]
    before = {place: values_of(element) for place, element in elements.items()}
    return Drawing(plan, elements, before, removed, holders_of_booths(session, booth_ids))


def read_changes(changes: Sequence[Mapping[str, Any]]) -> list[Change]:
    """The changes with clean values; every fault at once."""
    if len(changes) > MOST_CHANGES:
        raise Refused("too_many_changes", most=MOST_CHANGES)
    wanted: dict[tuple[str, str], Change] = {}
    faults: list[ValueFault] = []
    for row in changes:
        kind, key, values = row.get("kind"), row.get("key"), row.get("values") or {}
        if kind not in KINDS or not isinstance(key, str) or not KEY.fullmatch(key) or not isinstance(values, dict):
            faults.append(ValueFault(str(kind)[:10], str(key)[:24], "", "element_wrong"))
            continue
        new, delete = row.get("new") is True, row.get("delete") is True
        if kind == "plan" and (delete or new):
            faults.append(ValueFault(kind, key, "", "element_wrong"))
            continue
        cleaned, wrong = ({}, []) if delete else clean_values(kind, key, values, new=new)
        faults += wrong
        wanted[kind, key] = Change(kind, key, cleaned, new, delete)
    if faults:
        raise Refused("plan_wrong", faults=faults, count=len(faults))
    return list(wanted.values())


def find_conflict(drawing: Drawing, change: Change, base_revision: int) -> Conflict | None:
    """Both touched the same element and want it different; a deleted one that somebody still edits counts too."""
    present = drawing.find(change.kind, change.key)
    if present is None:
        return None if change.delete or change.new else Conflict(change.kind, change.key, "", change.values, None)
    if present.changed_in <= base_revision:
        return None
    theirs = drawing.before[change.kind, change.key]
    if change.delete:
        return Conflict(change.kind, change.key, _code_of(present), None, theirs)
    if all(theirs[name] == value for name, value in change.values.items()):
        return None
    return Conflict(change.kind, change.key, _code_of(present), change.values, theirs)


def changes_anything(drawing: Drawing, change: Change) -> bool:
    present = drawing.find(change.kind, change.key)
    if present is None:
        return not change.delete
    if change.delete:
        return True
    now = drawing.before[change.kind, change.key]
    return any(now[name] != value for name, value in change.values.items())


def check_together(session: Session, drawing: Drawing, changes: Sequence[Change]) -> None:
    """What no change shows by itself: codes used twice, booths without a zone, too many."""
    after = {place: values for place, values in drawing.before.items() if place[0] in {"zone", "booth"}}
    for change in changes:
        if change.delete:
            after.pop((change.kind, change.key), None)
        elif change.kind in {"zone", "booth"}:
            after[change.kind, change.key] = after.get((change.kind, change.key), {}) | change.values
    zones = {key for kind, key in after if kind == "zone"}
    faults = [
        ValueFault("booth", change.key, "code", "booth_code_reserved", {"code": change.values["code"]})
        for change in changes
        if change.kind == "booth" and not change.new and change.values.get("code") in drawing.removed
    ]
    faults += _strange_types(session, drawing.plan, changes)
    faults += [
        ValueFault("booth", key, "zone", "booth_without_zone", {"code": values["code"]})
        for (kind, key), values in after.items()
        if kind == "booth" and values["zone"] not in zones
    ]
    for kind, reason in (("zone", "zone_code_taken"), ("booth", "booth_code_taken")):
        elsewhere = codes_elsewhere(session, drawing.plan, kind)
        seen: dict[str, str] = {}
        for (of, key), values in after.items():
            if of == kind:
                other = seen.setdefault(values["code"], key)
                if other != key or values["code"] in elsewhere:
                    faults.append(ValueFault(kind, key, "code", reason, {"code": values["code"]}))
    booths = sum(kind == "booth" for kind, _ in after)
    if faults:
        raise Refused("plan_wrong", faults=faults, count=len(faults))
    if booths > MOST_BOOTHS_IN_FAIR:
        raise Refused("too_many_booths_in_fair", most=MOST_BOOTHS_IN_FAIR)


def _strange_types(session: Session, plan: FloorPlan, changes: Sequence[Change]) -> list[ValueFault]:
    """Types of booth that this fair does not offer."""
    named = [change for change in changes if change.kind == "booth" and change.values.get("booth_type_id")]
    if not named:
        return []
    offered = set(session.scalars(select(BoothType.id).where(BoothType.fair_id == plan.fair_id)))
    strange = [change for change in named if change.values["booth_type_id"] not in offered]
    return [ValueFault("booth", change.key, "booth_type_id", "booth_type_unknown") for change in strange]


def codes_elsewhere(session: Session, plan: FloorPlan, kind: str) -> set[str]:
    """Codes on the other plans of the fair: a booth is found by its code wherever it stands."""
    noun = Zone if kind == "zone" else Booth
    codes = select(noun.code).join(FloorPlan, FloorPlan.id == noun.plan_id)
    return set(session.scalars(codes.where(FloorPlan.fair_id == plan.fair_id, FloorPlan.id != plan.id)))


def _code_of(element: Element) -> str:
    return element.code if isinstance(element, Booth | Zone) else ""
