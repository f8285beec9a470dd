"""What is wrong with a question or a paper is told all at once, rules and fields alike, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.calls.paper import papers_of
from exhibitors.calls.question import questions_of
from exhibitors.calls.set_up_papers import set_paper
from exhibitors.calls.set_up_questions import set_question
from tests.cast import OrganiserPlayer

Visit = Callable[..., Any]
QUESTION = {"kind": "choice", "choices": "Có", "required_day": "01/02/2031", "frozen_day": "01/01/2031"}
PAPER = {"kind": "other", "need": "required", "most_months": "0", "cell-food:household": "seldom"}


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        (
            "questions/new",
            QUESTION | {"text_vi": "", "text_en": "x" * 301},
            [
                ("Ghi câu hỏi bằng tiếng Việt.", "Write the question in Vietnamese."),
                ("Rút gọn còn tối đa 300 ký tự.", "cannot be longer than 300 characters."),
                (
                    "Ghi ít nhất hai lựa chọn, mỗi lựa chọn một dòng.",
                    "Write at least two choices, each on its own line.",
                ),
                ("Ngày khóa phải sau ngày bắt buộc.", "The answer can only be frozen after it is needed."),
            ],
        ),
        (
            "questions/new",
            QUESTION | {"text_vi": "Có tủ lạnh?", "required_day": "32/13/2031"},
            [
                ("Đã có câu hỏi này rồi.", "The same question is asked already."),
                (
                    "Ghi ít nhất hai lựa chọn, mỗi lựa chọn một dòng.",
                    "Write at least two choices, each on its own line.",
                ),
                ("Viết như 29/01/2027.", "29/01/2027"),
            ],
        ),
        (
            "papers/new",
            PAPER | {"name_vi": "Phiếu kiểm nghiệm", "help_vi": "x" * 1001},
            [
                ("Đã yêu cầu giấy tờ này rồi.", "The same paper is asked for already."),
                ("Rút gọn còn tối đa 1000 ký tự.", "cannot be longer than 1000 characters."),
                ("Số tháng từ 1 đến 120.", "A number of months is from 1 to 120."),
                ("Chọn trong danh sách mức cần của giấy tờ.", "Choose from the list how much the paper is needed."),
            ],
        ),
    ],
)
def test_rules_and_fields_are_told_together(
    visit: Visit,
    fair: Fair,
    organiser: OrganiserPlayer,
    store: Session,
    path: str,
    typed: dict[str, str],
    told: list[tuple[str, str]],
) -> None:
    set_question(store, organiser.actor, fair, kind="text", text_vi="Có tủ lạnh?")
    set_paper(store, organiser.actor, fair, name_vi="Phiếu kiểm nghiệm")
    browser = visit(organiser.user.email)
    for prefix, language in (("", 0), ("/en", 1)):
        answer = browser.post(f"{prefix}/organise/fairs/{fair.slug}/{path}", **typed)
        summary = unescape(answer.text.partition('role="alert"')[2].partition("</ul>")[0])
        assert (answer.status_code, summary.count("<li")) == (422, len(told)), summary
        assert [words[language] for words in told if words[language] not in summary] == [], summary
    store.expire_all()
    assert (len(questions_of(store, fair)), len(papers_of(store, fair))) == (1, 1)
