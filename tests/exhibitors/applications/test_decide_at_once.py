"""Two who decide one application at the same moment, and an applicant who answers meanwhile, through the whole app."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.answer_questions import answer_questions
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.apply_for_booth import submit_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import stage_decision
from exhibitors.calls.question import Question
from foundation import clock
from foundation.actor import Role
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_member
from tests.exhibitors.conftest import Visitor

pytestmark = pytest.mark.each_database

Call = Callable[..., Any]
CHOICES = (
    {"decision": "accept"},
    {"decision": "reject", "reason_code": "no_room", "reason": "Hết gian."},
)


@pytest.fixture
def question(ask: Call) -> Question:
    made: Question = ask()
    return made


@pytest.fixture
def sent(store: Session, player: ProducerPlayer, question: Question, a_draft: Call) -> BoothApplication:
    """Sent, with a question whose answer may still change."""
    made: BoothApplication = a_draft()
    submit_application(store, player.actor, made, rules_accepted=True, pledge_given=True, base_url=BASE_URL)
    store.commit()
    return made


def publish(store: Session, organiser: OrganiserPlayer, fair: Fair) -> list[str]:
    day = clock.now() + timedelta(days=7)
    return [one.code for one in publish_decisions(store, organiser.actor, fair, confirm_by=day, base_url=BASE_URL)]


def test_of_two_who_decide_at_the_same_moment_one_wins_and_the_other_sees_what_happened(
    visit: Callable[..., Visitor], store: Session, organiser: OrganiserPlayer, fair: Fair, sent: BoothApplication
) -> None:
    names = [f"xet{number}@team.example" for number in range(2)]
    for name in names:
        a_member(store, organiser, Role.REVIEWER, name)
    browsers = [visit(name) for name in names]
    here, number = f"/organise/fairs/{fair.slug}/applications/{sent.code}", sent.id
    version = str(sent.version)
    store.commit()
    for browser in browsers:
        browser.get(here)

    def decide(place: int) -> tuple[int, str]:
        answer = browsers[place].post(f"{here}/decision", version=version, go="stay", **CHOICES[place])
        return answer.status_code, answer.text

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, range(2)))
    assert sorted(status for status, _ in answers) == [303, 422]
    winner = next(place for place, (status, _) in enumerate(answers) if status == 303)
    loser = answers[1 - winner][1]
    assert "Hồ sơ" in loser
    assert "vừa được người khác thay đổi" in loser
    assert "Việc vừa xảy ra" in loser
    store.expire_all()
    decided = store.get_one(BoothApplication, number)
    entries = store.scalars(sa.select(AuditEntry).where(AuditEntry.what == "application.stage_decision")).all()
    assert decided.pending_decision == CHOICES[winner]["decision"]
    assert [(entry.new or {})["decision"] for entry in entries] == [CHOICES[winner]["decision"]]


def test_decision_on_a_page_older_than_the_applicants_answer_is_not_taken(
    visit: Callable[..., Visitor],
    store: Session,
    player: ProducerPlayer,
    fair: Fair,
    sent: BoothApplication,
    question: Question,
) -> None:
    here, number, browser = (
        f"/organise/fairs/{fair.slug}/applications/{sent.code}",
        sent.id,
        visit("btc@halong.example"),
    )
    browser.get(here)
    version = str(sent.version)
    answer_questions(store, player.actor, sent, answers={question.id: "Có bếp"})
    store.commit()
    late = browser.post(f"{here}/decision", version=version, go="stay", **CHOICES[0])
    assert (late.status_code, "Việc vừa xảy ra" in late.text, "Có bếp" in late.text) == (422, True, True)
    store.expire_all()
    assert store.get_one(BoothApplication, number).pending_decision is None


def test_decision_noted_before_the_applicants_answer_is_not_published_until_somebody_looks_again(
    store: Session,
    organiser: OrganiserPlayer,
    player: ProducerPlayer,
    fair: Fair,
    sent: BoothApplication,
    question: Question,
) -> None:
    stage_decision(store, organiser.actor, sent, Decision.ACCEPT)
    answer_questions(store, player.actor, sent, answers={question.id: "Không bếp"})
    assert publish(store, organiser, fair) == []
    letters = sa.select(sa.func.count(OutboxLetter.id)).where(OutboxLetter.kind == "accepted")
    assert (sent.current, sent.decision, store.scalar(letters)) == (ApplicationState.IN_REVIEW, Decision.ACCEPT, 0)
    stage_decision(store, organiser.actor, sent, Decision.ACCEPT, expected_version=sent.version)
    assert publish(store, organiser, fair) == [sent.code]
    assert (sent.current, store.scalar(letters)) == (ApplicationState.ACCEPTED, 1)
