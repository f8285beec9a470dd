"""Live counters of quotas and the acceptances they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import zones_of
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import stage_decision
from exhibitors.calls.asked_booths import quota_counts
from exhibitors.calls.set_up_quotas import name_former_districts, name_place_group, set_quota
from foundation.audit_trail import AuditEntry
from tests.cast import OrganiserPlayer, ProducerPlayer, a_producer, a_submitted_application, booths_of
from tests.refused import Refusal
from tests.scenes import Play

Call = Callable[..., Any]


@pytest.fixture
def sent(play: Play, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """An application from Bình Liêu for one booth, first wish zone A."""
    return play(a_submitted_application, fair, player)


@pytest.fixture
def second(play: Play, fair: Fair) -> BoothApplication:
    """Another one from Bình Liêu."""
    return play(a_submitted_application, fair, play(a_producer, "HTX Trà", "tra@bl.example"))


def accept(store: Session, organiser: OrganiserPlayer, application: BoothApplication, **more: Any) -> None:
    stage_decision(store, organiser.actor, application, Decision.ACCEPT, **more)


def numbers(store: Session, fair: Fair) -> list[tuple[int, int, int, int | None]]:
    return [(count.applied, count.staged, count.published, count.room) for _, count in quota_counts(store, fair)]


def test_counter_follows_every_step(
    store: Session, fair: Fair, organiser: OrganiserPlayer, sent: BoothApplication, second: BoothApplication
) -> None:
    set_quota(store, organiser.actor, fair, "inside", "", least=None, most=5)
    before = numbers(store, fair)
    accept(store, organiser, sent)
    assert (before, numbers(store, fair)) == ([(2, 0, 0, 5)], [(2, 1, 0, 4)])


def test_zone_quota_counts_the_booths_held_else_the_first_wish(
    store: Session, fair: Fair, organiser: OrganiserPlayer, sent: BoothApplication
) -> None:
    first, other = zones_of(store, fair)
    for zone in (first, other):
        set_quota(store, organiser.actor, fair, "zone", str(zone.id), least=None, most=3)
    accept(store, organiser, sent)
    wished = numbers(store, fair)
    place_on_booth(store, organiser.actor, sent, next(b for b in booths_of(store, fair) if b.zone_id == other.id))
    assert (wished, numbers(store, fair)) == ([(1, 1, 0, 2), (0, 0, 0, 3)], [(0, 0, 0, 3), (1, 1, 0, 2)])


def test_former_districts_become_groups_that_hold_all_54_units_once(
    store: Session, fair: Fair, organiser: OrganiserPlayer
) -> None:
    groups = name_former_districts(store, organiser.actor, fair)
    places = [code for group in groups for code in group.places]
    assert (len(places), len(set(places)), name_former_districts(store, organiser.actor, fair)) == (54, 54, [])


FULL = [
    ("zone", "quota_full_zone", "Khu A đã đủ: chỉ tiêu là 1 gian.", "Zone A is full: its quota is 1 booths."),
    (
        "place",
        "quota_full_place",
        "Xã Bình Liêu đã đủ gian: chỉ tiêu là 1.",
        "Xã Bình Liêu has all its booths: the quota is 1.",
    ),
    (
        "place_group",
        "quota_full_place",
        "Cụm Bình Liêu đã đủ gian: chỉ tiêu là 1.",
        "Cụm Bình Liêu has all its booths: the quota is 1.",
    ),
    (
        "product_group",
        "quota_full_group",
        "Nhóm Thực phẩm đã đủ: chỉ tiêu là 1 gian.",
        "The group Thực phẩm is full: its quota is 1 booths.",
    ),
    (
        "inside",
        "quota_full_inside",
        "Chỉ tiêu trong Quảng Ninh đã đủ: 1 gian.",
        "The quota for Quảng Ninh is full: 1 booths.",
    ),
    (
        "reserve",
        "quota_full_reserve",
        "Chỉ còn gian dự phòng: được xếp 1 gian.",
        "Only the reserve is left: 1 booths may be given.",
    ),
]  # fmt: skip - read as a table


@pytest.mark.parametrize(("kind", "reason", "vi", "en"), FULL)
def test_second_acceptance_passes_the_quota_and_is_refused_in_words(
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    player: ProducerPlayer,
    sent: BoothApplication,
    second: BoothApplication,
    refused: Refusal,
    kind: str,
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    code = player.producer.locality.code if player.producer.locality else ""
    group = name_place_group(store, organiser.actor, fair, name_vi="Cụm Bình Liêu", places=[code])
    thing = {"zone": str(zones_of(store, fair)[0].id), "place": code, "place_group": str(group.id)}
    most = len(booths_of(store, fair)) - 1 if kind == "reserve" else 1
    named = {"product_group": "food", **thing}.get(kind, "")
    set_quota(store, organiser.actor, fair, kind, named, least=None, most=most)
    accept(store, organiser, sent)
    assert (*refused(lambda: accept(store, organiser, second)), second.pending_decision) == (reason, vi, en, None)


def test_quota_for_other_provinces_refuses_in_words(
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    player: ProducerPlayer,
    sent: BoothApplication,
    refused: Refusal,
) -> None:
    player.producer.locality_id, player.producer.place_outside = None, "Hải Phòng"
    set_quota(store, organiser.actor, fair, "outside", "", least=None, most=0)
    assert refused(lambda: accept(store, organiser, sent)) == (
        "quota_full_outside",
        "Chỉ tiêu cho tỉnh, thành phố khác đã đủ: 0 gian.",
        "The quota for other provinces and cities is full: 0 booths.",
    )


def test_acceptance_beyond_the_quota_is_kept_in_the_trail(
    store: Session, fair: Fair, organiser: OrganiserPlayer, sent: BoothApplication
) -> None:
    set_quota(store, organiser.actor, fair, "inside", "", least=None, most=0)
    accept(store, organiser, sent, beyond_quota=True)
    entry = store.scalars(select(AuditEntry).where(AuditEntry.what == "application.stage_decision")).one()
    assert (entry.new, numbers(store, fair)) == ({"decision": "accept", "beyond_quota": True}, [(1, 1, 0, -1)])


WRONG = [
    (
        ("zone", "987654", None, 1),
        "quota_thing_unknown",
        "Chọn trong danh sách chỉ tiêu dành cho gì.",
        "Choose from the list what the quota is for.",
    ),
    (
        ("inside", "", None, None),
        "quota_says_nothing",
        "Nhập số ít nhất, số nhiều nhất hoặc cả hai.",
        "Enter at least or at most, or both.",
    ),
    (("inside", "", 0, 5001), "quota_wrong", "Chỉ tiêu từ 0 đến 5000 gian.", "A quota is from 0 to 5000 booths."),
    (
        ("inside", "", 3, 2),
        "quota_order",
        "Số ít nhất lớn hơn số nhiều nhất. Hãy kiểm tra cả hai.",
        "At least is more than at most. Check both.",
    ),
    (
        ("reserve", "", 1, 2),
        "quota_reserve_has_no_least",
        "Với gian dự phòng, ghi số gian giữ lại vào ô “nhiều nhất”.",
        "For the reserve enter under “at most” how many booths are kept back.",
    ),
]  # fmt: skip - read as a table


@pytest.mark.parametrize(("said", "reason", "vi", "en"), WRONG)
def test_wrong_quota_is_refused_in_words(
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    refused: Refusal,
    said: tuple[str, str, int | None, int | None],
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    kind, thing, least, most = said
    assert refused(lambda: set_quota(store, organiser.actor, fair, kind, thing, least=least, most=most)) == (
        reason,
        vi,
        en,
    )


@pytest.mark.parametrize(
    ("facts", "reason", "vi", "en"),
    [
        (
            {"name_vi": " "},
            "place_group_name_missing",
            "Nhập tên cụm bằng tiếng Việt.",
            "Enter the name of the group in Vietnamese.",
        ),
        (
            {"places": []},
            "place_group_empty",
            "Chọn ít nhất một xã, phường hoặc đặc khu.",
            "Choose at least one commune, ward or special zone.",
        ),
        (
            {"name_vi": "Cụm Tiên Yên"},
            "place_group_taken",
            "Đã có cụm tên Cụm Tiên Yên.",
            "A group called Cụm Tiên Yên is there already.",
        ),
    ],
)  # fmt: skip - read as a table
def test_wrong_group_is_refused_in_words(
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    refused: Refusal,
    facts: dict[str, Any],
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    name_place_group(store, organiser.actor, fair, name_vi="Cụm Tiên Yên", places=["06652"])
    assert refused(
        lambda: name_place_group(store, organiser.actor, fair, **({"name_vi": "Cụm mới", "places": ["06652"]} | facts))
    ) == (reason, vi, en)


def test_counting_takes_the_same_queries_for_one_and_for_many(
    store: Session, fair: Fair, organiser: OrganiserPlayer, sent: BoothApplication
) -> None:
    for kind in ("inside", "outside", "reserve"):
        set_quota(store, organiser.actor, fair, kind, "", least=None, most=2)

    number_of_fair = fair.id

    def queries() -> int:
        seen: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            seen.append(statement)

        store.flush()
        store.expire_all()
        fresh = store.get_one(Fair, number_of_fair)
        event.listen(store.get_bind(), "before_cursor_execute", note)
        quota_counts(store, fresh)
        event.remove(store.get_bind(), "before_cursor_execute", note)
        return len(seen)

    few = queries()
    for number in range(6):
        a_submitted_application(store, fair, a_producer(store, f"HTX {number}", f"n{number}@vd.example"))
    assert queries() == few
