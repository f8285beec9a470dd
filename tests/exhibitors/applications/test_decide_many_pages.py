"""One step for the ticked applications of the queue: what goes, and what comes back with what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING

import pytest

from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.set_up_quotas import set_quota
from tests.cast import OrganiserPlayer, a_producer, a_submitted_application

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from events.fairs.fair import Fair

WORDS = "Hội chợ đã đủ gian <miến>"


@pytest.fixture
def three(store: Session, fair: Fair) -> list[BoothApplication]:
    """Three units have handed in."""
    units = [a_producer(store, name=f"Cơ sở {n}", email=f"coso{n}@binhlieu.example") for n in range(3)]
    return [a_submitted_application(store, fair, unit) for unit in units]


@pytest.fixture
def send(
    visit: Callable, organiser: OrganiserPlayer, fair: Fair, three: list[BoothApplication]
) -> Callable[..., TestResponse]:
    """`send(codes, step="reject", …)` ticks them and sends the form, as the page shows their versions."""
    queue, desk = f"/organise/fairs/{fair.slug}/applications", visit(organiser.user.email)

    def tick(applications: list[BoothApplication], *, address: str = "", **typed: str) -> TestResponse:
        shown = desk.get(queue + address).text
        version = dict(re.findall(r'value="(GH-\w+):(\d+)"', shown))
        return desk.post(
            f"{queue}/many{address}", ticked=[f"{one.code}:{version[one.code]}" for one in applications], **typed
        )

    return tick


def ticked(answer: TestResponse) -> set[str]:
    return set(re.findall(r'value="(GH-\w+):\d+" checked', answer.text))


def faults(answer: TestResponse) -> list[str]:
    summary = answer.text.partition('<ul class="errs">')[2].partition("</ul>")[0]
    return [unescape(re.sub("<[^>]+>", "", one)) for one in summary.split("</li>") if one]


def test_reason_that_rests_on_nothing_comes_back_with_the_ticks(
    store: Session, three: list[BoothApplication], send: Callable[..., TestResponse]
) -> None:
    first, second, third = three
    answer = send([first, third], step="reject", many_reason=WORDS)
    assert answer.status_code == 422
    assert ticked(answer) == {first.code, third.code}
    assert "Hội chợ đã đủ gian &lt;miến&gt;</textarea>" in answer.text
    assert 'id="many_code-error"' in answer.text
    assert faults(answer) == ["Căn cứ: Chọn căn cứ của quyết định."]
    assert faults(send([first], step="reject")) == [
        "Căn cứ: Chọn căn cứ của quyết định.",
        "Lý do, cơ sở sẽ đọc được: Ghi lý do: bên kia sẽ đọc.",
    ]
    store.expire_all()
    assert [one.decision for one in (first, second, third)] == [None, None, None]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"step": "", "many_reason": WORDS}, "step"),
        ({"step": "waitlist", "many_code": "no_room"}, "many_reason"),
        ({"step": "reject", "many_code": "no_room", "many_reason": "x" * 2001}, "many_reason"),
        ({"step": "reject", "many_code": "nothing", "many_reason": WORDS}, "many_code"),
    ],
)
def test_field_that_lacks_is_named(three, send, typed, field) -> None:
    answer = send(three, **typed)
    assert (answer.status_code, ticked(answer)) == (422, {one.code for one in three})
    assert f'href="#{field}' in answer.text
    assert typed.get("many_reason", "")[:20].replace("<", "&lt;") in answer.text


def test_nothing_ticked_keeps_the_reason(three, send) -> None:
    answer = send([], step="reject", many_code="no_room", many_reason=WORDS)
    assert answer.status_code == 422
    assert faults(answer) == ["Hãy đánh dấu hồ sơ trước."]
    assert "Hội chợ đã đủ gian" in answer.text


def test_those_that_can_go_and_the_others_stay_ticked(store: Session, three, send) -> None:
    first, second, third = three
    assert send([first, second], step="take_up").status_code == 303
    answer = send([first, second, third], step="take_up")
    assert (answer.status_code, ticked(answer)) == (422, {first.code, second.code})
    assert faults(answer) == [f"Đơn {first.code}, {second.code} không còn ở bước làm được việc này."]


def test_page_of_the_list_is_kept(three, send, fair) -> None:
    answer = send(three, address="?sort=oldest&page=1&state=all&q=Cơ+sở", step="take_up")
    assert answer.headers["Location"].startswith(f"/organise/fairs/{fair.slug}/applications?q=")


def test_one_reason_for_many_is_told_once(
    store: Session, organiser: OrganiserPlayer, fair: Fair, three: list[BoothApplication], send: Callable
) -> None:
    set_quota(store, organiser.actor, fair, "inside", "", least=None, most=1)
    store.commit()
    answer = send(three, step="accept")
    first, second, third = (one.code for one in three)
    assert ticked(answer) == {second, third}
    assert [fault.partition(":")[0] for fault in faults(answer)] == [f"{second}, {third}"]
    assert "Đã làm xong cho 1 hồ sơ" in answer.text
    assert first not in " ".join(faults(answer))
    assert "Nhận vượt chỉ tiêu" in answer.text
    assert send(three[1:], step="accept", beyond_quota="y").status_code == 303
    store.expire_all()
    assert [one.decision for one in three] == [Decision.ACCEPT] * 3


def test_nothing_is_taken_back_where_nothing_was_noted(store: Session, three, send) -> None:
    answer = send(three[:2], step="undecide")
    first, second, _third = (one.code for one in three)
    assert faults(answer) == [f"Hồ sơ {first}, {second} chưa ghi quyết định nào."]
    store.expire_all()
    assert {one.current for one in three} == {ApplicationState.SUBMITTED}


def test_words_stay_when_the_list_has_become_empty(three, send) -> None:
    answer = send([], address="?q=khong-co-ai", step="reject", many_code="no_room", many_reason=WORDS)
    assert "Hội chợ đã đủ gian" in answer.text


@pytest.mark.parametrize(("name", "fault"), [("", "Đặt tên"), ("Cần xét " * 9, "60")])
def test_name_of_a_view_that_is_refused_comes_back(visit, organiser, fair, three, name, fault) -> None:
    queue, desk = f"/organise/fairs/{fair.slug}/applications", visit(organiser.user.email)
    desk.get(queue)
    answer = desk.post(f"{queue}/views?state=to_review", name=name)
    assert answer.status_code == 422
    assert fault in faults(answer)[0]
    assert f'value="{name.strip()}"' in answer.text
