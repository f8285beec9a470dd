"""Answers on two devices: an old page changes only what was touched on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_answer import ApplicationAnswer, ApplicationPaper
from exhibitors.applications.seen_answers import Touch, mark_of, read, touch_of, written
from exhibitors.calls.set_up_papers import set_paper
from tests.cast import OrganiserPlayer, ProducerPlayer

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("seen", "kept", "typed", "touch"),
    [
        ("a", "a", "a", Touch.SAME),
        ("a", "b", "b", Touch.SAME),
        ("a", "a", "b", Touch.CHANGED),
        ("a", "b", "a", Touch.LEFT),
        ("a", "b", "c", Touch.CLASH),
    ],
)
def test_touch_is_told_from_what_the_page_was_made_from(seen: str, kept: str, typed: str, touch: Touch) -> None:
    assert touch_of({"q1": mark_of(seen)}, "q1", kept, typed) is touch


def test_field_that_the_page_did_not_have_is_left_and_a_page_without_marks_is_new() -> None:
    assert touch_of({"q2": mark_of("a")}, "q1", "b", None) is Touch.LEFT
    assert touch_of({}, "q1", "b", "c") is Touch.CHANGED
    assert read("q1:zzz,<b>,q7:" + "a" * 12) == {"q7": "a" * 12}
    assert read(written({"q1": mark_of("é"), "p2": mark_of(None)})) == {"q1": mark_of("é"), "p2": mark_of(None)}


def marks_in(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    assert found
    return found.group(1)


@pytest.fixture
def devices(
    visit: Call,
    store: Session,
    fair: Fair,
    player: ProducerPlayer,
    organiser: OrganiserPlayer,
    a_draft: Call,
    ask: Call,
) -> Any:
    """Two questions and a paper; `open_page()` answers how to send what stands on a page that was opened now."""
    draft = a_draft()
    first, second = ask(text_vi="Một?"), ask(text_vi="Hai?")
    paper = set_paper(store, organiser.actor, fair, name_vi="Giấy A")
    names = {"first": f"q{first.id}", "second": f"q{second.id}", "paper": f"p{paper.id}-number"}
    address = f"/applications/{draft.code}/answers"
    store.commit()

    def open_page() -> Call:
        browser = visit(player.user.email)
        state = {"seen": marks_in(browser.get(address).text)}

        def send(to: str = "", **typed: str) -> Any:
            answer = browser.post(address + to, **state, **{names[name]: words for name, words in typed.items()})
            if answer.is_json:
                state.update(answer.json["fields"])
            elif answer.status_code == 422:
                state["seen"] = marks_in(answer.text)
            return answer

        return send

    return open_page


def kept(store: Session) -> tuple[list[Any], list[str]]:
    store.rollback()
    answers = store.scalars(sa.select(ApplicationAnswer.value).order_by(ApplicationAnswer.question_id)).all()
    papers = store.scalars(sa.select(ApplicationPaper.number)).all()
    store.commit()
    return list(answers), list(papers)


def test_old_page_takes_nothing_back_that_was_not_touched_on_it(devices: Call, store: Session) -> None:
    phone, laptop = devices(), devices()
    assert laptop(first="Máy tính", second="", paper="Số 7").status_code == 303
    for _ in range(2):  # what the page holds is sent whole each time
        assert phone("/autosave", first="", second="Điện thoại", paper="").status_code == 200
        assert kept(store) == (["Máy tính", "Điện thoại"], ["Số 7"])
    assert phone("/autosave", first="", second="Điện thoại, sửa", paper="").status_code == 200
    assert kept(store) == (["Máy tính", "Điện thoại, sửa"], ["Số 7"])


def test_same_answer_changed_twice_is_shown_and_kept_only_knowingly(devices: Call, store: Session) -> None:
    phone, laptop = devices(), devices()
    assert laptop(first="Máy tính", second="", paper="Số 7").status_code == 303
    typed = {"first": "Điện thoại", "second": "Riêng", "paper": "Số 8"}
    assert phone("/autosave", **typed).status_code == 409
    assert kept(store) == (["Máy tính", "Riêng"], ["Số 7"])
    assert phone("/autosave", **typed).status_code == 409
    asked = phone(**typed)
    assert (asked.status_code, 'value="Số 8"' in asked.text, "Điện thoại</textarea>" in asked.text) == (422, True, True)
    assert ("Máy tính" in asked.text, "Số 7" in asked.text) == (True, True)
    assert kept(store) == (["Máy tính", "Riêng"], ["Số 7"])
    assert phone(**typed).status_code == 303
    assert kept(store) == (["Điện thoại", "Riêng"], ["Số 8"])
