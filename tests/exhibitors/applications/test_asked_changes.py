"""Changes were asked for at some points: those alone are open, and nothing else stands in the way of sending again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_answer import ApplicationAnswer
from exhibitors.applications.asked_points import Point
from exhibitors.applications.before_sending import objections_to_sending
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import ask_for_changes
from exhibitors.calls.set_up_papers import set_paper
from foundation import clock
from foundation.days import format_when
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application

Call = Callable[..., Any]


@pytest.fixture
def sent_back(store: Session, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, ask: Call) -> Call:
    """`sent_back(Point.FASCIA)`: an application that lacks a product that holds, an answer and a paper by now."""

    def make(*opened: Point) -> BoothApplication:
        sent = a_submitted_application(store, fair, player)
        facts = {"points": "Ghi đủ tên hộ", "due_at": clock.now() + timedelta(days=3), "base_url": BASE_URL}
        ask_for_changes(store, organiser.actor, sent, opened=opened, **facts)
        ask(text_vi="Có bếp không?", is_required=True)
        set_paper(store, organiser.actor, fair, name_vi="Giấy mới", need="required")
        player.producer.products[0].certificate_expires_on = clock.today()
        store.commit()
        return sent

    return make


def send_again(visitor: Any, slug: str) -> Any:
    page = visitor.get(f"/apply/{slug}/review").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version
    return visitor.post(f"/apply/{slug}/review", rules_accepted="y", pledge_given="y", version=version.group(1))


@pytest.mark.parametrize(
    ("opened", "reasons"),
    [
        ([Point.FASCIA], []),
        ([Point.PRODUCTS], ["certificate_ends_before"]),
        ([Point.ANSWERS, Point.NOTE], ["question_unanswered"]),
        ([Point.PAPERS], ["paper_missing"]),
        ([], ["certificate_ends_before", "question_unanswered", "paper_missing"]),
    ],
)
def test_only_what_can_be_mended_is_asked(
    store: Session, sent_back: Call, opened: list[Point], reasons: list[str]
) -> None:
    assert [one.reason for one in objections_to_sending(store, sent_back(*opened))] == reasons


def test_answer_goes_out_though_something_else_is_missing_by_now(
    visit: Call, fair: Fair, player: ProducerPlayer, sent_back: Call, only: Call
) -> None:
    code, visitor = sent_back(Point.FASCIA).code, visit(player.user.email)
    form = visitor.get(f"/apply/{fair.slug}").text
    due = only().changes_due_at
    assert f"<b>{format_when(due, 'vi')}</b>" in form  # the moment for the changes, not the end of the call
    assert ('href="#products"' in form, 'href="#asked"' in form) == (False, False)
    answer = visitor.post(f"/apply/{fair.slug}", fascia_name="Hộ Lan", version=str(only().version), action="send")
    assert answer.headers["Location"] == f"/apply/{fair.slug}/review"
    assert send_again(visitor, fair.slug).headers["Location"] == f"/applications/{code}"
    assert (only().state, only().fascia_name) == ("in_review", "Hộ Lan")


def test_questions_and_papers_that_are_closed_have_no_fields(
    visit: Call, store: Session, player: ProducerPlayer, sent_back: Call
) -> None:
    address = f"/en/applications/{sent_back(Point.PAPERS).code}/answers"
    visitor = visit(player.user.email)
    page = visitor.get(address).text
    fields = set(re.findall(r'name="([qp])\d', page))
    assert (fields, "has not asked for changes here" in page) == ({"p"}, True)
    number = store.scalars(sa.text("select id from question")).one()
    store.commit()
    told = visitor.post(address, **{f"q{number}": "Có"})
    assert (told.status_code, "closed by now" in told.text) == (422, True)
    assert store.scalars(sa.select(ApplicationAnswer)).all() == []
