"""The organiser's questions and papers: asked, answered, needed for sending, frozen, shown and taken over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.answer_questions import PaperFacts, answer_questions
from exhibitors.applications.application_answer import answers_of
from exhibitors.applications.apply_for_booth import submit_application
from exhibitors.applications.asked_of_applicant import asked_of
from exhibitors.applications.before_sending import objections_to_sending
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.set_up_papers import ask_usual_papers, remove_paper, set_paper
from exhibitors.calls.set_up_questions import remove_question, set_question
from foundation import clock
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer
from tests.refused import Refusal

Call = Callable[..., Any]


def answer(store: Session, player: ProducerPlayer, draft: BoothApplication, **said: Any) -> None:
    answer_questions(store, player.actor, draft, **({"answers": {}} | said))


def reasons(store: Session, draft: BoothApplication) -> list[str]:
    return [fault.reason for fault in objections_to_sending(store, draft)]


def test_answer_is_kept_in_the_draft_and_makes_it_ready(
    store: Session, player: ProducerPlayer, a_draft: Call, ask: Call
) -> None:
    draft, question = a_draft(), ask(is_required=True, kind="yes_no")
    before = reasons(store, draft)
    answer(store, player, draft, answers={question.id: False})
    assert (before, reasons(store, draft)) == (["question_unanswered"], [])
    assert answers_of(store, draft)[question.id].value is False


def test_question_stands_only_for_whom_it_is(store: Session, a_draft: Call, ask: Call) -> None:
    draft = a_draft()
    ask(text_vi="Cho hộ", kinds=["household"])
    ask(text_vi="Cho đồ uống", groups=["drinks"])
    ask(text_vi="Cho khu A", zones=["A"], kinds=["cooperative"], groups=["food"])
    assert [one.question.text_vi for one in asked_of(store, draft).questions] == ["Cho khu A"]


def test_question_needed_only_later_does_not_stop_the_sending(store: Session, a_draft: Call, ask: Call) -> None:
    draft = a_draft()
    ask(is_required=True, required_from=clock.now() + timedelta(days=3))
    assert reasons(store, draft) == []


def test_answer_changes_after_sending_until_it_is_frozen(
    store: Session, player: ProducerPlayer, a_draft: Call, ask: Call, refused: Refusal
) -> None:
    draft, question = a_draft(), ask()
    submit_application(store, player.actor, draft, rules_accepted=True, pledge_given=True, base_url=BASE_URL)
    answer(store, player, draft, answers={question.id: "Có"})
    question.frozen_from = clock.now()
    answer(store, player, draft, answers={question.id: "Có"})
    assert refused(lambda: answer(store, player, draft, answers={question.id: "Không"})) == (
        "answer_frozen",
        "Câu trả lời cho “Có bếp không?” không đổi được nữa.",
        "The answer to “Có bếp không?” can no longer be changed.",
    )


def test_missing_answer_refuses_the_sending_in_words(
    store: Session, player: ProducerPlayer, a_draft: Call, ask: Call, refused: Refusal
) -> None:
    draft = a_draft()
    ask(is_required=True)
    assert (
        *refused(
            lambda: submit_application(
                store, player.actor, draft, rules_accepted=True, pledge_given=True, base_url=BASE_URL
            )
        ),
        draft.state,
    ) == (
        "question_unanswered",
        "Chưa trả lời: Có bếp không?",
        "Answer: Có bếp không?",
        "draft",
    )  # fmt: skip - one line


def test_answered_question_is_frozen_not_removed(
    store: Session, player: ProducerPlayer, organiser: OrganiserPlayer, a_draft: Call, ask: Call
) -> None:
    draft, question = a_draft(), ask()
    answer(store, player, draft, answers={question.id: "Có"})
    with pytest.raises(Refused) as caught:
        remove_question(store, organiser.actor, question)
    assert caught.value.reason == "question_answered"


def test_choices_keep_their_keys_when_words_are_added(
    store: Session, fair: Fair, organiser: OrganiserPlayer, ask: Call
) -> None:
    question = ask(kind="choice", choices=[("Xe tải", "Truck"), ("Xe máy", "Motorbike")])
    keys = {row["vi"]: row["key"] for row in question.choices}
    facts = {"kind": "choice", "text_vi": question.text_vi, "choices": [("Tàu", ""), ("Xe máy", ""), ("Xe tải", "")]}
    set_question(store, organiser.actor, fair, question, **facts)  # type: ignore[arg-type]  # test facts
    now = {row["vi"]: row["key"] for row in question.choices}
    assert ({name: now[name] for name in keys}, len(set(now.values()))) == (keys, 3)


WRONG = [
    ({"text_vi": ""}, "question_text_missing", "Ghi câu hỏi bằng tiếng Việt.", "Write the question in Vietnamese."),
    ({"kind": "colour"}, "question_kind_unknown", "Chọn cách trả lời câu hỏi.", "Choose how the question is answered."),
    (
        {"kind": "choice", "choices": [("Một", "")]},
        "choices_too_few",
        "Ghi ít nhất hai lựa chọn, mỗi lựa chọn một dòng.",
        "Write at least two choices, each on its own line.",
    ),
    ({"text_vi": "Đã hỏi"}, "question_taken", "Đã có câu hỏi này rồi.", "The same question is asked already."),
    (
        {"zones": ["Z"]},
        "conditions_unknown",
        "Một điều kiện không còn nữa. Hãy chọn lại.",
        "One of the conditions no longer exists. Choose again.",
    ),
    (
        {"required_from": timedelta(2), "frozen_from": timedelta(1)},
        "question_dates_order",
        "Ngày khóa phải sau ngày bắt buộc. Hãy kiểm tra cả hai.",
        "The answer can only be frozen after it is needed. Check both days.",
    ),
]  # fmt: skip - read as a table


@pytest.mark.parametrize(("facts", "reason", "vi", "en"), WRONG)
def test_wrong_question_is_refused_in_words(
    store: Session, ask: Call, refused: Refusal, facts: dict[str, Any], reason: str, vi: str, en: str
) -> None:
    ask(text_vi="Đã hỏi")
    said = {name: clock.now() + value if isinstance(value, timedelta) else value for name, value in facts.items()}
    assert refused(lambda: ask(**said)) == (reason, vi, en)


# --- papers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "brought", "reason", "vi", "en"),
    [
        ({}, None, "paper_missing", "Còn thiếu giấy tờ: Giấy A", "Bring: Giấy A"),
        (
            {"on_last_day": True},
            (None, None),
            "paper_needs_end",
            "Giấy A: nhập ngày hết hạn.",
            "Giấy A: enter until when it holds.",
        ),
        (
            {"on_last_day": True},
            (None, 1),
            "paper_ends_before",
            "Giấy A hết hạn trước ngày cuối hội chợ. Hãy nộp bản mới.",
            "Giấy A ends before the last day of the fair. Bring a new one.",
        ),
        (
            {"most_months": 12},
            (None, None),
            "paper_needs_issue",
            "Giấy A: nhập ngày cấp; giấy không được cũ quá 12 tháng.",
            "Giấy A: enter the day it was issued; it may be at most 12 months old.",
        ),
        (
            {"most_months": 12},
            (-400, None),
            "paper_too_old",
            "Giấy A đã quá 12 tháng tính đến ngày cuối hội chợ. Hãy nộp bản mới.",
            "Giấy A is older than 12 months on the last day of the fair. Bring a new one.",
        ),
    ],
)  # fmt: skip - read as a table
def test_paper_that_does_not_do_refuses_the_sending_in_words(
    store: Session,
    fair: Fair,
    player: ProducerPlayer,
    organiser: OrganiserPlayer,
    a_draft: Call,
    refused: Refusal,
    facts: dict[str, Any],
    brought: tuple[int | None, int | None] | None,
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    draft = a_draft()
    paper = set_paper(store, organiser.actor, fair, name_vi="Giấy A", need="required", **facts)
    if brought is not None:
        issued, expires = (None if days is None else clock.today() + timedelta(days=days) for days in brought)
        answer(store, player, draft, papers={paper.id: PaperFacts("Số 1", issued, expires)})
    assert refused(
        lambda: submit_application(
            store, player.actor, draft, rules_accepted=True, pledge_given=True, base_url=BASE_URL
        )
    ) == (reason, vi, en)


def test_matrix_asks_by_group_and_kind(store: Session, fair: Fair, organiser: OrganiserPlayer, a_draft: Call) -> None:
    draft = a_draft()
    cells = {"food:cooperative": "if_available", "food:household": "required"}
    set_paper(store, organiser.actor, fair, name_vi="Giấy A", need="not_needed", cells=cells)
    set_paper(store, organiser.actor, fair, name_vi="Giấy B", need="required", cells={"food:cooperative": "not_needed"})
    assert [(one.paper.name_vi, one.need) for one in asked_of(store, draft).papers] == [("Giấy A", "if_available")]


def test_usual_papers_are_asked_once(store: Session, fair: Fair, organiser: OrganiserPlayer) -> None:
    assert (len(ask_usual_papers(store, organiser.actor, fair)), ask_usual_papers(store, organiser.actor, fair)) == (
        6,
        [],
    )


def test_brought_paper_is_not_removed(
    store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, a_draft: Call
) -> None:
    draft, paper = a_draft(), set_paper(store, organiser.actor, fair, name_vi="Giấy A")
    answer(store, player, draft, papers={paper.id: PaperFacts("Số 1")})
    with pytest.raises(Refused) as caught:
        remove_paper(store, organiser.actor, paper)
    assert caught.value.reason == "paper_brought"
