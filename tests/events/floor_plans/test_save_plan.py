"""Saving a drawing: merged by element, refused with a choice, every fault at once; nobody loses a booth they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans import booth_holders
from events.floor_plans.booth_holders import BoothHolder, knows_holders
from events.floor_plans.draw_floor_plan import block_booth, ensure_plan
from events.floor_plans.floor_plan import Booth, FloorPlan
from events.floor_plans.plan_changes import Conflict
from events.floor_plans.plan_document import ValueFault, plan_as_document
from events.floor_plans.plan_version import versions_of
from events.floor_plans.save_plan import save_plan
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair, a_producer, a_zone, an_open_fair, an_organiser
from tests.scenes import Play


@pytest.fixture
def player(session: Session) -> OrganiserPlayer:
    return an_organiser(session)


@pytest.fixture
def fair(play: Play, player: OrganiserPlayer) -> Fair:
    return play(a_draft_fair, player)


@pytest.fixture
def plan(session: Session, player: OrganiserPlayer, fair: Fair) -> FloorPlan:
    """Zone A with booths A01 to A08."""
    plan = ensure_plan(session, player.actor, fair, fair.venues[0], width_m=60, depth_m=40)
    a_zone(session, player, fair)
    session.commit()
    return plan


@pytest.fixture
def held() -> Iterator[dict[str, BoothHolder]]:
    """Booth codes that somebody holds, as the floor above would say."""
    holders: dict[str, BoothHolder] = {}

    def answer(session: Session, booth_ids: Collection[int], hidden: Collection[int]) -> Mapping[int, BoothHolder]:
        booths = session.scalars(select(Booth).where(Booth.id.in_(booth_ids)))
        return {booth.id: holders[booth.code] for booth in booths if booth.code in holders}

    knows_holders(answer)
    yield holders
    booth_holders._questions.remove(answer)  # noqa: SLF001  # the next test starts without it


def booth(plan: FloorPlan, code: str) -> Booth:
    return next(booth for zone in plan.zones for booth in zone.booths if booth.code == code)


def put(plan: FloorPlan, booth_code: str, **values: Any) -> dict[str, Any]:
    return {"kind": "booth", "key": booth(plan, booth_code).key, "values": values}


def drop(plan: FloorPlan, code: str) -> dict[str, Any]:
    return {"kind": "booth", "key": booth(plan, code).key, "delete": True}


def new_booth(plan: FloorPlan, code: str, key: str = "mine1", **values: Any) -> dict[str, Any]:
    place = {"x_cm": 0, "y_cm": 0, "width_cm": 300, "depth_cm": 300}
    return {
        "kind": "booth",
        "key": key,
        "new": True,
        "values": {"zone": plan.zones[0].key, "code": code, **place, **values},
    }


def refusal(
    session: Session, player: OrganiserPlayer, plan: FloorPlan, *changes: Any, base: int | None = None
) -> Refused:
    with pytest.raises(Refused) as refused:
        save_plan(session, player.actor, plan, plan.revision if base is None else base, changes)
    session.rollback()
    return refused.value


def test_every_kind_of_element_is_added_changed_and_removed(
    session: Session, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    zone = {"kind": "zone", "key": "zb", "new": True, "values": {"code": "b", "name_vi": "Ẩm thực", "power_w": 20_000}}
    food = new_booth(plan, "B01", zone="zb", rotation=90, power_w=3_000, open_sides=["left", "front"], has_water=True)
    stage = {"kind": "stage", "x_cm": 10, "y_cm": 20, "width_cm": 800, "depth_cm": 400}
    fixture = {"kind": "fixture", "key": "f1", "new": True, "values": stage}
    hall = {"kind": "plan", "key": "plan", "values": {"outline": [[0, 0], [5000, 0], [0, 4000]], "least_aisle_cm": 350}}
    saved = save_plan(
        session,
        player.actor,
        plan,
        plan.revision,
        [food, zone, fixture, hall, put(plan, "A01", x_cm=77), drop(plan, "A02")],
    )
    session.commit()
    session.expire_all()
    document = plan_as_document(plan)
    drawn = {row["code"]: row for row in document["booths"]}
    assert (saved.revision, saved.merged, document["plan"]["least_aisle_cm"]) == (plan.revision, False, 350)
    assert [row["code"] for row in document["zones"]] == ["A", "B"]
    assert (drawn["A01"]["x_cm"], "A02" in drawn, drawn["B01"]["open_sides"]) == (77, False, ["front", "left"])
    assert (drawn["B01"]["zone"], drawn["B01"]["has_water"], document["fixtures"][0]["kind"]) == ("zb", True, "stage")


def test_edits_of_two_people_to_different_booths_are_merged(
    session: Session, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    base = plan.revision
    first = save_plan(session, player.actor, plan, base, [put(plan, "A01", x_cm=1)])
    second = save_plan(session, player.actor, plan, base, [put(plan, "A02", x_cm=2)])
    session.commit()
    assert (first.merged, second.merged, booth(plan, "A01").x_cm, booth(plan, "A02").x_cm) == (False, True, 1, 2)


def test_edits_of_two_people_to_one_booth_are_theirs_to_choose(
    session: Session, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    base, key = plan.revision, booth(plan, "A01").key
    save_plan(session, player.actor, plan, base, [put(plan, "A01", x_cm=1)])
    session.commit()
    refused = refusal(session, player, plan, put(plan, "A01", x_cm=9), put(plan, "A02", x_cm=2), base=base)
    conflicts = refused.facts["conflicts"]
    assert isinstance(conflicts, list)
    one: Conflict = conflicts[0]
    assert (refused.reason, len(conflicts), one.key, one.code, one.mine) == (
        "plan_conflict",
        1,
        key,
        "A01",
        {"x_cm": 9},
    )
    assert (one.theirs or {})["x_cm"] == 1
    assert booth(plan, "A02").x_cm != 2  # nothing is saved by halves


def test_same_edit_sent_twice_is_saved_once(session: Session, player: OrganiserPlayer, plan: FloorPlan) -> None:
    base = plan.revision
    changes = [new_booth(plan, "A09"), put(plan, "A01", x_cm=5), drop(plan, "A03")]
    first = save_plan(session, player.actor, plan, base, changes)
    again = save_plan(session, player.actor, plan, base, changes)
    assert (again.revision, sorted(row["code"] for row in plan_as_document(plan)["booths"])) == (
        first.revision,
        ["A01", "A02", "A04", "A05", "A06", "A07", "A08", "A09"],
    )


def test_booth_that_was_deleted_meanwhile_is_a_conflict(
    session: Session, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    base, change = plan.revision, put(plan, "A01", x_cm=3)
    other = drop(plan, "A02")
    save_plan(session, player.actor, plan, base, [drop(plan, "A01"), put(plan, "A02", x_cm=4)])
    session.commit()
    conflicts = refusal(session, player, plan, change, other, base=base).facts["conflicts"]
    assert isinstance(conflicts, list)
    assert [(each.mine, each.theirs and each.theirs["code"]) for each in conflicts] == [
        ({"x_cm": 3}, None),
        (None, "A02"),
    ]


def test_what_the_plain_forms_change_counts_as_an_edit(
    session: Session, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    base = plan.revision
    block_booth(session, player.actor, booth(plan, "A01"), "Tủ điện")
    session.commit()
    assert refusal(session, player, plan, put(plan, "A01", x_cm=3), base=base).reason == "plan_conflict"


def test_codes_can_be_exchanged(session: Session, player: OrganiserPlayer, plan: FloorPlan) -> None:
    one, other = booth(plan, "A01"), booth(plan, "A02")
    changes = [put(plan, "A01", code="A02"), put(plan, "A02", code="A03"), put(plan, "A03", code="a01")]
    save_plan(session, player.actor, plan, plan.revision, changes)
    session.commit()
    assert (one.code, other.code) == ("A02", "A03")


def test_every_fault_is_told_at_once(session: Session, player: OrganiserPlayer, plan: FloorPlan) -> None:
    volcano = {"kind": "volcano", "x_cm": 1.5, "y_cm": 0, "width_cm": 9}
    wrong = [
        put(plan, "A01", width_cm=0, rotation=400, is_corner="yes"),
        put(plan, "A02", code="A 2", colour="red"),
        {"kind": "fixture", "key": "f", "new": True, "values": volcano},
        {"kind": "plan", "key": "plan", "values": {"outline": [[0, 0], [1, 1]]}},
        {"kind": "ghost", "key": "g"},
    ]
    faults = refusal(session, player, plan, *wrong).facts["faults"]
    assert isinstance(faults, list)
    assert [(fault.field, fault.reason) for fault in faults] == [
        ("width_cm", "plan_length_wrong"), ("rotation", "number_wrong"), ("is_corner", "value_wrong"),
        ("code", "booth_code_wrong"), ("colour", "field_unknown"),
        ("kind", "value_wrong"), ("x_cm", "plan_length_wrong"), ("depth_cm", "value_missing"),
        ("outline", "outline_wrong"), ("", "element_wrong"),
    ]  # fmt: skip


def test_code_that_is_taken_and_zone_that_is_needed_are_refused(
    session: Session, player: OrganiserPlayer, plan: FloorPlan
) -> None:
    zone = {"kind": "zone", "key": plan.zones[0].key, "delete": True}
    faults = refusal(session, player, plan, new_booth(plan, "A01")).facts["faults"]
    assert faults == [ValueFault("booth", "mine1", "code", "booth_code_taken", {"code": "A01"})]
    without = refusal(session, player, plan, zone).facts["faults"]
    assert isinstance(without, list)
    assert {fault.reason for fault in without} == {"booth_without_zone"}


def test_booth_that_is_held_stays_and_keeps_its_code_unless_asked(
    session: Session, player: OrganiserPlayer, plan: FloorPlan, held: dict[str, BoothHolder]
) -> None:
    held["A01"] = BoothHolder("HTX Miến dong", "confirmed")
    reasons = []
    for change in (drop(plan, "A01"), put(plan, "A01", blocked="Tủ điện")):
        faults = refusal(session, player, plan, change).facts["faults"]
        assert isinstance(faults, list)
        reasons.append((faults[0].reason, faults[0].facts))
    assert reasons == [("booth_held", {"code": "A01"})] * 2  # not who: some may not know
    assert refusal(session, player, plan, put(plan, "A01", code="A99")).reason == "held_booths_recoded"
    save_plan(session, player.actor, plan, plan.revision, [put(plan, "A01", x_cm=4)])
    save_plan(session, player.actor, plan, plan.revision, [put(plan, "A01", code="A99")], recode_held=True)
    assert booth(plan, "A99").x_cm == 4


def test_removed_booth_with_a_history_comes_back_under_its_code(session: Session, player: OrganiserPlayer) -> None:
    fair = an_open_fair(session, player)
    plan = session.scalars(select(FloorPlan).where(FloorPlan.fair_id == fair.id)).one()
    a_producer(session)
    key = booth(plan, "A01").key
    save_plan(session, player.actor, plan, plan.revision, [drop(plan, "A01")])
    save_plan(session, player.actor, plan, plan.revision, [new_booth(plan, "A01", key="again")])
    session.commit()
    assert (booth(plan, "A01").key, key == "again") == ("again", False)


def test_each_save_keeps_the_plan_before_and_after(session: Session, player: OrganiserPlayer, plan: FloorPlan) -> None:
    before = plan.revision
    save_plan(session, player.actor, plan, before, [put(plan, "A01", x_cm=11)])
    session.commit()
    versions = versions_of(session, plan)
    places = [{row["code"]: row["x_cm"] for row in version.document["booths"]}["A01"] for version in versions]
    assert ([version.revision for version in versions], places) == ([before + 1, before], [11, 200])
    entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "plan.save")).one()
    assert entry.new == {"revision": before + 1, "changed": ["A01"]}
