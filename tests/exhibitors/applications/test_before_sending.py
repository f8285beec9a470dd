"""What a call asks of an application: conditions, invitation, zones, booth type, and lateness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import zones_of
from events.floor_plans.set_up_booth_types import add_booth_type
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.apply_for_booth import save_application, start_application, submit_application
from exhibitors.applications.before_sending import objections_to_sending
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import take_up
from exhibitors.calls.call_window import CallWindow
from exhibitors.calls.invite import make_code
from exhibitors.calls.set_up_call import set_call_terms, set_zone_call
from foundation import clock
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_producer
from tests.refused import Refusal, Words

Call = Callable[..., Any]


def send(store: Session, player: ProducerPlayer, draft: BoothApplication) -> BoothApplication:
    return submit_application(store, player.actor, draft, rules_accepted=True, pledge_given=True, base_url=BASE_URL)


def reasons(store: Session, draft: BoothApplication) -> list[str]:
    return [fault.reason for fault in objections_to_sending(store, draft)]


CONDITIONS = [
    (
        {"kinds": ["farm"]},
        "kind_not_invited",
        "Đợt này không dành cho loại hình cơ sở của bạn.",
        "This call is not for your kind of unit.",
    ),
    (
        {"origin": "outside"},
        "only_outside",
        "Đợt này chỉ dành cho cơ sở ở tỉnh, thành phố khác.",
        "This call is for producers from other provinces and cities only.",
    ),
    (
        {"places": ["06652"]},
        "place_not_invited",
        "Đợt này chỉ dành cho cơ sở ở một số xã, phường; nơi của bạn không nằm trong đó.",
        "This call is for producers of certain communes and wards, and yours is not among them.",
    ),
    (
        {"groups": ["drinks"]},
        "group_not_invited",
        "Miến dong Bình Liêu thuộc nhóm sản phẩm mà đợt này không nhận.",
        "Miến dong Bình Liêu belongs to a product group that this call does not take.",
    ),
    (
        {"least_stars": 5},
        "stars_too_few",
        "Miến dong Bình Liêu cần từ 5 sao OCOP trở lên cho đợt này.",
        "Miến dong Bình Liêu needs at least 5 OCOP stars for this call.",
    ),
]  # fmt: skip - read as a table


@pytest.mark.parametrize(("facts", "reason", "vi", "en"), CONDITIONS)
def test_condition_refuses_the_sending_in_words(
    store: Session,
    fair: Fair,
    player: ProducerPlayer,
    organiser: OrganiserPlayer,
    a_draft: Call,
    refused: Refusal,
    facts: dict[str, Any],
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    draft = a_draft()
    set_call_terms(store, organiser.actor, fair, **facts)
    assert (*refused(lambda: send(store, player, draft)), draft.state) == (reason, vi, en, S.DRAFT)


def test_units_from_outside_are_refused_where_only_the_province_is_invited(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, a_draft: Call, refused: Refusal
) -> None:
    draft = a_draft()
    player.producer.locality_id, player.producer.place_outside = None, "Hải Phòng"
    set_call_terms(store, organiser.actor, fair, origin="inside")
    assert refused(lambda: send(store, player, draft)) == (
        "only_inside",
        "Đợt này chỉ dành cho cơ sở trong Quảng Ninh.",
        "This call is for producers of Quảng Ninh only.",
    )


def test_certificate_that_ends_early_is_told_as_the_call_puts_it(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, a_draft: Call, in_words: Words
) -> None:
    draft = a_draft()
    player.producer.products[0].certificate_expires_on = clock.today()
    store.flush()
    assert reasons(store, draft) == ["certificate_ends_before"]
    set_call_terms(store, organiser.actor, fair, needs_certificate=True)
    assert reasons(store, draft) == ["certificate_needed"]
    fault = objections_to_sending(store, draft)[0]
    assert (fault.reason, *in_words(fault)) == (
        "certificate_needed",
        "Miến dong Bình Liêu cần giấy chứng nhận OCOP còn hạn đến ngày cuối hội chợ.",
        "Miến dong Bình Liêu needs an OCOP certificate that holds on the last day of the fair.",
    )


def test_all_faults_are_told_at_once(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    add_booth_type(store, organiser.actor, fair, kind="standard", name_vi="Gian tiêu chuẩn")
    draft = start_application(store, player.actor, fair, player.producer)
    save_application(store, player.actor, draft, zone_ids=[], product_ids=[], anywhere=False)
    set_call_terms(store, organiser.actor, fair, kinds=["farm"], is_by_invitation=True)
    assert reasons(store, draft) == [
        "no_products",
        "no_booth_type",
        "no_wish",
        "invitation_needed",
        "kind_not_invited",
    ]  # fmt: skip - one line of reasons


# --- late ---------------------------------------------------------------------------------------------------------


def test_late_application_goes_to_the_waiting_list_and_can_be_taken_up(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, a_draft: Call
) -> None:
    draft = a_draft()
    set_call_terms(store, organiser.actor, fair, soft_closes_at=clock.now() - timedelta(hours=1))
    sent = send(store, player, draft)
    assert (sent.state, sent.is_late, sent.submitted_at is not None) == (S.WAITLISTED, True, True)
    assert take_up(store, organiser.actor, sent).state == S.IN_REVIEW


def test_application_before_the_soft_close_is_on_time(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, a_draft: Call
) -> None:
    draft = a_draft()
    set_call_terms(store, organiser.actor, fair, soft_closes_at=clock.now() + timedelta(hours=1))
    assert (send(store, player, draft).state, draft.is_late) == (S.SUBMITTED, False)


def test_waiting_list_by_decision_cannot_be_taken_up_like_a_late_one(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, a_draft: Call
) -> None:
    sent = send(store, player, a_draft())
    sent.state = S.WAITLISTED.value
    with pytest.raises(Refused) as caught:
        take_up(store, organiser.actor, sent)
    assert caught.value.reason == "move_impossible"


# --- zones --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "reason", "vi", "en"),
    [
        (
            (timedelta(days=2), None),
            "zone_call_not_open",
            "Khu A chưa nhận đăng ký. Hãy chọn khu khác hoặc chờ.",
            "Zone A does not take applications yet. Choose another zone or wait.",
        ),
        (
            (None, -timedelta(hours=1)),
            "zone_call_closed",
            "Khu A không nhận đăng ký nữa. Hãy chọn khu khác.",
            "Zone A no longer takes applications. Choose another zone.",
        ),
    ],
)  # fmt: skip - read as a table
def test_zone_that_is_not_open_refuses_in_words(
    store: Session,
    fair: Fair,
    player: ProducerPlayer,
    organiser: OrganiserPlayer,
    a_draft: Call,
    refused: Refusal,
    window: tuple[timedelta | None, timedelta | None],
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    draft = a_draft()
    opens, closes = (None if shift is None else clock.now() + shift for shift in window)
    set_zone_call(store, organiser.actor, fair, zones_of(store, fair)[0], CallWindow(opens_at=opens, closes_at=closes))
    assert refused(lambda: send(store, player, draft)) == (reason, vi, en)


# --- invitation ---------------------------------------------------------------------------------------------------


def test_call_by_invitation_begins_with_a_code_and_counts_when_sent(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    set_call_terms(store, organiser.actor, fair, is_by_invitation=True)
    code = make_code(store, organiser.actor, fair)
    with pytest.raises(Refused) as caught:
        start_application(store, player.actor, fair, player.producer)
    assert caught.value.reason == "invitation_needed"
    draft = start_application(store, player.actor, fair, player.producer, invitation_code=code.code.lower())
    save_application(store, player.actor, draft, zone_ids=[], product_ids=[player.producer.products[0].id])
    assert code.uses_taken == 0
    send(store, player, draft)
    assert code.uses_taken == 1


def test_second_unit_with_the_same_code_is_refused_at_sending(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    set_call_terms(store, organiser.actor, fair, is_by_invitation=True)
    code = make_code(store, organiser.actor, fair)
    other = a_producer(store, "HTX Cô Tô", "ca@coto.example")
    drafts = []
    for each in (player, other):
        draft = start_application(store, each.actor, fair, each.producer, invitation_code=code.code)
        save_application(store, each.actor, draft, zone_ids=[], product_ids=[each.producer.products[0].id])
        drafts.append(draft)
    send(store, player, drafts[0])
    with pytest.raises(Refused) as caught:
        send(store, other, drafts[1])
    assert (caught.value.reason, drafts[1].state) == ("invitation_used_up", S.DRAFT)


# --- booth types --------------------------------------------------------------------------------------------------


def test_more_booths_than_the_type_allows_are_refused_in_words(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, in_words: Words
) -> None:
    corner = add_booth_type(store, organiser.actor, fair, kind="corner", name_vi="Gian góc", most_booths=1)
    draft = start_application(store, player.actor, fair, player.producer)
    products = [player.producer.products[0].id]
    save_application(
        store, player.actor, draft, zone_ids=[], product_ids=products, booths_wanted=2, booth_type_id=corner.id
    )
    fault = objections_to_sending(store, draft)[0]
    assert (fault.reason, *in_words(fault)) == (
        "too_many_of_type",
        "Loại Gian góc mỗi cơ sở được nhiều nhất 1 gian.",
        "Of the type Gian góc a producer can have at most 1.",
    )


def test_type_of_another_fair_is_refused(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    draft = start_application(store, player.actor, fair, player.producer)
    with pytest.raises(Refused) as caught:
        save_application(store, player.actor, draft, zone_ids=[], product_ids=[], booth_type_id=987654)
    assert caught.value.reason == "booth_type_not_in_fair"
