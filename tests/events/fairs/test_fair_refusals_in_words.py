"""Every sentence with which a fair, its call and its programme say no, in both languages, filled with its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from events.fairs import wording
from events.fairs.organise_fair import close_call
from events.programme import wording as programme_wording
from foundation.languages import ENVIRON_KEY
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from tests.cast import OrganiserPlayer, an_open_fair

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

SENTENCES: dict[str, tuple[dict[str, Any], str, str]] = {
    "name_missing": (
        {},
        "Nhập tên tiếng Việt.",
        "Enter the name in Vietnamese.",
    ),
    "text_too_long": (
        {"most": 200},
        "Đoạn này quá dài: chỉ đủ chỗ cho 200 ký tự.",
        "This text is too long: there is room for 200 characters.",
    ),
    "kind_unknown": (
        {},
        "Chọn một loại hình trong danh sách.",
        "Choose a kind from the list.",
    ),
    "date_state_unknown": (
        {},
        "Chọn mức chắc chắn của ngày tổ chức.",
        "Say how sure the dates are.",
    ),
    "too_many_venues": (
        {"most": 12},
        "Một hội chợ có nhiều nhất 12 địa điểm.",
        "A fair has at most 12 venues.",
    ),
    "venue_unknown": (
        {},
        "Một địa điểm không còn nữa. Hãy chọn lại.",
        "One of the venues no longer exists. Choose again.",
    ),
    "venue_has_plan": (
        {"venue": "GO! Hạ Long"},
        "GO! Hạ Long đã có mặt bằng. Chọn địa điểm khác thay vào, hoặc xóa các khu trước.",
        (
            "A plan with zones has been drawn for GO! Hạ Long. Choose another venue in its place, or remove its "
            "zones first."
        ),
    ),
    "unknown_date_has_days": (
        {},
        "Đã có ngày. Chọn ngày đã chốt hoặc dự kiến, hoặc xóa các ngày.",
        "Days have been entered. Choose fixed or tentative dates, or clear the days.",
    ),
    "year_missing": (
        {},
        "Nhập năm.",
        "Enter the year.",
    ),
    "year_out_of_range": (
        {"first": 2013, "last": 2100},
        "Năm phải từ 2013 đến 2100.",
        "The year must be from 2013 to 2100.",
    ),
    "first_day_missing": (
        {},
        "Nhập ngày đầu, hoặc chọn không rõ ngày.",
        "Enter the first day, or choose that dates are not known.",
    ),
    "last_day_missing": (
        {},
        "Nhập ngày cuối; hội chợ một ngày thì ngày cuối trùng ngày đầu.",
        "Enter the last day; a fair of one day ends on its first day.",
    ),
    "last_before_first": (
        {},
        "Ngày cuối sớm hơn ngày đầu. Hãy xem lại cả hai.",
        "The last day is before the first day. Check both.",
    ),
    "fair_too_long": (
        {"most": 366},
        "Hội chợ kéo dài nhiều nhất 366 ngày. Hãy xem lại năm của hai ngày.",
        "A fair lasts at most 366 days. Check the year of both days.",
    ),
    "closed_day_outside": (
        {"day": "08/02/2027"},
        "08/02/2027 không nằm trong các ngày của hội chợ.",
        "08/02/2027 is not one of the fair's days.",
    ),
    "closed_day_at_end": (
        {"day": "03/02/2027"},
        "03/02/2027 là ngày đầu hoặc ngày cuối. Hãy đặt lại ngày của hội chợ để hai ngày đó đều mở cửa.",
        "03/02/2027 is the first or the last day. Set the fair's days so that it opens on both.",
    ),
    "no_open_day": (
        {},
        "Ngày nào cũng đóng cửa. Để mở ít nhất một ngày.",
        "Every day is marked as closed. Leave at least one day open.",
    ),
    "hours_in_order": (
        {},
        "Giờ đóng cửa phải muộn hơn giờ mở cửa.",
        "Closing time must be later than opening time.",
    ),
    "call_in_order": (
        {},
        "Lúc đóng nhận đơn phải sau lúc mở.",
        "The call must close after it opens.",
    ),
    "call_after_fair": (
        {"last_day": "08/02/2027"},
        "Lúc đóng nhận đơn muộn hơn ngày hội chợ kết thúc (08/02/2027).",
        "The call closes after the fair has ended on 08/02/2027.",
    ),
    "answer_before_call": (
        {},
        "Không thể hẹn trả lời trước ngày bắt đầu nhận đơn.",
        "Answers cannot be promised for a day before the call opens.",
    ),
    "answer_before_call_closes": (
        {},
        "Ngày trả lời không thể sớm hơn ngày đóng nhận đơn.",
        "Answers cannot be promised for a day before the call closes.",
    ),
    "answer_after_fair": (
        {"last_day": "08/02/2027"},
        "Ngày trả lời muộn hơn ngày hội chợ kết thúc (08/02/2027).",
        "Answers are promised for a day after the fair has ended on 08/02/2027.",
    ),
    "no_dates": (
        {},
        "Nhập ngày đầu và ngày cuối.",
        "Set the first and the last day.",
    ),
    "source_missing": (
        {},
        ("Sự kiện đã qua mà không rõ ngày: hãy ghi nguồn tin ở ô Nguồn trong Thông tin hội chợ, hoặc nhập ngày."),
        (
            "The days of this past event are not known: name the source that tells of it, in the field Source of the "
            "fair details, or enter its days."
        ),
    ),
    "month_unknown": (
        {},
        "Chọn một tháng trong danh sách.",
        "Choose a month from the list.",
    ),
    "no_venue": (
        {},
        "Chọn địa điểm.",
        "Choose a venue.",
    ),
    "no_booths": (
        {},
        "Vẽ mặt bằng có ít nhất một khu gian hàng: cơ sở sẽ chọn khu mình muốn.",
        "Draw a plan with at least one zone of booths: producers say which zone they would like.",
    ),
    "call_needs_published_fair": (
        {},
        "Công bố hội chợ trước.",
        "Publish the fair first.",
    ),
    "call_has_no_end": (
        {},
        "Nhập lúc đóng nhận đơn.",
        "Set when the call closes.",
    ),
    "call_end_is_past": (
        {},
        "Lúc đóng nhận đơn đã qua. Chọn lúc muộn hơn.",
        "The call's closing time has passed. Set a later one.",
    ),
    "call_is_open": (
        {},
        "Đóng nhận đơn trước: các cơ sở đang đăng ký.",
        "Close the call first: producers are applying.",
    ),
    "fair_reason_missing": (
        {},
        "Nêu lý do: khách và các cơ sở sẽ đọc.",
        "Give the reason: visitors and producers will read it.",
    ),
    "fair_move_impossible": (
        {},
        "Hội chợ không còn ở bước làm được việc này.",
        "The fair is no longer at a point where this can be done.",
    ),
    "call_move_impossible": (
        {},
        "Việc nhận đơn không còn ở bước làm được việc này.",
        "The call is no longer at a point where this can be done.",
    ),
    "programme_kind_unknown": (
        {},
        "Chọn một loại hình trong danh sách.",
        "Choose a kind from the list.",
    ),
    "programme_title_missing": (
        {},
        "Nhập tiêu đề tiếng Việt.",
        "Enter the title in Vietnamese.",
    ),
    "programme_text_too_long": (
        {"most": 160},
        "Đoạn này quá dài: chỉ đủ chỗ cho 160 ký tự.",
        "This text is too long: there is room for 160 characters.",
    ),
    "programme_needs_days": (
        {},
        "Hãy nhập ngày của hội chợ trước: mỗi nội dung diễn ra vào một ngày trong đó.",
        "Set the fair's days first: an item stands on one of them.",
    ),
    "programme_day_outside": (
        {},
        "Hội chợ không diễn ra vào ngày đó. Chọn một ngày của hội chợ.",
        "The fair is not on that day. Choose a day of the fair.",
    ),
    "programme_day_closed": (
        {},
        "Hội chợ đóng cửa ngày đó. Chọn ngày khác.",
        "The fair is closed on that day. Choose another.",
    ),
    "programme_ends_before_start": (
        {},
        "Giờ kết thúc phải sau giờ bắt đầu, trong cùng ngày.",
        "The end must be later than the start, on the same day.",
    ),
    "programme_item_twice": (
        {"title": "Lễ khai mạc"},
        "“Lễ khai mạc” đã có trong chương trình vào giờ đó.",
        "“Lễ khai mạc” stands in the programme at that hour already.",
    ),
    "programme_too_long": (
        {"most": 300},
        "Chương trình có tối đa 300 nội dung.",
        "A programme has room for 300 items.",
    ),
}


def test_refusals_say_why(app: Flask) -> None:
    said: dict[str, dict[str, str]] = {"vi": {}, "en": {}}
    for language, sentences in said.items():
        with app.test_request_context(environ_overrides={ENVIRON_KEY: language}):
            for reason, (facts, _, _) in SENTENCES.items():
                sentences[reason] = refusal_words(Refused(reason, **facts))
    assert said["vi"] == {reason: vi for reason, (_, vi, _) in SENTENCES.items()}
    assert said["en"] == {reason: en for reason, (_, _, en) in SENTENCES.items()}


def test_no_refusal_of_a_fair_is_left_out() -> None:
    archive = {"archive_too_early", "fair_is_archived", "fair_is_not_archived"}  # among those of the set-up
    assert {*wording.REFUSALS, *programme_wording.REFUSALS} == archive | set(SENTENCES)


def test_call_that_is_closed_is_not_closed_again(session: Session, player: OrganiserPlayer) -> None:
    fair = an_open_fair(session, player)
    close_call(session, player.actor, fair)
    with pytest.raises(Refused) as refusal:
        close_call(session, player.actor, fair)
    facts = {"move": "close_call", "state": "closed"}
    assert (refusal.value.reason, refusal.value.facts) == ("call_move_impossible", facts)
