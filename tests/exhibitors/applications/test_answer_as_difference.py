"""What was asked, before and now: goods, needs in words, papers of the dossier, answers question by question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.answer_questions import PaperFacts, answer_questions
from exhibitors.applications.apply_for_booth import save_application, submit_application
from exhibitors.applications.asked_points import Difference, Point, differences
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import ask_for_changes
from exhibitors.calls.set_up_papers import set_paper
from exhibitors.producers.dossier.dossier_paper import PaperKind
from foundation import clock
from foundation.actor import Role
from foundation.bilingual import Bilingual
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_member
from tests.exhibitors.conftest import Visitor

Call = Callable[..., Any]
SENDING = {"rules_accepted": True, "pledge_given": True, "base_url": BASE_URL}


@pytest.fixture
def sent(store: Session, player: ProducerPlayer, a_draft: Call) -> BoothApplication:
    made: BoothApplication = a_draft()
    submit_application(store, player.actor, made, **SENDING)
    return made


def ask_back(store: Session, organiser: OrganiserPlayer, sent: BoothApplication, *opened: Point) -> None:
    facts = {"points": "Sửa giúp", "due_at": clock.now() + timedelta(days=3), "base_url": BASE_URL}
    ask_for_changes(store, organiser.actor, sent, opened=opened, **facts)


def test_answers_stand_question_by_question_and_hidden_ones_are_not_for_reviewers(
    store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, sent: BoothApplication, ask: Call
) -> None:
    car = ask(text_vi="Xe gì?", kind="choice", choices=[("Xe tải", "Truck"), ("Xe máy", "Motorbike")])
    cook, money, same = ask(text_vi="Có nấu không?", kind="yes_no"), ask(text_vi="Số tài khoản?"), ask(text_vi="Giờ?")
    money.for_reviewers = False
    keys = [row["key"] for row in car.choices]
    answer_questions(store, player.actor, sent, answers={car.id: keys[0], money.id: "111", same.id: "9 giờ"})
    ask_back(store, organiser, sent, Point.ANSWERS)
    answer_questions(
        store, player.actor, sent, answers={car.id: keys[1], cook.id: False, money.id: "222", same.id: "9 giờ"}
    )
    submit_application(store, player.actor, sent, **SENDING)
    told = [
        Difference(Point.ANSWERS, "Xe tải", "Xe máy", Bilingual("Xe gì?", "")),
        Difference(Point.ANSWERS, "", "không", Bilingual("Có nấu không?", "")),
    ]
    assert differences(store, sent, for_reviewers=True) == told
    hidden = Difference(Point.ANSWERS, "111", "222", Bilingual("Số tài khoản?", ""))
    assert differences(store, sent) == [*told, hidden]


def test_paper_that_went_into_the_dossier_shows_as_changed(
    store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, sent: BoothApplication, fair: Fair
) -> None:
    kind = next(kind for kind in PaperKind if kind is not PaperKind.OTHER)
    paper = set_paper(store, organiser.actor, fair, name_vi="Giấy phép", need="if_available", kind=kind)
    ask_back(store, organiser, sent, Point.PAPERS)
    answer_questions(store, player.actor, sent, answers={}, papers={paper.id: PaperFacts("GP-7")})
    submit_application(store, player.actor, sent, **SENDING)
    assert differences(store, sent) == [Difference(Point.PAPERS, "", "Giấy phép GP-7")]


def test_pages_say_needs_in_words_and_tell_reviewers_no_answer_that_is_not_for_them(
    visit: Callable[..., Visitor],
    store: Session,
    organiser: OrganiserPlayer,
    player: ProducerPlayer,
    sent: BoothApplication,
    ask: Call,
) -> None:
    money = ask(text_vi="Số tài khoản?")
    money.for_reviewers = False
    a_member(store, organiser, Role.REVIEWER, "cham@team.example")
    ask_back(store, organiser, sent, Point.NEEDS, Point.ANSWERS)
    goods = [good.product_id for good in sent.goods]
    needs = {"needs_open_flame": True, "vehicle_kind": "van"}
    save_application(store, player.actor, sent, zone_ids=[], product_ids=goods, **needs)
    answer_questions(store, player.actor, sent, answers={money.id: "0123456789"})
    submit_application(store, player.actor, sent, **SENDING)
    here = f"/organise/fairs/{sent.fair.slug}/applications/{sent.code}"
    shown = {who: visit(who).get(here).text for who in ("btc@halong.example", "cham@team.example")}
    assert {who: "<ins>Nấu bằng lửa, Xe van, bán tải</ins>" in page for who, page in shown.items()} == dict.fromkeys(
        shown, True
    )
    assert {who: "0123456789" in page for who, page in shown.items()} == {
        "btc@halong.example": True,
        "cham@team.example": False,
    }
