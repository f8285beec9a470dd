"""Take booths over from a sheet: matched by code, all or none, each refused row named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from events.floor_plans.booth_sheet import SheetRow
from events.floor_plans.booth_type import booth_types_of
from events.floor_plans.floor_plan import FloorPlan, new_key
from events.floor_plans.plan_document import ValueFault, plan_as_document
from events.floor_plans.save_plan import save_plan
from foundation.actor import Actor
from foundation.folding import nfc
from foundation.refusal import Refused

UNREADABLE = {"rotation": "turn_unreadable"}
"""Columns whose unreadable cells are told otherwise."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row cannot be taken over: its number in the sheet, the booth's code, the reason with facts."""

    number: int
    code: str
    reason: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class ImportReport:
    """What the sheet does to the plan: codes added and changed; nothing is changed while there are faults.

    `zones` are codes that the plan does not know yet: meant, or a slip of the pen that only a reader can tell.
    """

    zones: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    faults: list[RowFault] = field(default_factory=list)


def import_booths(
    session: Session, actor: Actor, plan: FloorPlan, rows: Sequence[SheetRow], seen_revision: int | None = None
) -> ImportReport:
    """Add and change booths as the rows say; booths that no row names stay as they are.

    `seen_revision` is that of the dry run: what others changed since is a fault (`sheet_overtaken`).

    Never raises for what stands in the sheet: the report has every fault. The caller takes the transaction back for a
    dry run and after faults.
    """
    document, types = plan_as_document(plan), _types(session, plan)
    present = {booth["code"]: booth for booth in document["booths"]}
    zones = {zone["code"]: zone["key"] for zone in document["zones"]}
    known = frozenset(zones)
    report = ImportReport()
    changes: list[dict[str, Any]] = []
    row_of: dict[str, tuple[int, str]] = {}
    seen: set[str] = set()
    for row in rows:
        code = nfc(str(row.values.get("code", ""))).strip().upper()
        report.faults += [
            RowFault(row.number, code, UNREADABLE.get(name, "cell_unreadable"), {"column": name})
            for name in row.unreadable
        ]
        if code in seen:
            report.faults.append(RowFault(row.number, code, "row_twice", {"code": code}))
            continue
        seen.add(code)
        values = _values(row, code, zones, changes)
        if (typed := values.get("booth_type_id")) is not None:
            values["booth_type_id"] = types.get(_folded(typed))
            if values["booth_type_id"] is None and typed:
                report.faults.append(RowFault(row.number, code, "booth_type_unknown", {"column": "booth_type_id"}))
        old = present.get(code)
        key = old["key"] if old else new_key()
        row_of[key] = (row.number, code)
        if old is not None and all(old[name] == value for name, value in values.items()):
            report.same += 1
            continue
        (report.changed if old else report.added).append(code)
        changes.append({"kind": "booth", "key": key, "new": old is None, "values": values})
    report.zones = [code for code in zones if code not in known]
    if changes:
        base = plan.revision if seen_revision is None else min(seen_revision, plan.revision)
        try:
            save_plan(session, actor, plan, base, changes)
        except Refused as refusal:
            report.faults += _faults_of(refusal, row_of)
    report.faults.sort(key=lambda fault: fault.number)
    return report


def _types(session: Session, plan: FloorPlan) -> dict[str, int]:
    """The fair's types by their names in either language; where two share one, the Vietnamese name counts."""
    types = booth_types_of(session, plan.fair)
    named = [(kind.name_en, kind.id) for kind in types] + [(kind.name_vi, kind.id) for kind in types]
    return {_folded(name): type_id for name, type_id in named if name}


def _folded(name: object) -> str:
    return " ".join(nfc(str(name)).casefold().split())


def _values(row: SheetRow, code: str, zones: dict[str, str], changes: list[dict[str, Any]]) -> dict[str, Any]:
    """The row as values of a booth; a zone that is new to the plan is begun."""
    values = {**row.values, "code": code}
    zone = nfc(str(values.get("zone", ""))).strip().upper()
    if zone and zone not in zones:
        zones[zone] = new_key()
        changes.append({"kind": "zone", "key": zones[zone], "new": True, "values": {"code": zone}})
    values["zone"] = zones.get(zone, "")
    return values


def _faults_of(refusal: Refused, row_of: dict[str, tuple[int, str]]) -> list[RowFault]:
    """A refusal of the save as faults of rows."""
    if refusal.reason == "plan_conflict":
        return [RowFault(0, "", "sheet_overtaken", {"count": refusal.facts["count"]})]
    faults = refusal.facts.get("faults")
    if not isinstance(faults, list):
        return [RowFault(0, "", refusal.reason, dict(refusal.facts))]
    return [
        RowFault(*row_of.get(fault.key, (0, "")), fault.reason, dict(fault.facts))
        for fault in faults
        if isinstance(fault, ValueFault)
    ]
