"""The terms of a call: saving them, counting who qualifies, and what is refused with which sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.draw_floor_plan import remove_zone
from events.floor_plans.floor_plan import Zone
from exhibitors.calls.call_terms import CallTerms, ZoneCall, terms_of, zone_calls_of
from exhibitors.calls.call_window import CallWindow
from exhibitors.calls.known_units import count_qualifying, known_units, present_key
from exhibitors.calls.set_up_call import conditions_of, set_call_terms, set_zone_call
from exhibitors.producers.product_group_register import registered_groups
from foundation import clock
from foundation.audit_trail import AuditEntry
from tests.cast import OrganiserPlayer, ProducerPlayer, a_producer
from tests.refused import Refusal

Call = Callable[..., Any]


def test_fair_without_terms_asks_nothing(session: Session, open_fair: Fair) -> None:
    terms = terms_of(session, open_fair)
    assert (terms.id, terms.is_by_invitation, terms.conditions == conditions_of()) == (None, False, True)


def test_terms_are_replaced_and_the_trail_says_what_changed(
    session: Session, host: OrganiserPlayer, open_fair: Fair
) -> None:
    set_call_terms(session, host.actor, open_fair, kinds=["household"], least_stars=3)
    set_call_terms(session, host.actor, open_fair, kinds=["household"], least_stars=4)
    entries = session.scalars(select(AuditEntry).where(AuditEntry.what == "call.set_terms")).all()
    assert (entries[-1].old, entries[-1].new) == ({"least_stars": 3}, {"least_stars": 4})
    assert len(session.scalars(select(CallTerms)).all()) == 1


def test_count_knows_place_kind_and_stars(session: Session, open_fair: Fair, unit: ProducerPlayer) -> None:
    a_producer(session, "HTX Trà Hải Hà", "tra@haiha.example", products=0)
    code = unit.producer.locality.code if unit.producer.locality else ""
    day = open_fair.last_day
    counts = [
        count_qualifying(session, conditions_of(**facts), day)
        for facts in (
            {},
            {"least_stars": 4},
            {"least_stars": 5},
            {"places": [code]},
            {"origin": "outside"},
            {"needs_certificate": True, "groups": ["food"]},
        )
    ]
    assert [(count.qualify, count.known) for count in counts] == [(2, 2), (1, 2), (0, 2), (2, 2), (0, 2), (1, 2)]


def test_count_takes_three_queries_whatever_their_number(
    session: Session, open_fair: Fair, unit: ProducerPlayer
) -> None:
    def queries() -> int:
        seen: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            seen.append(statement)

        event.listen(session.get_bind(), "before_cursor_execute", note)
        count_qualifying(session, conditions_of(), open_fair.last_day)
        event.remove(session.get_bind(), "before_cursor_execute", note)
        return len(seen)

    session.flush()
    queries()  # what these objects have not loaded yet
    few = queries()
    for number in range(12):
        a_producer(session, f"HTX số {number}", f"so{number}@vd.example", products=2)
    session.flush()
    assert (few, queries()) == (3, 3)


def test_unit_of_a_former_district_stands_for_all_its_communes(session: Session, unit: ProducerPlayer) -> None:
    district_id = unit.producer.locality.district_id if unit.producer.locality else 0
    unit.producer.locality_id, unit.producer.district_id = None, district_id
    session.flush()
    assert len(known_units(session, None)[unit.producer.id].places) > 1


def test_group_of_an_older_decision_counts_with_its_successor() -> None:
    assert {group.key: present_key(group.key) for group in registered_groups() if group.replaced_by} == {
        "herbs-2018": "herbs",
        "textiles-2018": "handicrafts",
        "souvenirs-2018": "handicrafts",
        "tourism-2018": "tourism",
    }


REFUSED: list[tuple[dict[str, Any], str, str, str]] = [
    (
        {"kinds": ["club"]},
        "conditions_unknown",
        "Một điều kiện không còn nữa. Hãy chọn lại.",
        "One of the conditions no longer exists. Choose again.",
    ),
    (
        {"places": ["99999"]},
        "conditions_unknown",
        "Một điều kiện không còn nữa. Hãy chọn lại.",
        "One of the conditions no longer exists. Choose again.",
    ),
    (
        {"least_stars": 6},
        "conditions_unknown",
        "Một điều kiện không còn nữa. Hãy chọn lại.",
        "One of the conditions no longer exists. Choose again.",
    ),
    (
        {"places": ["BINH_LIEU"], "origin": "outside"},
        "places_need_province",
        "Chỉ chọn được xã, phường khi cơ sở trong Quảng Ninh được đăng ký.",
        "Localities can only be chosen when producers of Quảng Ninh may apply.",
    ),
    (
        {"soft_closes_at": timedelta(days=40)},
        "soft_close_outside",
        "Mốc nộp muộn phải sau khi mở và trước khi đóng hẳn đợt đăng ký.",
        "Late begins after the call opens and before it closes for good.",
    ),
]  # fmt: skip - read as a table


@pytest.mark.parametrize(("facts", "reason", "vi", "en"), REFUSED)
def test_wrong_terms_are_refused_in_words(
    session: Session,
    host: OrganiserPlayer,
    open_fair: Fair,
    unit: ProducerPlayer,
    refused: Refusal,
    facts: dict[str, Any],
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    said = dict(facts)
    if said.get("places") == ["BINH_LIEU"] and unit.producer.locality:
        said["places"] = [unit.producer.locality.code]
    if "soft_closes_at" in said:
        said["soft_closes_at"] = clock.now() + said["soft_closes_at"]
    assert refused(lambda: set_call_terms(session, host.actor, open_fair, **said)) == (reason, vi, en)


def test_soft_close_needs_a_hard_one(
    session: Session, host: OrganiserPlayer, open_fair: Fair, refused: Refusal
) -> None:
    open_fair.call_closes_at = None
    assert refused(lambda: set_call_terms(session, host.actor, open_fair, soft_closes_at=clock.now())) == (
        "soft_close_needs_close",
        "Hãy đặt lúc đóng hẳn đợt đăng ký trước: đơn nộp muộn được nhận đến lúc đó.",
        "Set first when the call closes for good: late applications are taken until then.",
    )


@pytest.mark.parametrize(
    ("window", "reason", "vi", "en"),
    [
        (
            (3, 2, None),
            "zone_call_order",
            "Khu phải mở trước mốc nộp muộn, và mốc nộp muộn phải trước lúc khu đóng.",
            "The zone opens before late begins, and late begins before the zone closes.",
        ),
        (
            (None, None, 40),
            "zone_call_outside",
            "Khu chỉ nhận đăng ký trong thời gian đợt đăng ký của hội chợ mở.",
            "A zone takes applications only while the call of the fair is open.",
        ),
    ],
)  # fmt: skip - read as a table
def test_wrong_zone_window_is_refused_in_words(
    session: Session,
    host: OrganiserPlayer,
    open_fair: Fair,
    zones: list[Zone],
    refused: Refusal,
    window: tuple[int | None, ...],
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    moments = [None if days is None else clock.now() + timedelta(days=days) for days in window]
    assert refused(lambda: set_zone_call(session, host.actor, open_fair, zones[0], CallWindow(*moments))) == (
        reason,
        vi,
        en,
    )


def test_empty_zone_window_takes_the_zones_own_away(
    session: Session, host: OrganiserPlayer, open_fair: Fair, zones: list[Zone]
) -> None:
    set_zone_call(session, host.actor, open_fair, zones[0], CallWindow(closes_at=clock.now() + timedelta(days=3)))
    assert list(zone_calls_of(session, open_fair)) == [zones[0].id]
    set_zone_call(session, host.actor, open_fair, zones[0], CallWindow())
    assert zone_calls_of(session, open_fair) == {}


def test_zone_with_own_dates_can_be_removed(
    session: Session, host: OrganiserPlayer, open_fair: Fair, zones: list[Zone]
) -> None:
    set_zone_call(session, host.actor, open_fair, zones[0], CallWindow(closes_at=clock.now() + timedelta(days=3)))
    remove_zone(session, host.actor, zones[0])
    session.expire_all()
    assert session.scalars(select(ZoneCall)).all() == []
