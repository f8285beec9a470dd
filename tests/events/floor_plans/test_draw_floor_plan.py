"""Drawing: ground, zones with rows, booths blocked, opened and removed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairVenue
from events.floor_plans import booth_holders
from events.floor_plans.booth_holders import BoothHolder, knows_holders
from events.floor_plans.draw_floor_plan import (
    add_zone_with_rows,
    block_booth,
    ensure_plan,
    open_booth,
    remove_booth,
    remove_zone,
    rename_zone,
    resize_ground,
)
from events.floor_plans.floor_plan import Booth, FloorPlan, Zone, plans_of, zones_of
from events.floor_plans.plan_checks import check_plan
from events.floor_plans.plan_document import plan_as_document
from exhibitors.applications.apply_for_booth import save_application, start_application
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair, a_producer, a_venue, a_zone, an_open_fair, an_organiser
from tests.scenes import Play


@pytest.fixture
def player(session: Session) -> OrganiserPlayer:
    return an_organiser(session)


@pytest.fixture
def fair(play: Play, player: OrganiserPlayer) -> Fair:
    return play(a_draft_fair, player)


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


def rows(session: Session, player: OrganiserPlayer, plan: FloorPlan, code: str, booths: int, **more: object) -> Zone:
    return add_zone_with_rows(
        session, player.actor, plan, code=code, name_vi=f"Khu {code}", booths=booths, per_row=4, **more  # type: ignore[arg-type]  # keywords of several types
    )  # fmt: skip


def faults_of(plan: FloorPlan) -> list[object]:
    return list(check_plan(plan_as_document(plan)))


def refusal_of(
    session: Session, player: OrganiserPlayer, plan: FloorPlan, code: str, booths: int, **more: object
) -> str:
    with pytest.raises(Refused) as refusal:
        rows(session, player, plan, code, booths, **more)
    return refusal.value.reason


def test_plan_is_begun_once(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    plan = ensure_plan(session, player.actor, fair, fair.venues[0], width_m=60, depth_m=40)
    again = ensure_plan(session, player.actor, fair, fair.venues[0], width_m=5, depth_m=5)
    assert (again, plan.width_m, plan.depth_m, plans_of(session, fair)) == (plan, 60, 40, [plan])


def test_zones_stand_below_each_other_without_faults(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    plan = ensure_plan(session, player.actor, fair, fair.venues[0], width_m=5, depth_m=5)
    for code, booths in (("A", 10), ("B", 3), ("C", 30)):
        rows(session, player, plan, code, booths)
    session.commit()
    assert faults_of(plan) == []
    tops = [min(booth.y_m for booth in zone.booths) for zone in zones_of(session, fair)]
    assert tops == [2, 17, 23]
    assert (plan.width_m, plan.depth_m) == (16, 58)


def test_booths_are_numbered_along_the_rows(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    plan = ensure_plan(session, player.actor, fair, fair.venues[0])
    zone = rows(session, player, plan, " a ", 6, booth_width_m=2.5)
    places = [(booth.code, booth.x_m, booth.y_m) for booth in zone.booths]
    assert places == [
        ("A01", 2, 2), ("A02", 4.5, 2), ("A03", 7, 2), ("A04", 9.5, 2), ("A05", 2, 5), ("A06", 4.5, 5)
    ]  # fmt: skip


def test_zone_that_cannot_be_is_refused(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    plan = ensure_plan(session, player.actor, fair, fair.venues[0])
    rows(session, player, plan, "A", 4)
    assert [
        refusal_of(session, player, plan, "A", 4),
        refusal_of(session, player, plan, "a", 4),
        refusal_of(session, player, plan, "A-B", 4),
        refusal_of(session, player, plan, "B", 0),
        refusal_of(session, player, plan, "B", 501),
        refusal_of(session, player, plan, "B", 4, aisle_m=1),
        refusal_of(session, player, plan, "B", 4, booth_width_m=0),
    ] == [
        "zone_code_taken",
        "zone_code_taken",
        "zone_code_wrong",
        "booth_count_wrong",
        "too_many_booths_in_zone",
        "aisle_too_narrow",
        "booth_size_wrong",
    ]
    assert [zone.code for zone in zones_of(session, fair)] == ["A"]


def test_booth_code_stays_unique_when_zone_codes_run_together(
    session: Session, player: OrganiserPlayer, fair: Fair
) -> None:
    plan = ensure_plan(session, player.actor, fair, fair.venues[0])
    rows(session, player, plan, "A", 120)
    assert refusal_of(session, player, plan, "A0", 5) == "booth_code_taken"


def test_zone_code_is_taken_at_every_venue_of_the_fair(session: Session, player: OrganiserPlayer) -> None:
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair, "A")
    fair.venues.append(FairVenue(venue=a_venue(session, "Hạ Long Park"), position=1))
    session.flush()
    second = ensure_plan(session, player.actor, fair, fair.venues[1])
    assert refusal_of(session, player, second, "A", 4) == "zone_code_taken"


def test_ground_is_not_made_smaller_than_its_booths(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    plan = ensure_plan(session, player.actor, fair, fair.venues[0], width_m=60, depth_m=40)
    rows(session, player, plan, "A", 4)
    resize_ground(session, player.actor, plan, width_m=20, depth_m=10)
    with pytest.raises(Refused) as refusal:
        resize_ground(session, player.actor, plan, width_m=10, depth_m=10)
    assert (refusal.value.reason, refusal.value.facts) == ("booths_off_ground", {"code": "A03", "count": 2})
    assert (plan.width_m, plan.depth_m) == (20, 10)


def test_ground_without_extent_is_refused(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    with pytest.raises(Refused) as refusal:
        ensure_plan(session, player.actor, fair, fair.venues[0], width_m=0)
    assert refusal.value.reason == "ground_wrong"


def test_booth_is_blocked_opened_removed_and_brought_back(
    session: Session, player: OrganiserPlayer, fair: Fair
) -> None:
    booth = a_zone(session, player, fair).booths[0]
    states = []
    block_booth(session, player.actor, booth, " Cột điện ")
    states.append((booth.switch, booth.reason))
    open_booth(session, player.actor, booth)
    states.append((booth.switch, booth.reason))
    remove_booth(session, player.actor, booth)
    states.append((booth.switch, booth.reason))
    open_booth(session, player.actor, booth)
    states.append((booth.switch, booth.reason))
    session.flush()
    assert states == [("blocked", "Cột điện"), ("open", ""), ("removed", ""), ("open", "")]
    trail = session.scalars(select(AuditEntry.what).where(AuditEntry.thing_kind == "booth").order_by(AuditEntry.id))
    assert list(trail) == ["booth.blocked", "booth.open", "booth.removed", "booth.open"]


def test_block_asks_for_a_reason(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    booth = a_zone(session, player, fair).booths[0]
    with pytest.raises(Refused) as refusal:
        block_booth(session, player.actor, booth, " ")
    assert refusal.value.reason == "block_reason_missing"


def test_held_booth_stays(session: Session, player: OrganiserPlayer, fair: Fair, held: dict[str, BoothHolder]) -> None:
    booth = a_zone(session, player, fair).booths[0]
    held["A01"] = BoothHolder("HTX Bình Liêu", "confirmed")
    with pytest.raises(Refused) as blocking:
        block_booth(session, player.actor, booth, "Cột điện")
    with pytest.raises(Refused) as removing:
        remove_booth(session, player.actor, booth)
    assert [blocking.value.reason, removing.value.reason, booth.switch] == ["booth_held", "booth_held", "open"]


def test_zone_is_renamed(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    zone = a_zone(session, player, fair)
    rename_zone(session, player.actor, zone, name_vi=" Hải sản ", name_en="Seafood")
    assert (zone.name.vi, zone.name.en) == ("Hải sản", "Seafood")


def test_last_zone_takes_the_plan_with_it(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    first, last = a_zone(session, player, fair, "A"), a_zone(session, player, fair, "B")
    remove_zone(session, player.actor, first)
    assert [zone.code for zone in zones_of(session, fair)] == ["B"]
    remove_zone(session, player.actor, last)
    session.commit()
    assert (plans_of(session, fair), session.scalars(select(Booth)).all()) == ([], [])


def test_zone_with_a_held_booth_stays(
    session: Session, player: OrganiserPlayer, fair: Fair, held: dict[str, BoothHolder]
) -> None:
    zone = a_zone(session, player, fair)
    held["A02"] = BoothHolder("HTX Bình Liêu", "proposed")
    with pytest.raises(Refused) as refusal:
        remove_zone(session, player.actor, zone)
    assert (refusal.value.reason, refusal.value.facts) == ("zone_is_held", {"code": "A", "count": 1})


def test_zone_that_somebody_wished_for_stays(session: Session, player: OrganiserPlayer) -> None:
    fair = an_open_fair(session, player)
    producer = a_producer(session)
    zone = zones_of(session, fair)[0]
    application = start_application(session, producer.actor, fair, producer.producer)
    save_application(
        session, producer.actor, application, zone_ids=[zone.id], product_ids=[], booths_wanted=1, anywhere=True,
        fascia_name="", needs_power=False, needs_water=False, note="",
    )  # fmt: skip
    session.commit()
    with pytest.raises(Refused) as refusal:
        remove_zone(session, player.actor, zone)
    assert refusal.value.reason == "zone_is_wished"
    session.commit()
    assert [kept.code for kept in zones_of(session, fair)] == ["A", "B"]
