"""Every sentence with which the set-up of a fair says no, in both languages, filled with its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from events.fairs import edition_wording, set_up_wording
from foundation.languages import ENVIRON_KEY
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

if TYPE_CHECKING:
    from flask import Flask

SENTENCES: dict[str, tuple[dict[str, Any], str, str]] = {
    "clone_needs_days": (
        {}, "Chưa biết ngày của hội chợ này nên không biết dời bao xa. Hãy nhập ngày trước.",
        "The days of this fair are not known, so nothing tells how far to move. Enter them first.",
    ),
    "day_out_of_range": (
        {}, "Có ngày vượt ra ngoài lịch. Hãy xem lại năm.", "A date would leave the calendar. Check the year.",
    ),
    "lunar_order": (
        {}, (
            "Dời theo âm lịch thì thứ tự các ngày của hội chợ này sẽ đổi, vì giữa các ngày đó có tháng nhuận "
            "hoặc tháng thiếu (29 ngày). Hãy dời đều nhau."
        ), (
            "By the lunar calendar the order of this fair's dates would change: a leap month or a month of 29 days "
            "lies between them. Move them equally far instead."
        ),
    ),
    "series_name_missing": ({}, "Nhập tên chung của các kỳ.", "Enter the name that all editions have in common."),
    "set_up_changed_meanwhile": (
        {"version": 3}, (
            "Người khác vừa lưu ở đây trong lúc bạn gõ. Những gì bạn gõ chưa được lưu nhưng không mất: hãy so sánh, "
            "sửa lại nếu cần, rồi lưu lần nữa."
        ), (
            "Somebody else saved here while you were typing. Nothing of yours is saved yet, and nothing you typed is "
            "lost: compare, change what you want, then save again."
        ),
    ),
    "days_needed": (
        {}, "Hãy nhập ngày đầu và ngày cuối của hội chợ trước.", "Set the first and the last day of the fair first.",
    ),
    "own_hours_outside": (
        {"day": "08/02/2027"}, "Có giờ riêng cho 08/02/2027, nhưng đó không phải ngày của hội chợ.",
        "Hours of its own are set for 08/02/2027, which is not one of the fair's days.",
    ),
    "own_hours_of_closed_day": (
        {"day": "08/02/2027"}, "08/02/2027 nghỉ. Hãy bỏ giờ của ngày đó, hoặc cho mở cửa.",
        "08/02/2027 is closed. Clear its hours, or open it.",
    ),
    "own_hours_in_order": (
        {"day": "08/02/2027"}, "Ngày 08/02/2027 giờ đóng cửa phải sau giờ mở cửa.",
        "On 08/02/2027 the closing time must be later than the opening time.",
    ),
    "build_up_after_opening": (
        {"first_day": "03/02/2027"}, "Dựng gian phải bắt đầu trước ngày khai mạc 03/02/2027.",
        "Build-up must begin before the opening on 03/02/2027.",
    ),
    "tear_down_before_closing": (
        {"last_day": "08/02/2027"}, "Tháo dỡ phải xong sau ngày bế mạc 08/02/2027.",
        "Tear-down must end after the closing on 08/02/2027.",
    ),
    "building_too_long": (
        {"most": 60}, "Dựng hoặc tháo dỡ tối đa 60 ngày. Hãy xem lại tháng và năm.",
        "Building takes at most 60 days. Check the month and the year.",
    ),
    "site_hours_half": (
        {}, "Nhập cả hai giờ của mặt bằng, hoặc để trống cả hai.", "Enter both hours of the site, or none.",
    ),
    "site_hours_in_order": (
        {}, "Giờ đóng mặt bằng phải sau giờ mở.", "The site must close later than it opens.",
    ),
    "basis_unknown": ({}, "Hãy chọn căn cứ của hội chợ.", "Choose on what the fair stands."),
    "timer_out_of_range": (
        {"most": 365}, "Nhập số ngày từ 0 đến 365.", "Enter a number of days from 0 to 365.",
    ),
    "document_date_without_number": (
        {}, "Nhập số văn bản ứng với ngày này.", "Enter the number that belongs to this date.",
    ),
    "in_the_future": (
        {}, "Ngày này chưa tới. Hãy nhập ngày đã thực hiện.",
        "This day is still to come. Enter the day on which it happened.",
    ),
    "report_before_closing": (
        {}, "Không thể gửi báo cáo trước khi hội chợ bế mạc.",
        "The report cannot have been sent before the fair closed.",
    ),
    "rules_missing": ({}, "Hãy viết nội quy bằng tiếng Việt.", "Write the rules in Vietnamese."),
    "partner_role_unknown": (
        {}, "Hãy chọn vai trò trong danh sách.", "Choose from the list what it is to the fair.",
    ),
    "partner_name_missing": (
        {}, "Nhập tên tiếng Việt, hoặc tên dùng ở mọi nơi.",
        "Enter the name in Vietnamese, or the name it bears everywhere.",
    ),
    "country_missing": ({}, "Hãy chọn nước của đơn vị.", "Choose the country it comes from."),
    "country_unknown": ({}, "Hãy chọn nước trong danh sách.", "Choose a country from the list."),
    "website_unreadable": (
        {}, "Đây không phải địa chỉ web. Hãy viết như https://example.vn.",
        "This is not a web address. Write it like https://example.vn.",
    ),
    "too_many_partners": (
        {"most": 300}, "Mỗi hội chợ nêu tối đa 300 đối tác.", "A fair names at most 300 partners.",
    ),
    "archive_too_early": (
        {}, "Chỉ hội chợ đã kết thúc hoặc đã hủy mới vào kho lưu trữ.",
        "Only a fair that is over or cancelled goes into the archive.",
    ),
    "fair_is_archived": (
        {}, "Hội chợ này đã lưu trữ. Hãy đưa ra khỏi kho trước, ở mục Công bố và đăng ký.",
        "This fair is in the archive. Take it out first, under Publication and call.",
    ),
    "fair_is_not_archived": (
        {}, "Hội chợ này không ở trong kho lưu trữ.", "This fair is not in the archive.",
    ),
    "file_missing": ({}, "Hãy chọn một tệp trước.", "Choose a file first."),
    "file_empty": (
        {}, "Tệp này rỗng. Hãy chọn lại, hoặc lưu lại rồi chọn.",
        "This file is empty. Choose it again, or save it anew first.",
    ),
    "file_too_large": (
        {"most": 10}, "Tệp này quá lớn: tối đa 10 MB. Hãy làm nhỏ lại rồi gửi lần nữa.",
        "This file is too large: there is room for 10 MB. Make it smaller and send it again.",
    ),
    "file_kind_refused": (
        {"kinds": "JPG, PNG"}, "Không nhận loại tệp này. Hãy gửi một trong các loại: JPG, PNG.",
        "This kind of file is not taken. Send one of these: JPG, PNG.",
    ),
    "file_cut_off": (
        {}, "Tệp PDF này thiếu phần cuối. Hãy lưu lại rồi gửi lần nữa.",
        "The end of this PDF is missing. Save it anew and send it again.",
    ),
    "picture_too_large": (
        {"most": 50}, "Ảnh này có hơn 50 triệu điểm ảnh. Hãy làm nhỏ lại rồi gửi lần nữa.",
        "This picture has more than 50 million pixels. Make it smaller and send it again.",
    ),
    "point_unreadable": (
        {}, "Dán hai số mà bản đồ hiện ra, ví dụ 20.951000, 107.080000.",
        "Paste the two numbers that the map shows, like 20.951000, 107.080000.",
    ),
    "point_outside": (
        {}, "Điểm này không ở Việt Nam. Số đầu là vĩ độ, ở Quảng Ninh khoảng 21.",
        "This point is not in Vietnam. The first number is the latitude, about 21 in Quảng Ninh.",
    ),
    "picture_alt_missing": (
        {}, "Ghi bằng tiếng Việt nội dung của ảnh.", "Say in Vietnamese what the picture shows.",
    ),
    "picture_credit_missing": ({}, "Ghi tên người chụp ảnh.", "Say who took the picture."),
    "too_many_pictures": (
        {"most": 60}, "Mỗi hội chợ đăng nhiều nhất 60 ảnh. Hãy gỡ bớt một ảnh trước.",
        "A fair shows at most 60 pictures. Remove one first.",
    ),
    "picture_unreadable": (
        {}, "Ảnh này bị hỏng, không đọc được. Hãy lưu lại rồi gửi lần nữa.",
        "This picture is damaged and cannot be read. Save it anew and send it again.",
    ),
}  # fmt: skip


def test_refusals_say_why(app: Flask) -> None:
    said: dict[str, dict[str, str]] = {"vi": {}, "en": {}}
    for language, sentences in said.items():
        with app.test_request_context(environ_overrides={ENVIRON_KEY: language}):
            for reason, (facts, _, _) in SENTENCES.items():
                sentences[reason] = refusal_words(Refused(reason, **facts))
    assert said["vi"] == {reason: vi for reason, (_, vi, _) in SENTENCES.items()}
    assert said["en"] == {reason: en for reason, (_, _, en) in SENTENCES.items()}


def test_no_refusal_of_the_set_up_is_left_out() -> None:
    assert sorted({*set_up_wording.REFUSALS, *edition_wording.REFUSALS} - set(SENTENCES)) == []
